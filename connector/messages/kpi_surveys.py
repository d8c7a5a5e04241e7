"""What is said of surveys; part of `kpi` and `kpi_definitions`."""

EN = {
    "reason.no_answers": "no answers in the period",
    "reason.no_answers_of": "no answers in the period; {offered} were asked",
    "reason.no_offers": "no source says in the period whom it asked",
    "reason.not_asked_nps": "nobody is asked whether they recommend the shop; `connector import` takes in such answers",
    "reason.not_asked_csat": "no connected source asks how satisfied customers are",
    "reason.not_asked_ces": "nobody is asked about effort; `connector import` takes in such answers",
    "flag.rule_top_of_3": "on three points only the highest answer counts as satisfied",
    "flag.rule_top_2_of_10": "on ten points only 9 and 10 count as satisfied",
    "flag.low_response": "fewer than 10 % answered; who answers may not be like those who do not",
    "note.survey_relational": "Relational survey: asked about the whole.",
    "note.survey_transactional": "Transactional survey: asked about one order or conversation.",
    "note.csat_1-5": "Satisfied: 4 and 5 of 5.",
    "note.csat_good-bad": "Satisfied: good, of good and bad.",
    "note.csat_1-3": "Satisfied: 3 of 3.",
    "note.csat_1-10": "Satisfied: 9 and 10 of 10.",
    "note.ces_1-7": "Asked whether it was easy, 1 to 7: a high score is good.",
    "note.ces_1-5": "Asked how much effort it took, 1 to 5: a low score is good.",
    "excluded.further_answer": "{count} further answers to a survey by the same person or about the same matter",
    "excluded.not_solved": "{count} answers about conversations that are not solved",
    "count.answers": "{count} answers in the period",
    "count.offered": "{count} surveys offered in the period",
}

DE = {
    "reason.no_answers": "keine Antworten im Zeitraum",
    "reason.no_answers_of": "keine Antworten im Zeitraum; {offered} wurden gefragt",
    "reason.no_offers": "keine Quelle sagt im Zeitraum, wen sie gefragt hat",
    "reason.not_asked_nps": (
        "niemand wird gefragt, ob er den Shop empfiehlt; `connector import` liest solche Antworten ein"
    ),
    "reason.not_asked_csat": "keine verbundene Quelle fragt, wie zufrieden die Kunden sind",
    "reason.not_asked_ces": "niemand wird nach dem Aufwand gefragt; `connector import` liest solche Antworten ein",
    "flag.rule_top_of_3": "bei drei Stufen gilt nur die höchste Antwort als zufrieden",
    "flag.rule_top_2_of_10": "bei zehn Stufen gelten nur 9 und 10 als zufrieden",
    "flag.low_response": "weniger als 10 % haben geantwortet; wer antwortet, muss denen nicht gleichen, die schweigen",
    "note.survey_relational": "Beziehungsumfrage: gefragt nach dem Ganzen.",
    "note.survey_transactional": "Anlassumfrage: gefragt nach einer Bestellung oder einem Gespräch.",
    "note.csat_1-5": "Zufrieden: 4 und 5 von 5.",
    "note.csat_good-bad": "Zufrieden: gut, von gut und schlecht.",
    "note.csat_1-3": "Zufrieden: 3 von 3.",
    "note.csat_1-10": "Zufrieden: 9 und 10 von 10.",
    "note.ces_1-7": "Gefragt, ob es einfach war, 1 bis 7: ein hoher Wert ist gut.",
    "note.ces_1-5": "Gefragt nach der Größe des Aufwands, 1 bis 5: ein niedriger Wert ist gut.",
    "excluded.further_answer": "{count} weitere Antworten derselben Person oder zum selben Anlass",
    "excluded.not_solved": "{count} Antworten zu Gesprächen, die nicht gelöst sind",
    "count.answers": "{count} Antworten im Zeitraum",
    "count.offered": "{count} im Zeitraum angebotene Umfragen",
}

DEFINITIONS_EN = {
    "csat.label": "Satisfied customers (CSAT)",
    "csat.question": "What share of those who answered is satisfied?",
    "csat.formula": (
        "satisfied answers / answers, each scale apart: 4-5 of 5, good of good and bad, 3 of 3, 9-10 of 10; one answer "
        "per conversation, else per order, else per person"
    ),
    "csat_mean.label": "Mean satisfaction",
    "csat_mean.question": "How satisfied are customers on average, from 1 to 5?",
    "csat_mean.formula": "mean of the answers on five points",
    "csat_response_rate.label": "Response rate of satisfaction surveys",
    "csat_response_rate.question": "How many of those who were asked answered?",
    "csat_response_rate.formula": "answered / offered surveys, by the day of the offer; only where the source says it",
    "csat_turned.label": "Satisfaction turned",
    "csat_turned.question": "How often did a good answer become a bad one?",
    "csat_turned.formula": "surveys whose first answer in the period was a satisfied one and whose latest is not",
    "nps.label": "Net Promoter Score (NPS)",
    "nps.question": "Would customers recommend the shop?",
    "nps.formula": (
        "100 * (promoters 9-10 - detractors 0-6) / answers, in points; relational and transactional surveys apart; one "
        "answer per person and survey, the latest"
    ),
    "ces.label": "Customer effort (CES), mean",
    "ces.question": "How easy, or how much effort, was it?",
    "ces.formula": "mean of the answers, the question of 1 to 7 (easy: high) and that of 1 to 5 (effort: low) apart",
    "ces_agree.label": "Found it easy (CES 5-7)",
    "ces_agree.question": "What share agrees that it was easy?",
    "ces_agree.formula": "answers 5-7 / answers from 1 to 7",
    "ces_top2.label": "Found it very easy (CES 6-7)",
    "ces_top2.question": "What share fully agrees that it was easy?",
    "ces_top2.formula": "answers 6-7 / answers from 1 to 7",
    "ces_index.label": "Effort index",
    "ces_index.question": "How many more found it very easy than found it hard?",
    "ces_index.formula": "100 * (answers 6-7 - answers 1-3) / answers from 1 to 7, in points",
    "ces_low_effort.label": "Little effort (CES 1-2)",
    "ces_low_effort.question": "What share says that it took little effort?",
    "ces_low_effort.formula": "answers 1-2 / answers from 1 to 5, where a high score is much effort",
}

DEFINITIONS_DE = {
    "csat.label": "Zufriedene Kunden (CSAT)",
    "csat.question": "Welcher Anteil derer, die antworten, ist zufrieden?",
    "csat.formula": (
        "zufriedene Antworten / Antworten, jede Skala für sich: 4-5 von 5, gut von gut und schlecht, 3 von 3, 9-10 von "
        "10; eine Antwort je Gespräch, sonst je Bestellung, sonst je Person"
    ),
    "csat_mean.label": "Mittlere Zufriedenheit",
    "csat_mean.question": "Wie zufrieden sind die Kunden im Mittel, von 1 bis 5?",
    "csat_mean.formula": "Mittel der Antworten auf fünf Stufen",
    "csat_response_rate.label": "Antwortquote der Zufriedenheitsumfragen",
    "csat_response_rate.question": "Wie viele der Gefragten haben geantwortet?",
    "csat_response_rate.formula": (
        "beantwortete / angebotene Umfragen, nach dem Tag des Angebots; nur wo die Quelle es sagt"
    ),
    "csat_turned.label": "Gekippte Zufriedenheit",
    "csat_turned.question": "Wie oft wurde aus einer guten Antwort eine schlechte?",
    "csat_turned.formula": "Umfragen, deren erste Antwort im Zeitraum zufrieden war und deren letzte nicht",
    "nps.label": "Weiterempfehlung (NPS)",
    "nps.question": "Würden die Kunden den Shop empfehlen?",
    "nps.formula": (
        "100 * (Fürsprecher 9-10 - Kritiker 0-6) / Antworten, in Punkten; Beziehungs- und Anlassumfragen getrennt; "
        "eine Antwort je Person und Umfrage, die letzte"
    ),
    "ces.label": "Kundenaufwand (CES), Mittel",
    "ces.question": "Wie einfach oder wie aufwendig war es?",
    "ces.formula": (
        "Mittel der Antworten, die Frage von 1 bis 7 (einfach: hoch) und die von 1 bis 5 (Aufwand: niedrig) getrennt"
    ),
    "ces_agree.label": "Fanden es einfach (CES 5-7)",
    "ces_agree.question": "Welcher Anteil stimmt zu, dass es einfach war?",
    "ces_agree.formula": "Antworten 5-7 / Antworten von 1 bis 7",
    "ces_top2.label": "Fanden es sehr einfach (CES 6-7)",
    "ces_top2.question": "Welcher Anteil stimmt voll zu, dass es einfach war?",
    "ces_top2.formula": "Antworten 6-7 / Antworten von 1 bis 7",
    "ces_index.label": "Aufwandsindex",
    "ces_index.question": "Wie viel mehr fanden es sehr einfach als schwierig?",
    "ces_index.formula": "100 * (Antworten 6-7 - Antworten 1-3) / Antworten von 1 bis 7, in Punkten",
    "ces_low_effort.label": "Geringer Aufwand (CES 1-2)",
    "ces_low_effort.question": "Welcher Anteil hatte wenig Aufwand?",
    "ces_low_effort.formula": "Antworten 1-2 / Antworten von 1 bis 5, wo ein hoher Wert viel Aufwand heißt",
}
