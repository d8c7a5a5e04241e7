"""What `connector reconcile` says: the steps that explain a difference, and why there is nothing to compare."""

from connector.messages import Catalogue

texts = Catalogue(
    "reconcile",
    en={
        "no_report": "{source} has no report of its own that could be compared.",
        "no_report_advice": "Sources with these adapters have one: {adapters}.",
        "nothing_stored": "Nothing is stored of orders of {source}, so there is nothing to compare.",
        "nothing_stored_advice": "Run `connector sync {source}` first.",
        "comparing": "Taking the report of {url} and counting the months every way …",
        "unfinished": "The first sync of {source} is not finished: what is not stored yet shows as a remainder.",
        "history_cut": (
            "Only orders since {day:%Y-%m-%d} were fetched (history_from): customers from before look new here, and "
            "not in the shop."
        ),
        "no_month": "There is no month of {source} to compare.",
        "no_month_advice": (
            "Name months in which it had orders with `--from` and `--to`. Where history_from is set, only months that "
            "begin on that day or later are compared by themselves."
        ),
        "heading": "{source} beside {report}, {first} to {last}, amounts in {currency}",
        "column_month": "month",
        "column_figure": "figure",
        "column_theirs": "theirs",
        "column_ours": "ours",
        "column_why": "explained by",
        "column_remainder": "remainder",
        "nothing_differs": "Every figure of every month is the same on both sides.",
        "all_explained": "{differing} of {all} figures differ; every difference is explained to the last digit.",
        "something_remains": (
            "{differing} of {all} figures differ; of {open} a remainder is not explained. Run `connector sync {source} "
            "--sweep` and compare again: what changed in the shop since the last sync is no matter of options."
        ),
        "what_it_means": "What the steps are, in the order in which they are taken:",
        "step": "  {option}: {words}",
        "step.orders.statuses": "other statuses of orders count",
        "step.orders.min_total": "small orders count too",
        "step.orders.exclude_tags": "orders with the tags left out here count too",
        "step.orders.date": "the day an order counts on; what lacks that day is left out",
        "step.refunds.date": "the day a refund is deducted on, or that it is not deducted at all",
        "step.refunds.split": "how much of a refund without tax and shipping is goods",
        "step.timezone": "months are cut in the shop's time zone",
        "step.currency": "other currencies: left out here, added or converted there",
        "step.customers.ignore_fully_refunded": "orders refunded in full make a customer",
        "step.returning.mode": "who is a returning customer",
        "step.identity": "accounts and guests' addresses of this shop alone, not persons across all sources",
        "step.aov": "the average is taken after refunds",
        "step.rounding": "the shop adds up amounts that its API gives rounded",
    },
    de={
        "no_report": "{source} hat keinen eigenen Bericht, der sich vergleichen ließe.",
        "no_report_advice": "Quellen mit diesen Adaptern haben einen: {adapters}.",
        "nothing_stored": "Von {source} sind keine Bestellungen gespeichert, also gibt es nichts zu vergleichen.",
        "nothing_stored_advice": "Rufen Sie zuerst `connector sync {source}` auf.",
        "comparing": "Hole den Bericht von {url} und zähle die Monate auf jede Weise …",
        "unfinished": (
            "Der erste Abgleich von {source} ist nicht zu Ende: was noch nicht gespeichert ist, erscheint als Rest."
        ),
        "history_cut": (
            "Nur Bestellungen seit {day:%d.%m.%Y} wurden geholt (history_from): Kunden von früher sehen hier neu aus, "
            "im Shop nicht."
        ),
        "no_month": "Von {source} gibt es keinen Monat zu vergleichen.",
        "no_month_advice": (
            "Nennen Sie mit `--from` und `--to` Monate mit Bestellungen. Ist history_from gesetzt, werden von selbst "
            "nur Monate verglichen, die an diesem Tag oder später beginnen."
        ),
        "heading": "{source} neben {report}, {first} bis {last}, Beträge in {currency}",
        "column_month": "Monat",
        "column_figure": "Kennzahl",
        "column_theirs": "Shop",
        "column_ours": "hier",
        "column_why": "erklärt durch",
        "column_remainder": "Rest",
        "nothing_differs": "Jede Zahl jedes Monats ist auf beiden Seiten gleich.",
        "all_explained": (
            "{differing} von {all} Zahlen weichen ab; jede Abweichung ist bis auf die letzte Stelle erklärt."
        ),
        "something_remains": (
            "{differing} von {all} Zahlen weichen ab; bei {open} bleibt ein Rest ohne Erklärung. Rufen Sie `connector "
            "sync {source} --sweep` auf und vergleichen Sie noch einmal: was sich im Shop seit dem letzten Abgleich "
            "änderte, ist keine Frage der Optionen."
        ),
        "what_it_means": "Was die Schritte bedeuten, in der Reihenfolge, in der sie gegangen werden:",
        "step": "  {option}: {words}",
        "step.orders.statuses": "andere Bestellstatus zählen",
        "step.orders.min_total": "auch kleine Bestellungen zählen",
        "step.orders.exclude_tags": "auch Bestellungen mit den hier ausgenommenen Kennzeichen zählen",
        "step.orders.date": "der Tag, an dem eine Bestellung zählt; was diesen Tag nicht hat, fällt weg",
        "step.refunds.date": "der Tag, an dem eine Erstattung abgezogen wird, oder dass sie gar nicht abgezogen wird",
        "step.refunds.split": "wie viel einer Erstattung ohne Steuer und Versand Ware ist",
        "step.timezone": "Monate werden in der Zeitzone des Shops geschnitten",
        "step.currency": "andere Währungen: hier weggelassen, dort addiert oder umgerechnet",
        "step.customers.ignore_fully_refunded": "auch ganz erstattete Bestellungen machen einen Kunden",
        "step.returning.mode": "wer ein wiederkehrender Kunde ist",
        "step.identity": "Konten und Gastadressen dieses Shops allein, nicht Personen über alle Quellen",
        "step.aov": "der Durchschnitt wird nach Erstattungen gebildet",
        "step.rounding": "der Shop addiert Beträge, die seine Schnittstelle gerundet gibt",
    },
)
