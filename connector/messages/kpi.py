"""What figures say besides numbers: flags, exclusions, reasons, notes, and what cannot be answered."""

from __future__ import annotations

from connector.messages import Catalogue, kpi_abandonment, kpi_across, kpi_customers, kpi_service, kpi_shop, kpi_surveys

KPI = Catalogue(
    "kpi",
    en=kpi_shop.EN
    | kpi_customers.EN
    | kpi_abandonment.EN
    | kpi_service.EN
    | kpi_surveys.EN
    | kpi_across.EN
    | {
        # flags
        "flag.tiny": "fewer than {detail} cases: counts only",
        "flag.small": "small sample (n = {detail})",
        "flag.empty": "nothing to compute this from",
        "flag.not_available": "no connected source delivers this",
        "flag.period_incomplete": "the period is not over yet",
        "flag.data_until": "data until {detail:%Y-%m-%d %H:%M}",
        "flag.first_sync_unfinished": "the first sync of {detail} is not finished; figures will still grow",
        "flag.history_cut": (
            "history starts on {detail:%Y-%m-%d}; what was before is not known, and older customers look new"
        ),
        "flag.unknown_status": "{detail} orders have a status this program does not know; they are counted",
        "flag.identity_conflict": "{detail} persons share an e-mail with another account of the same shop",
        "flag.refund_split_estimated": (
            "{detail} refunds came without tax or shipping; they were split like their order"
        ),
        "flag.still_maturing": "the youngest order is less than 30 days old; refunds may still follow",
        "flag.young_history": ("less than 24 months of history: long gaps are not over yet, so this looks too short"),
        # excluded
        "excluded.no_identity": "{count} without a usable e-mail address are not part of this",
        "excluded.no_date": "{count} without the chosen date are not part of this",
        "excluded.below_min_total": "{count} orders below the smallest total are not part of this",
        "excluded.tagged": "{count} with an excluded tag are not part of this",
        "excluded.fully_refunded": "{count} fully refunded orders are not part of this",
        "excluded.window_open": "{count} whose time is not over yet are not part of this",
        "excluded.no_return_data": ("{count} orders of shops that do not report returned goods are not part of this"),
        "excluded.refund_without_date": "{count} refunds without a date are not part of this",
        # what went in
        "count.orders_of_all_time": "{count} counted orders that meet the filters, of all time",
        "count.orders": "{count} of them in the period",
        "count.orders_with_person": "{count} of these belong to a known person",
        "count.refunds": "{count} refunds in the period",
        "count.cancelled": "{count} cancelled orders in the period",
        # why a value is missing
        "reason.no_orders": "no orders in the period",
        "reason.no_customers": "no customers in the period",
        "reason.no_customers_ever": "no customers up to the end of the period",
        "reason.no_active_customers": "no active customers at the start",
        "reason.no_first_orders": "no first orders in the period",
        "reason.window_open": "no first order of the period is old enough yet",
        "reason.no_gaps": "nobody ordered again in the period",
        "reason.no_revenue": "no revenue in the period to divide by",
        "reason.no_units": "nothing sold in the period",
        "reason.no_orders_or_cancelled": "neither counted nor cancelled orders in the period",
        "reason.no_cohorts": "no cohort is old enough yet",
        "reason.no_shop": "no shop has been synced yet",
        "reason.no_returns_reported": "no shop reports whether goods came back",
        # why a change is missing
        "change.previous_zero": "previous 0",
        "change.previous_missing": "no previous value",
        "change.previous_negative": "previous amount negative",
        "change.missing": "no value to compare",
        "change.tiny": "too few cases to compare",
        # notes
        "note.all_history": "No period was given: this is all history up to the end of today.",
        "note.twelve_months": "Without a period this figure takes the last twelve whole months.",
        "note.active_longer_than_period": (
            "A customer is active for {active} days after an order, the period has {period} days: somebody "
            "can count as retained without an order in it."
        ),
        "note.textbook": (
            "The textbook formula counts {reactivated} lapsed customers who came back as retained; it can exceed 100 %."
        ),
        "note.one_time": ("{one_time} of {persons} customers ordered only once; they have no gap between orders."),
        "note.refunds_by_order": "Refunds are counted on the day of the sale (refunds.date: order).",
        "note.refunds_by_order_date": "Refunds so far of the orders of the period, whenever they were made.",
        "note.dated_by_creation": (
            "Orders are dated by their creation here, since cancelled ones often have no other date."
        ),
        "note.chance": "With {groups} groups about {expected} would differ by chance alone (5 %).",
        "note.cohort_week": (
            "The value is the share of all cohorts that bought again in the calendar week after the first."
        ),
        "note.cohort_month": (
            "The value is the share of all cohorts that bought again in the calendar month after the first."
        ),
        "note.cohort_quarter": (
            "The value is the share of all cohorts that bought again in the quarter after the first."
        ),
        "note.new_and_returning": "A customer can be new and returning in one period.",
        # dimensions
        "dimension.source": "Source",
        "dimension.shop": "Shop",
        "dimension.country": "Country",
        "dimension.currency": "Currency",
        "dimension.customer_type": "Customer type",
        "dimension.product": "Product",
        "dimension.category": "Category",
        "dimension.payment_method": "Payment method",
        "dimension.shipping_method": "Shipping method",
        "dimension.coupon": "Coupon",
        "dimension.tag": "Tag",
        "dimension.attribution_type": "Kind of origin",
        "dimension.attribution_source": "Origin",
        "dimension.attribution_medium": "Medium",
        "dimension.attribution_campaign": "Campaign",
        "dimension.device": "Device",
        "dimension.channel": "Channel",
        "dimension.agent": "Agent",
        "dimension.group": "Group of agents",
        "dimension.survey": "Survey",
        # questions that cannot be answered
        "unknown_kpi": "There is no figure called {id!r}.",
        "unknown_kpi.advice": "The figures are: {known}.",
        "unknown_kpi.near": "Did you mean {near}?",
        "window_not_configured": "{id} asks for {days} days, but repeat.windows holds {windows}.",
        "window_not_configured.advice": (
            "Add {days} to repeat.windows in config.yaml, or say --set repeat.windows=[{days}]."
        ),
        "unfit_filter": "The filter {dimension} does not fit the figure {id}.",
        "unfit_by": "The figure {id} cannot be broken down by {dimension}.",
        "fits_only": "It fits these: {dimensions}.",
        "fits_none": "This figure takes no filters.",
        "unknown_dimension": "There is no filter called {dimension!r}.",
        "unknown_dimension.advice": "The filters are: {dimensions}.",
        "unknown_source": "There is no source called {value!r}.",
        "unknown_source.advice": "The sources are: {sources}.",
        "no_sources": "No source has been synced yet. Run `connector sync` first.",
        "unheard": "Nothing stored has {value!r} for the filter {dimension}.",
        "unheard.near": "Did you mean {names}?",
        "unheard.known": "There are: {names}.",
        "unheard.some": "Among others there are: {names}.",
        "bad_value": "{value!r} is no value of the filter {dimension}.",
        "bad_value.country": "Write a country as two letters, like DE.",
        "bad_value.currency": "Write a currency as three letters, like EUR.",
        "bad_value.customer_type": "It is either new or returning.",
        "unknown_compare": "{kind!r} is nothing to compare with.",
        "unknown_compare.advice": "Say previous or year.",
        # periods
        "period.unknown": "{text!r} is no period.",
        "period.unknown.advice": (
            "Write 2026, 2026-Q3, 2026-10, 2026-W07, 2026-10-31, today, yesterday, this-month, last-month, "
            "last-90d or last-12mo."
        ),
        "period.impossible": "{text!r} does not exist in the calendar.",
        "period.impossible.advice": "Check the number of the month, week, quarter or day; years go from 1970 to 2999.",
        "period.day_unknown": "{text!r} is no date.",
        "period.day_unknown.advice": "Write a date as 2026-10-31; 2026-10 and 2026 are taken too.",
        "period.reversed": "The period ends before it begins: {start:%Y-%m-%d} to {end:%Y-%m-%d}.",
        "period.reversed.advice": "Swap --from and --to.",
        "period.both": "Give either a period or --from and --to, not both.",
        "period.both.advice": "Leave one of them out.",
        # options
        "option.syntax": "{text!r} sets nothing.",
        "option.syntax.advice": "Write an option as orders.date=paid.",
        "option.unknown": "There is no option called {path}.",
        "option.unknown.advice": "The options here are: {known}.",
        "option.wrong": "{path}: {problem}",
        "option.wrong.advice": "Correct the value, or leave the option out to take its default ({default}).",
        "option.statuses": "Write counted, a list like [processing, completed], or one such list per source.",
        "option.choice": "Write {expected}.",
        "option.number": "Write a number.",
        "option.whole_number": "Write a whole number.",
        "option.yes_no": "Write true or false.",
        "option.list": "Write a list, like [30, 90].",
        "option.at_least": "Must be at least {limit}.",
        "option.at_most": "Must be at most {limit}.",
        "option.invalid": "This value cannot be used here.",
    },
    de=kpi_shop.DE
    | kpi_customers.DE
    | kpi_abandonment.DE
    | kpi_service.DE
    | kpi_surveys.DE
    | kpi_across.DE
    | {
        # flags
        "flag.tiny": "weniger als {detail} Fälle: nur Anzahlen",
        "flag.small": "kleine Stichprobe (n = {detail})",
        "flag.empty": "dafür liegen keine Daten vor",
        "flag.not_available": "keine verbundene Quelle liefert das",
        "flag.period_incomplete": "der Zeitraum ist noch nicht zu Ende",
        "flag.data_until": "Daten bis {detail:%d.%m.%Y %H:%M}",
        "flag.first_sync_unfinished": (
            "der erste Abgleich von {detail} ist noch nicht fertig; die Zahlen wachsen noch"
        ),
        "flag.history_cut": (
            "die Daten beginnen am {detail:%d.%m.%Y}; was davor war, ist nicht bekannt, und ältere Kunden sehen wie "
            "neue aus"
        ),
        "flag.unknown_status": (
            "{detail} Bestellungen haben einen Status, den dieses Programm nicht kennt; sie zählen mit"
        ),
        "flag.identity_conflict": (
            "{detail} Personen teilen sich eine E-Mail-Adresse mit einem anderen Konto desselben Shops"
        ),
        "flag.refund_split_estimated": (
            "{detail} Erstattungen kamen ohne Steuer oder Versand; sie wurden wie ihre Bestellung aufgeteilt"
        ),
        "flag.still_maturing": ("die jüngste Bestellung ist keine 30 Tage alt; es können noch Erstattungen folgen"),
        "flag.young_history": (
            "weniger als 24 Monate Daten: lange Abstände sind noch nicht zu Ende, der Wert ist daher eher zu kurz"
        ),
        # excluded
        "excluded.no_identity": "{count} ohne brauchbare E-Mail-Adresse sind nicht dabei",
        "excluded.no_date": "{count} ohne das gewählte Datum sind nicht dabei",
        "excluded.below_min_total": "{count} Bestellungen unter dem Mindestbetrag sind nicht dabei",
        "excluded.tagged": "{count} mit einem ausgeschlossenen Schlagwort sind nicht dabei",
        "excluded.fully_refunded": "{count} voll erstattete Bestellungen sind nicht dabei",
        "excluded.window_open": "{count}, deren Frist noch läuft, sind nicht dabei",
        "excluded.no_return_data": ("{count} Bestellungen aus Shops, die Rücksendungen nicht melden, sind nicht dabei"),
        "excluded.refund_without_date": "{count} Erstattungen ohne Datum sind nicht dabei",
        # what went in
        "count.orders_of_all_time": "{count} gezählte Bestellungen, auf die die Filter zutreffen, über alle Zeit",
        "count.orders": "davon {count} im Zeitraum",
        "count.orders_with_person": "davon gehören {count} zu einer bekannten Person",
        "count.refunds": "{count} Erstattungen im Zeitraum",
        "count.cancelled": "{count} stornierte Bestellungen im Zeitraum",
        # why a value is missing
        "reason.no_orders": "keine Bestellungen im Zeitraum",
        "reason.no_customers": "keine Kunden im Zeitraum",
        "reason.no_customers_ever": "keine Kunden bis zum Ende des Zeitraums",
        "reason.no_active_customers": "keine aktiven Kunden zu Beginn",
        "reason.no_first_orders": "keine Erstbestellungen im Zeitraum",
        "reason.window_open": "noch keine Erstbestellung des Zeitraums ist alt genug",
        "reason.no_gaps": "im Zeitraum hat niemand erneut bestellt",
        "reason.no_revenue": "kein Umsatz im Zeitraum, durch den man teilen könnte",
        "reason.no_units": "im Zeitraum wurde nichts verkauft",
        "reason.no_orders_or_cancelled": "weder gezählte noch stornierte Bestellungen im Zeitraum",
        "reason.no_cohorts": "noch keine Kohorte ist alt genug",
        "reason.no_shop": "es wurde noch kein Shop abgeglichen",
        "reason.no_returns_reported": "kein Shop meldet, ob Ware zurückkam",
        # why a change is missing
        "change.previous_zero": "vorher 0",
        "change.previous_missing": "kein Vergleichswert",
        "change.previous_negative": "Vergleichsbetrag negativ",
        "change.missing": "kein Wert zum Vergleichen",
        "change.tiny": "zu wenige Fälle für einen Vergleich",
        # notes
        "note.all_history": "Kein Zeitraum angegeben: alle Daten bis zum Ende des heutigen Tages.",
        "note.twelve_months": "Ohne Zeitraum nimmt diese Kennzahl die letzten zwölf vollen Monate.",
        "note.active_longer_than_period": (
            "Ein Kunde gilt nach einer Bestellung {active} Tage lang als aktiv, der Zeitraum hat {period} "
            "Tage: Jemand kann also als gehalten zählen, ohne darin bestellt zu haben."
        ),
        "note.textbook": (
            "Die Lehrbuchformel zählt {reactivated} zurückgekehrte Kunden als gehalten; sie kann über 100 % liegen."
        ),
        "note.one_time": (
            "{one_time} von {persons} Kunden haben nur einmal bestellt; bei ihnen gibt es keinen Abstand."
        ),
        "note.refunds_by_order": "Erstattungen zählen am Tag des Verkaufs (refunds.date: order).",
        "note.refunds_by_order_date": (
            "Bisherige Erstattungen der Bestellungen des Zeitraums, gleich wann sie erfolgten."
        ),
        "note.dated_by_creation": (
            "Hier zählt der Tag, an dem die Bestellung einging, da stornierte oft kein anderes Datum haben."
        ),
        "note.chance": "Bei {groups} Gruppen weichen etwa {expected} allein durch Zufall ab (5 %).",
        "note.cohort_week": (
            "Der Wert ist der Anteil aller Kohorten, der in der Kalenderwoche nach der ersten wieder kaufte."
        ),
        "note.cohort_month": (
            "Der Wert ist der Anteil aller Kohorten, der im Kalendermonat nach dem ersten wieder kaufte."
        ),
        "note.cohort_quarter": (
            "Der Wert ist der Anteil aller Kohorten, der im Quartal nach dem ersten wieder kaufte."
        ),
        "note.new_and_returning": "Ein Kunde kann in einem Zeitraum neu und wiederkehrend sein.",
        # dimensions
        "dimension.source": "Quelle",
        "dimension.shop": "Shop",
        "dimension.country": "Land",
        "dimension.currency": "Währung",
        "dimension.customer_type": "Kundenart",
        "dimension.product": "Produkt",
        "dimension.category": "Kategorie",
        "dimension.payment_method": "Zahlungsart",
        "dimension.shipping_method": "Versandart",
        "dimension.coupon": "Gutschein",
        "dimension.tag": "Schlagwort",
        "dimension.attribution_type": "Art der Herkunft",
        "dimension.attribution_source": "Herkunft",
        "dimension.attribution_medium": "Medium",
        "dimension.attribution_campaign": "Kampagne",
        "dimension.device": "Gerät",
        "dimension.channel": "Kanal",
        "dimension.agent": "Mitarbeiter",
        "dimension.group": "Gruppe",
        "dimension.survey": "Umfrage",
        # questions that cannot be answered
        "unknown_kpi": "Es gibt keine Kennzahl namens {id!r}.",
        "unknown_kpi.advice": "Die Kennzahlen sind: {known}.",
        "unknown_kpi.near": "Meinten Sie {near}?",
        "window_not_configured": "{id} fragt nach {days} Tagen, in repeat.windows stehen aber {windows}.",
        "window_not_configured.advice": (
            "Ergänzen Sie {days} bei repeat.windows in config.yaml oder rufen Sie mit --set "
            "repeat.windows=[{days}] auf."
        ),
        "unfit_filter": "Der Filter {dimension} passt nicht zur Kennzahl {id}.",
        "unfit_by": "Die Kennzahl {id} lässt sich nicht nach {dimension} aufteilen.",
        "fits_only": "Es passen: {dimensions}.",
        "fits_none": "Diese Kennzahl nimmt keine Filter.",
        "unknown_dimension": "Es gibt keinen Filter namens {dimension!r}.",
        "unknown_dimension.advice": "Die Filter sind: {dimensions}.",
        "unknown_source": "Es gibt keine Quelle namens {value!r}.",
        "unknown_source.advice": "Die Quellen sind: {sources}.",
        "no_sources": "Es wurde noch keine Quelle abgeglichen. Rufen Sie zuerst `connector sync` auf.",
        "unheard": "Nichts Gespeichertes hat {value!r} für den Filter {dimension}.",
        "unheard.near": "Meinten Sie {names}?",
        "unheard.known": "Es gibt: {names}.",
        "unheard.some": "Es gibt unter anderem: {names}.",
        "bad_value": "{value!r} ist kein Wert für den Filter {dimension}.",
        "bad_value.country": "Schreiben Sie ein Land mit zwei Buchstaben, etwa DE.",
        "bad_value.currency": "Schreiben Sie eine Währung mit drei Buchstaben, etwa EUR.",
        "bad_value.customer_type": "Möglich sind new (neu) und returning (wiederkehrend).",
        "unknown_compare": "Mit {kind!r} lässt sich nichts vergleichen.",
        "unknown_compare.advice": "Möglich sind previous (Zeitraum davor) und year (ein Jahr früher).",
        # periods
        "period.unknown": "{text!r} ist kein Zeitraum.",
        "period.unknown.advice": (
            "Schreiben Sie 2026, 2026-Q3, 2026-10, 2026-W07, 2026-10-31, today, yesterday, this-month, "
            "last-month, last-90d oder last-12mo."
        ),
        "period.impossible": "{text!r} gibt es im Kalender nicht.",
        "period.impossible.advice": "Prüfen Sie Monat, Woche, Quartal oder Tag; Jahre reichen von 1970 bis 2999.",
        "period.day_unknown": "{text!r} ist kein Datum.",
        "period.day_unknown.advice": "Schreiben Sie ein Datum als 2026-10-31; auch 2026-10 und 2026 gehen.",
        "period.reversed": "Der Zeitraum endet, bevor er beginnt: {start:%d.%m.%Y} bis {end:%d.%m.%Y}.",
        "period.reversed.advice": "Vertauschen Sie --from und --to.",
        "period.both": "Geben Sie entweder einen Zeitraum oder --from und --to an, nicht beides.",
        "period.both.advice": "Lassen Sie eines davon weg.",
        # options
        "option.syntax": "{text!r} setzt nichts.",
        "option.syntax.advice": "Schreiben Sie eine Option als orders.date=paid.",
        "option.unknown": "Es gibt keine Option namens {path}.",
        "option.unknown.advice": "Hier gibt es: {known}.",
        "option.wrong": "{path}: {problem}",
        "option.wrong.advice": ("Berichtigen Sie den Wert, oder lassen Sie die Option weg; dann gilt {default}."),
        "option.statuses": "Schreiben Sie counted, eine Liste wie [processing, completed] oder eine je Quelle.",
        "option.choice": "Schreiben Sie {expected}.",
        "option.number": "Schreiben Sie eine Zahl.",
        "option.whole_number": "Schreiben Sie eine ganze Zahl.",
        "option.yes_no": "Schreiben Sie true oder false.",
        "option.list": "Schreiben Sie eine Liste, etwa [30, 90].",
        "option.at_least": "Muss mindestens {limit} sein.",
        "option.at_most": "Darf höchstens {limit} sein.",
        "option.invalid": "Dieser Wert passt hier nicht.",
    },
)
