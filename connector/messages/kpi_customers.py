"""What is said beside cohorts, customer value and segments; part of the catalogue `kpi`."""

EN = {
    "flag.not_fitted": "no prediction can be made from these data",
    "flag.value_goes_with_frequency": (
        "how much a purchase is worth goes with how often somebody buys (correlation {detail}); the prediction assumes "
        "that it does not"
    ),
    "excluded.unpaid": "{count} orders that were never paid are not part of this",
    "reason.no_first_contacts": "nobody wrote for the first time in the period",
    "reason.no_customers_lately": "no customers in the last {months} months",
    "reason.clv_customers": "{have} customers are too few for a prediction; it needs {need} (clv.min_customers)",
    "reason.clv_repeaters": (
        "{have} customers who bought again are too few for a prediction; it needs {need} (clv.min_repeaters)"
    ),
    "reason.clv_weeks": "{have} weeks of history are too few for a prediction; it needs {need} (clv.min_weeks)",
    "reason.not_fitted_bound": (
        "the model does not describe these customers: one of its parameters runs off without an end; a longer history "
        "or another filter may help"
    ),
    "reason.not_fitted_convergence": (
        "the model could not be fitted to these customers: the search found no clear best; a longer history or another "
        "filter may help"
    ),
    "reason.no_models": (
        "the numerical packages are not installed; install them with: pip install 'shop-connector[models]'"
    ),
    "note.cohort_block": (
        "Columns are blocks of 30 days from each customer's own beginning. The value is the share of all cohorts that "
        "bought in the block after the first."
    ),
    "note.cohort_measure": "The value is that of column 1 in the bottom row.",
    "note.cohort_several": (
        "A first order with several products or coupons puts its customer into each of these cohorts: their sizes add "
        "up to more than there are customers."
    ),
    "note.cohort_observed": (
        "Customers began at different times: each column counts only those for whom it is over (of)."
    ),
    "note.cohort_currency": (
        "Cohorts of customers whose first order was in this currency; what they paid in others is not in it."
    ),
    "note.top_decile": "The mean leans on a few: the best {best} customers (a tenth) bring {share} % of all value.",
    "note.clv_one_time": (
        "{once} of {persons} customers bought on one day only. The model takes every one of them for still active: "
        "their probability of being so is not informative and not shown."
    ),
    "note.holdout": (
        "Check: fitted on the first two thirds of the time, the model expects {predicted} purchases in the last third; "
        "there were {actual}."
    ),
    "note.no_holdout": (
        "The check on the last third of the time was not possible: the first two thirds alone are too little to fit "
        "the model; there were {actual} purchases in the last third."
    ),
    "note.rfm_few": (
        "{persons} customers are too few for scores and segments (at least {fewest}); --rows shows their raw values."
    ),
    "dimension.segment": "Segment",
    "bad_value.segment": "The segments are: {segments}.",
}

DE = {
    "flag.not_fitted": "aus diesen Daten lässt sich nichts vorhersagen",
    "flag.value_goes_with_frequency": (
        "wie viel ein Kauf wert ist, hängt damit zusammen, wie oft jemand kauft (Korrelation {detail}); die Vorhersage "
        "setzt voraus, dass es das nicht tut"
    ),
    "excluded.unpaid": "{count} nie bezahlte Bestellungen sind nicht dabei",
    "reason.no_first_contacts": "niemand hat im Zeitraum zum ersten Mal geschrieben",
    "reason.no_customers_lately": "keine Kunden in den letzten {months} Monaten",
    "reason.clv_customers": "{have} Kunden sind zu wenige für eine Vorhersage; nötig sind {need} (clv.min_customers)",
    "reason.clv_repeaters": (
        "{have} Kunden, die wieder gekauft haben, sind zu wenige für eine Vorhersage; nötig sind {need} "
        "(clv.min_repeaters)"
    ),
    "reason.clv_weeks": "{have} Wochen Verlauf sind zu wenige für eine Vorhersage; nötig sind {need} (clv.min_weeks)",
    "reason.not_fitted_bound": (
        "das Modell beschreibt diese Kunden nicht: einer seiner Parameter läuft ins Unendliche; ein längerer Verlauf "
        "oder ein anderer Filter kann helfen"
    ),
    "reason.not_fitted_convergence": (
        "das Modell ließ sich an diese Kunden nicht anpassen: die Suche fand kein klares Optimum; ein längerer Verlauf "
        "oder ein anderer Filter kann helfen"
    ),
    "reason.no_models": (
        "die Pakete zum Rechnen sind nicht installiert; installieren Sie sie mit: pip install 'shop-connector[models]'"
    ),
    "note.cohort_block": (
        "Die Spalten sind Blöcke von 30 Tagen ab dem eigenen Beginn jedes Kunden. Der Wert ist der Anteil aller "
        "Kohorten, der im Block nach dem ersten gekauft hat."
    ),
    "note.cohort_measure": "Der Wert ist der aus Spalte 1 der untersten Zeile.",
    "note.cohort_several": (
        "Eine Erstbestellung mit mehreren Produkten oder Gutscheinen zählt in jede dieser Kohorten: ihre Größen "
        "ergeben zusammen mehr, als es Kunden gibt."
    ),
    "note.cohort_observed": (
        "Die Kunden haben zu verschiedenen Zeiten begonnen: jede Spalte zählt nur die, für die sie vorbei ist (of)."
    ),
    "note.cohort_currency": (
        "Kohorten der Kunden, deren erste Bestellung in dieser Währung war; was sie in anderen gezahlt haben, ist "
        "nicht darin."
    ),
    "note.top_decile": (
        "Der Mittelwert hängt an wenigen: die besten {best} Kunden (ein Zehntel) bringen {share} % des gesamten Werts."
    ),
    "note.clv_one_time": (
        "{once} von {persons} Kunden haben nur an einem Tag gekauft. Das Modell hält jeden von ihnen für noch aktiv: "
        "die Wahrscheinlichkeit dafür sagt nichts aus und wird nicht gezeigt."
    ),
    "note.holdout": (
        "Probe: an die ersten zwei Drittel der Zeit angepasst, erwartet das Modell {predicted} Käufe im letzten "
        "Drittel; es waren {actual}."
    ),
    "note.no_holdout": (
        "Die Probe am letzten Drittel der Zeit war nicht möglich: die ersten zwei Drittel allein sind zu wenig, um das "
        "Modell anzupassen; im letzten Drittel waren es {actual} Käufe."
    ),
    "note.rfm_few": (
        "{persons} Kunden sind zu wenige für Punkte und Segmente (mindestens {fewest}); --rows zeigt ihre Rohwerte."
    ),
    "dimension.segment": "Segment",
    "bad_value.segment": "Die Segmente sind: {segments}.",
}
