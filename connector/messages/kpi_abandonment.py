"""What is said of abandoned checkouts and carts; part of `kpi` and `kpi_definitions`."""

EN = {
    "flag.lower_bound": (
        "at least this: the shop deletes unfinished checkouts after a day or so, and only those seen before are known"
    ),
    "count.begun_carts": "{count} carts begun in the period",
    "count.begun_orders": "{count} checkouts begun in the period that are known by their order",
    "reason.no_cart_source": "{sources}: no carts are given, or the key may not read them",
    "reason.no_checkouts": "no checkout was begun in the period",
    "reason.checkouts_open": "no checkout of the period is old enough yet",
    "reason.no_carts": "no cart was filled in the period",
    "reason.carts_open": "no cart of the period is old enough yet",
    "reason.no_abandoned": "no checkout of the period was abandoned long enough ago",
    "reason.no_orders_or_failed": "neither counted nor failed orders in the period",
    "note.no_carts_told": "Without {sources}: no carts are given there, or the key may not read them.",
    "note.nobodys_checkouts": "{count} of the abandoned checkouts are nobody's: whether they came back cannot be seen.",
}

DE = {
    "flag.lower_bound": (
        "mindestens so viel: der Shop löscht unfertige Kassenvorgänge nach etwa einem Tag, und nur vorher gesehene "
        "sind bekannt"
    ),
    "count.begun_carts": "{count} im Zeitraum begonnene Warenkörbe",
    "count.begun_orders": "{count} im Zeitraum begonnene Kassenvorgänge, die durch ihre Bestellung bekannt sind",
    "reason.no_cart_source": "{sources}: gibt keine Warenkörbe, oder der Schlüssel darf sie nicht lesen",
    "reason.no_checkouts": "im Zeitraum wurde kein Kassenvorgang begonnen",
    "reason.checkouts_open": "noch kein Kassenvorgang des Zeitraums ist alt genug",
    "reason.no_carts": "im Zeitraum wurde kein Warenkorb gefüllt",
    "reason.carts_open": "noch kein Warenkorb des Zeitraums ist alt genug",
    "reason.no_abandoned": "kein Kassenvorgang des Zeitraums wurde vor genügend langer Zeit abgebrochen",
    "reason.no_orders_or_failed": "weder gezählte noch gescheiterte Bestellungen im Zeitraum",
    "note.no_carts_told": "Ohne {sources}: dort gibt es keine Warenkörbe, oder der Schlüssel darf sie nicht lesen.",
    "note.nobodys_checkouts": (
        "{count} der abgebrochenen Kassenvorgänge gehören niemandem: ob sie zurückkamen, ist nicht zu sehen."
    ),
}

DEFINITIONS_EN = {
    "checkout_abandonment.label": "Checkout abandonment",
    "checkout_abandonment.question": "How many who had begun to check out did not order?",
    "checkout_abandonment.formula": (
        "checkouts begun in the period without a counted order of the same cart or person within the hours of "
        "abandonment.hours / checkouts begun at least that long ago. A checkout is a cart with a delivery address; "
        "in shops without carts an unfinished, unpaid, failed or cancelled order, or a counted one"
    ),
    "cart_abandonment.label": "Cart abandonment",
    "cart_abandonment.question": "How many filled carts were not ordered?",
    "cart_abandonment.formula": (
        "carts with a product, begun in the period, without a counted order of the same cart or person within the "
        "hours of abandonment.hours / such carts begun at least that long ago"
    ),
    "recovered_rate.label": "Recovered checkouts",
    "recovered_rate.question": "How many who broke off the checkout ordered within a week after all?",
    "recovered_rate.formula": (
        "abandoned checkouts of the period with a counted order of the person within 7 days of the beginning / "
        "abandoned checkouts begun at least 7 days ago"
    ),
    "payment_failure_rate.label": "Payment failure rate",
    "payment_failure_rate.question": "How many orders failed at the payment?",
    "payment_failure_rate.formula": "failed orders / failed and counted orders made in the period",
}

DEFINITIONS_DE = {
    "checkout_abandonment.label": "Abbruchquote an der Kasse",
    "checkout_abandonment.question": "Wie viele, die zur Kasse gegangen waren, haben nicht bestellt?",
    "checkout_abandonment.formula": (
        "im Zeitraum begonnene Kassenvorgänge ohne gezählte Bestellung desselben Warenkorbs oder der Person "
        "innerhalb der Stunden von abandonment.hours / Kassenvorgänge, deren Beginn mindestens so lange her ist. "
        "Ein Kassenvorgang ist ein Warenkorb mit Lieferadresse; in Shops ohne Warenkörbe eine unfertige, "
        "unbezahlte, gescheiterte oder stornierte Bestellung, oder eine gezählte"
    ),
    "cart_abandonment.label": "Warenkorbabbruchquote",
    "cart_abandonment.question": "Wie viele gefüllte Warenkörbe wurden nicht bestellt?",
    "cart_abandonment.formula": (
        "im Zeitraum begonnene Warenkörbe mit Ware ohne gezählte Bestellung desselben Warenkorbs oder der Person "
        "innerhalb der Stunden von abandonment.hours / solche Warenkörbe, deren Beginn mindestens so lange her ist"
    ),
    "recovered_rate.label": "Zurückgewonnene Kassenvorgänge",
    "recovered_rate.question": "Wie viele, die an der Kasse abgebrochen hatten, bestellten binnen einer Woche doch?",
    "recovered_rate.formula": (
        "abgebrochene Kassenvorgänge des Zeitraums mit gezählter Bestellung der Person binnen 7 Tagen nach Beginn / "
        "abgebrochene Kassenvorgänge, deren Beginn mindestens 7 Tage her ist"
    ),
    "payment_failure_rate.label": "Quote gescheiterter Zahlungen",
    "payment_failure_rate.question": "Wie viele Bestellungen scheiterten an der Zahlung?",
    "payment_failure_rate.formula": (
        "gescheiterte Bestellungen / gescheiterte und gezählte Bestellungen des Zeitraums"
    ),
}
