"""What each figure across sources is called, asks and counts; part of the catalogue `kpi_definitions`."""

EN = {
    "x_repurchase_by_contact.label": "Repurchase by contact",
    "x_repurchase_by_contact.question": "Do customers who wrote after their order buy again as often as the others?",
    "x_repurchase_by_contact.formula": (
        "first orders of the period followed by another one within cross.outcome_days, with and without a "
        "conversation within cross.exposure_days; who ordered again before those were over is left out"
    ),
    "x_repurchase_by_frt.label": "Repurchase by first response time",
    "x_repurchase_by_frt.question": "Do customers who were answered slowly buy again less often?",
    "x_repurchase_by_frt.formula": (
        "of those who wrote after their order, the share that ordered again, by how long the first conversation "
        "waited: up to 1 h, 4 h, 24 h, more, never; chats up to 2 min, 10 min, more, never"
    ),
    "x_repurchase_by_csat.label": "Repurchase by satisfaction",
    "x_repurchase_by_csat.question": "Do customers who were content with the answer buy again more often?",
    "x_repurchase_by_csat.formula": (
        "of those who wrote after their order, the share that ordered again, by their first answer: good (4-5), bad "
        "(1-3), none"
    ),
    "x_repurchase_by_refund.label": "Repurchase by refund",
    "x_repurchase_by_refund.question": "Do customers who got money back buy again?",
    "x_repurchase_by_refund.formula": (
        "the share of first orders followed by another one, by whether they were refunded within "
        "cross.exposure_days: in full (99.5 %), partly, not"
    ),
    "x_prepurchase_conversion.label": "Conversion after a chat",
    "x_prepurchase_conversion.question": "How many who ask before their first purchase then buy?",
    "x_prepurchase_conversion.formula": (
        "chats of persons without an order before, followed by their first order within cross.prepurchase_days / "
        "such chats at least that old; the first of a person in those days"
    ),
    "x_contact_rate.label": "Contact rate",
    "x_contact_rate.question": "Which orders make customers write?",
    "x_contact_rate.formula": "100 * conversations about the period's orders / these orders",
    "x_contact_rate_total.label": "Conversations per 100 orders",
    "x_contact_rate_total.question": "How many conversations come with 100 orders?",
    "x_contact_rate_total.formula": "100 * all conversations begun in the period / orders of the period",
    "x_revenue_at_risk.label": "Revenue at risk",
    "x_revenue_at_risk.question": "Which good customers are waiting for an answer right now?",
    "x_revenue_at_risk.formula": (
        "net revenue of the last 365 days of persons who bought in the last 90 days and whose open conversation has "
        "waited for a reply longer than cross.risk_hours at the end of the period"
    ),
    "x_slow_answer_check.label": "Slow answers before a purchase",
    "x_slow_answer_check.question": "Do those who are answered slowly buy less often?",
    "x_slow_answer_check.formula": (
        "chats before a first order followed by it within cross.prepurchase_days, by how long they waited for the "
        "first reply; slower or never against the fastest band"
    ),
    "x_time_to_contact.label": "Time from order to contact",
    "x_time_to_contact.question": "How long after ordering do customers write?",
    "x_time_to_contact.formula": (
        "median of first conversation about the order - order, within cross.attribution_days, of orders that old; "
        "with the shares of 0-24 h, 1-3, 3-7, 7-14 and 14-30 days"
    ),
    "x_refund_after_contact.label": "Refunds after contact",
    "x_refund_after_contact.question": "How often does a conversation about an order end in a refund?",
    "x_refund_after_contact.formula": (
        "conversations about an order that had any refund within 30 days after their beginning / conversations about "
        "an order at least 30 days old"
    ),
    "x_csat_by_customer_value.label": "Satisfaction by customer value",
    "x_csat_by_customer_value.question": "Are the best customers served as well as they deserve?",
    "x_csat_by_customer_value.formula": (
        "satisfied answers / answers by segment (RFM), else by number of orders; with recommendation (NPS) and first "
        "response time"
    ),
    "x_journey.label": "Journey",
    "x_journey.question": "How far do people come, from the first contact to what follows a purchase?",
    "x_journey.formula": (
        "persons who came to the next phase / persons in the phase: awareness (first contact, cart or known session), "
        "consideration (conversation or cart before the order), purchase, after the purchase (conversation, refund, "
        "survey, another order)"
    ),
}
DE = {
    "x_repurchase_by_contact.label": "Wiederkauf nach Kontakt",
    "x_repurchase_by_contact.question": "Kaufen Kunden, die nach der Bestellung schrieben, so oft wieder wie andere?",
    "x_repurchase_by_contact.formula": (
        "Erstbestellungen des Zeitraums, denen binnen cross.outcome_days eine weitere folgt, mit und ohne Gespräch "
        "binnen cross.exposure_days; wer vor deren Ablauf wieder bestellte, bleibt außen vor"
    ),
    "x_repurchase_by_frt.label": "Wiederkauf nach Antwortzeit",
    "x_repurchase_by_frt.question": "Kaufen Kunden, die lange auf Antwort warteten, seltener wieder?",
    "x_repurchase_by_frt.formula": (
        "Anteil derer, die nach der Bestellung schrieben und wieder bestellten, nach der Wartezeit ihres ersten "
        "Gesprächs: bis 1 h, 4 h, 24 h, länger, nie; Chats bis 2 min, 10 min, länger, nie"
    ),
    "x_repurchase_by_csat.label": "Wiederkauf nach Zufriedenheit",
    "x_repurchase_by_csat.question": "Kaufen Kunden, die mit der Antwort zufrieden waren, öfter wieder?",
    "x_repurchase_by_csat.formula": (
        "Anteil derer, die nach der Bestellung schrieben und wieder bestellten, nach ihrer ersten Bewertung: gut "
        "(4-5), schlecht (1-3), keine"
    ),
    "x_repurchase_by_refund.label": "Wiederkauf nach Erstattung",
    "x_repurchase_by_refund.question": "Kaufen Kunden wieder, die Geld zurückbekamen?",
    "x_repurchase_by_refund.formula": (
        "Anteil der Erstbestellungen, denen eine weitere folgt, je nachdem, ob sie binnen cross.exposure_days "
        "erstattet wurden: voll (99,5 %), teilweise, nicht"
    ),
    "x_prepurchase_conversion.label": "Kaufquote nach Chat",
    "x_prepurchase_conversion.question": "Wie viele, die vor dem ersten Kauf fragen, kaufen dann?",
    "x_prepurchase_conversion.formula": (
        "Chats von Personen ohne frühere Bestellung, denen binnen cross.prepurchase_days die erste folgt / solche "
        "Chats, die mindestens so alt sind; der erste einer Person in diesen Tagen"
    ),
    "x_contact_rate.label": "Kontaktquote",
    "x_contact_rate.question": "Bei welchen Bestellungen schreiben Kunden?",
    "x_contact_rate.formula": "100 * Gespräche zu den Bestellungen des Zeitraums / diese Bestellungen",
    "x_contact_rate_total.label": "Gespräche je 100 Bestellungen",
    "x_contact_rate_total.question": "Wie viele Gespräche kommen auf 100 Bestellungen?",
    "x_contact_rate_total.formula": "100 * alle im Zeitraum begonnenen Gespräche / Bestellungen des Zeitraums",
    "x_revenue_at_risk.label": "Gefährdeter Umsatz",
    "x_revenue_at_risk.question": "Welche guten Kunden warten gerade auf eine Antwort?",
    "x_revenue_at_risk.formula": (
        "Nettoumsatz der letzten 365 Tage von Personen, die in den letzten 90 Tagen gekauft haben und deren offenes "
        "Gespräch am Ende des Zeitraums länger als cross.risk_hours auf eine Antwort wartet"
    ),
    "x_slow_answer_check.label": "Langsame Antworten vor dem Kauf",
    "x_slow_answer_check.question": "Kaufen die seltener, die lange auf Antwort warten?",
    "x_slow_answer_check.formula": (
        "Chats vor einer ersten Bestellung, denen sie binnen cross.prepurchase_days folgt, nach der Wartezeit auf die "
        "erste Antwort; langsamer oder nie gegen die schnellste Gruppe"
    ),
    "x_time_to_contact.label": "Zeit von Bestellung bis Kontakt",
    "x_time_to_contact.question": "Wie lange nach der Bestellung schreiben Kunden?",
    "x_time_to_contact.formula": (
        "Median von erstem Gespräch zur Bestellung - Bestellung, binnen cross.attribution_days, bei so alten "
        "Bestellungen; mit den Anteilen von 0-24 h, 1-3, 3-7, 7-14 und 14-30 Tagen"
    ),
    "x_refund_after_contact.label": "Erstattungen nach Kontakt",
    "x_refund_after_contact.question": "Wie oft endet ein Gespräch zu einer Bestellung mit einer Erstattung?",
    "x_refund_after_contact.formula": (
        "Gespräche zu einer Bestellung, die binnen 30 Tagen nach deren Beginn erstattet wurde / Gespräche zu einer "
        "Bestellung, die mindestens 30 Tage alt sind"
    ),
    "x_csat_by_customer_value.label": "Zufriedenheit nach Kundenwert",
    "x_csat_by_customer_value.question": "Werden die besten Kunden so gut bedient, wie sie es verdienen?",
    "x_csat_by_customer_value.formula": (
        "zufriedene Antworten / Antworten nach Segment (RFM), sonst nach Zahl der Bestellungen; mit "
        "Weiterempfehlung (NPS) und Antwortzeit"
    ),
    "x_journey.label": "Kundenreise",
    "x_journey.question": "Wie weit kommen Menschen, vom ersten Kontakt bis nach dem Kauf?",
    "x_journey.formula": (
        "Personen, die in die nächste Phase kamen / Personen in der Phase: Aufmerksamkeit (erster Kontakt, Warenkorb "
        "oder bekannter Besuch), Erwägung (Gespräch oder Warenkorb vor der Bestellung), Kauf, nach dem Kauf "
        "(Gespräch, Erstattung, Umfrage, weitere Bestellung)"
    ),
}
