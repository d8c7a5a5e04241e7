"""What the figures across shop and service say besides numbers; part of the catalogue `kpi`."""

EN = {
    "decimal": "{whole}.{part}",
    "whole": "{whole}",
    # flags
    "flag.low_match": "fewer than half could be matched: this describes the identified minority",
    "flag.simpson": (
        "the difference turns round when both sides are made up alike: it comes from who they are, not from this"
    ),
    "flag.contacts_maturing": "the youngest orders are still young; more conversations about them may follow",
    # excluded
    "excluded.ordered_early": "{count} who ordered again before the days of exposure were over are not part of this",
    "excluded.ordered_before": "{count} of persons who had ordered before are not part of this",
    "excluded.never_ordered": "{count} of persons who had not ordered before are not part of this",
    "excluded.further_chat": "{count} further ones of the same person within the days looked at count with the first",
    "excluded.contact_later": "{count} orders with a first conversation later than that are not part of this",
    "excluded.order_not_counted": "{count} about an order that does not count are not part of this",
    # why a value is missing
    "reason.no_followed": "everybody followed long enough had ordered again while the days of exposure were not over",
    "reason.index_window_open": "no order of the period is old enough yet",
    "reason.no_contacted": "nobody wrote in the days after the order",
    "reason.no_band": "nobody in this band",
    "reason.no_asking_chats": "no such conversations of known persons in the period",
    "reason.chats_window_open": "no such conversation of the period is old enough yet",
    "reason.no_contacts": "no conversation about an order of the period",
    "reason.orders_window_open": "no order of the period is old enough yet",
    "reason.no_attributed": "no conversation of the period is about a known order",
    "reason.attributed_window_open": "no conversation of the period about an order is old enough yet",
    "reason.not_told_awareness": "no connected source tells of first contacts",
    "reason.not_told_consideration": "no connected source tells of conversations or carts",
    "reason.not_told_purchase": "no shop has been synced yet",
    "reason.not_told_post_purchase": "no shop has been synced yet",
    "reason.last_phase": "the last phase",
    "reason.nobody_in_phase": "nobody came to this phase",
    "reason.nobody_known": "nobody became known in the period",
    # notes
    "note.match": (
        "Matched: of {conversations} conversations {with_email} have an e-mail address, and {matched} of these are a "
        "buyer's."
    ),
    "note.x_associated": "Associated with, which does not say caused by.",
    "note.x_contact": (
        "Who writes has a problem more often: a lower rate with contact does not mean that service costs customers. "
        "More can be learned among those who wrote (x_repurchase_by_frt, x_repurchase_by_csat)."
    ),
    "note.x_slow_fast": "The difference is that of slower or no answers to the fastest band.",
    "note.x_calendar": "Bands by the time on the clock, opening hours or not.",
    "note.x_good_bad": "The difference is that of good answers to bad ones.",
    "note.x_refunded": "The difference is that of refunded orders to those that were not.",
    "note.x_days_to_refund": "From the order to its first refund: {days} days (median).",
    "note.x_contact_before_refund": "{part} of {whole} refunded orders: the customer wrote before the refund.",
    "note.x_trend_ticket": "Trend over the bands of tickets: p = {p} (Cochran-Armitage).",
    "note.x_trend_chat": "Trend over the bands of chats: p = {p} (Cochran-Armitage).",
    "note.x_no_trend_ticket": "No trend is tested for tickets: a band has fewer than 5 cases, or all cases are alike.",
    "note.x_no_trend_chat": "No trend is tested for chats: a band has fewer than 5 cases, or all cases are alike.",
    "note.x_dropped": "{dropped} of {strata} strata have one side only; {cases} cases in them are not compared.",
    "note.x_crude": "Difference: {crude} points (95 %: {low} to {high}).",
    "note.x_difference": (
        "Difference: {crude} points (95 %: {low} to {high}); with both sides made up alike by place of the order and "
        "quarter of the first order: {standardised} points."
    ),
    "note.x_landmark": (
        "Who ordered again within {exposure} days is left out; counted are orders from day {exposure} to {outcome}."
    ),
    "note.x_no_landmark": (
        "Exposure within {exposure} days, another order within {outcome}; who ordered at once had no time to write."
    ),
    "note.x_every_order": (
        "Every order is looked from: a person counts several times, so intervals are rather too narrow."
    ),
    "note.x_followed": (
        "Followed by an order within {days} days, not caused by it: who means to buy is likelier to ask."
    ),
    "note.x_returning": "Of persons who had ordered before.",
    "note.x_order_value": "Net revenue of these orders: {amount} {currency}.",
    "note.x_45": (
        "It is often said that 45 % of buyers leave when questions are not answered fast. That figure is quoted "
        "without a source, of unknown wording, and about what people say; a conversion rate neither confirms nor "
        "refutes it. What stands here is your own shop."
    ),
    "note.x_orders_with_contact": "{part} of {whole} orders have at least one conversation.",
    "note.x_attribution": (
        "A conversation belongs to the order whose number it names, else to the person's latest order of the "
        "{days} days before."
    ),
    "note.x_no_attribution": "All conversations of the period, whatever they are about.",
    "note.x_bands": "{bands}",
    "note.x_where_is_my_order": ("A hump after the promised day of delivery is people asking where their order is."),
    "note.x_at_risk": (
        "{count} conversations of {persons} persons who bought in the last 90 days wait longer than {hours} hours; "
        "the value is their net revenue of the last 365 days. --rows FILE lists them with links."
    ),
    "note.x_open_orders": "{orders} of their orders are not finished yet.",
    "note.x_expected_value": "What they are expected to bring in {months} months stands beside it.",
    "note.x_later_replies": "Those who wait for a later reply are part of this.",
    "note.x_exposure": "This is exposure, not expected loss: most of these customers will stay.",
    "note.x_by_segment": "By segment as of the end of the period.",
    "note.x_by_order_count": "By the number of orders at the time.",
    "note.x_no_segments": "There are fewer than {fewest} customers, so no segments: by number of orders.",
    "note.x_journey": (
        "Of persons first known of in the period, and as far as they came so far; the latest had the least time."
    ),
    # questions that cannot be answered
    "windows": "cross.exposure_days ({exposure}) leaves nothing of cross.outcome_days ({outcome}).",
    "windows.advice": "Make the days of exposure fewer, or say --no-landmark.",
    # values of dimensions
    "bad_value.order_count": "Write 0, 1, 2 or 3+.",
    "bad_value.order_status": "Write unpaid, paid or completed.",
    "dimension.segment": "Segment",
    "dimension.order_count": "Orders so far",
    "dimension.order_status": "Order at contact",
}
DE = {
    "decimal": "{whole},{part}",
    "whole": "{whole}",
    # flags
    "flag.low_match": "weniger als die Hälfte ließ sich zuordnen: dies beschreibt die erkannte Minderheit",
    "flag.simpson": (
        "der Unterschied kehrt sich um, wenn beide Seiten gleich zusammengesetzt sind: er liegt an den Personen, "
        "nicht daran"
    ),
    "flag.contacts_maturing": "die jüngsten Bestellungen sind noch jung; es können noch Gespräche dazu folgen",
    # excluded
    "excluded.ordered_early": "{count}, die vor Ablauf der Beobachtungstage wieder bestellten, sind nicht dabei",
    "excluded.ordered_before": "{count} von Personen, die schon bestellt hatten, sind nicht dabei",
    "excluded.never_ordered": "{count} von Personen, die noch nie bestellt hatten, sind nicht dabei",
    "excluded.further_chat": "{count} weitere derselben Person innerhalb der betrachteten Tage zählen beim ersten",
    "excluded.contact_later": "{count} Bestellungen, zu denen das erste Gespräch erst später kam, sind nicht dabei",
    "excluded.order_not_counted": "{count} zu einer Bestellung, die nicht zählt, sind nicht dabei",
    # why a value is missing
    "reason.no_followed": "alle lange genug Beobachteten hatten vor Ablauf der Beobachtungstage wieder bestellt",
    "reason.index_window_open": "noch keine Bestellung des Zeitraums ist alt genug",
    "reason.no_contacted": "in den Tagen nach der Bestellung hat niemand geschrieben",
    "reason.no_band": "niemand in dieser Gruppe",
    "reason.no_asking_chats": "keine solchen Gespräche bekannter Personen im Zeitraum",
    "reason.chats_window_open": "noch kein solches Gespräch des Zeitraums ist alt genug",
    "reason.no_contacts": "kein Gespräch zu einer Bestellung des Zeitraums",
    "reason.orders_window_open": "noch keine Bestellung des Zeitraums ist alt genug",
    "reason.no_attributed": "kein Gespräch des Zeitraums betrifft eine bekannte Bestellung",
    "reason.attributed_window_open": "noch kein Gespräch des Zeitraums zu einer Bestellung ist alt genug",
    "reason.not_told_awareness": "keine verbundene Quelle meldet erste Kontakte",
    "reason.not_told_consideration": "keine verbundene Quelle meldet Gespräche oder Warenkörbe",
    "reason.not_told_purchase": "es wurde noch kein Shop abgeglichen",
    "reason.not_told_post_purchase": "es wurde noch kein Shop abgeglichen",
    "reason.last_phase": "die letzte Phase",
    "reason.nobody_in_phase": "niemand kam in diese Phase",
    "reason.nobody_known": "im Zeitraum wurde niemand bekannt",
    # notes
    "note.match": (
        "Zugeordnet: Von {conversations} Gesprächen haben {with_email} eine E-Mail-Adresse, {matched} davon gehören "
        "einem Käufer."
    ),
    "note.x_associated": "Es geht miteinander einher; dass das eine das andere bewirkt, sagt es nicht.",
    "note.x_contact": (
        "Wer schreibt, hat öfter ein Problem: Eine niedrigere Quote mit Kontakt heißt nicht, dass der Kundendienst "
        "Kunden kostet. Mehr sagt der Vergleich unter denen, die geschrieben haben (x_repurchase_by_frt, "
        "x_repurchase_by_csat)."
    ),
    "note.x_slow_fast": "Der Unterschied ist der von langsameren oder keinen Antworten zur schnellsten Gruppe.",
    "note.x_calendar": "Gruppen nach der Zeit auf der Uhr, gleich ob geöffnet war.",
    "note.x_good_bad": "Der Unterschied ist der von guten zu schlechten Bewertungen.",
    "note.x_refunded": "Der Unterschied ist der von erstatteten zu nicht erstatteten Bestellungen.",
    "note.x_days_to_refund": "Von der Bestellung bis zur ersten Erstattung: {days} Tage (Median).",
    "note.x_contact_before_refund": (
        "Bei {part} von {whole} erstatteten Bestellungen schrieb der Kunde vor der Erstattung."
    ),
    "note.x_trend_ticket": "Trend über die Gruppen der Tickets: p = {p} (Cochran-Armitage).",
    "note.x_trend_chat": "Trend über die Gruppen der Chats: p = {p} (Cochran-Armitage).",
    "note.x_no_trend_ticket": (
        "Für Tickets wird kein Trend geprüft: Eine Gruppe hat weniger als 5 Fälle, oder alle Fälle sind gleich."
    ),
    "note.x_no_trend_chat": (
        "Für Chats wird kein Trend geprüft: Eine Gruppe hat weniger als 5 Fälle, oder alle Fälle sind gleich."
    ),
    "note.x_dropped": (
        "{dropped} von {strata} Schichten haben nur eine Seite; {cases} Fälle darin werden nicht verglichen."
    ),
    "note.x_crude": "Unterschied: {crude} Punkte (95 %: {low} bis {high}).",
    "note.x_difference": (
        "Unterschied: {crude} Punkte (95 %: {low} bis {high}); bei gleicher Zusammensetzung beider Seiten nach "
        "Stelle der Bestellung und Quartal der Erstbestellung: {standardised} Punkte."
    ),
    "note.x_landmark": (
        "Wer binnen {exposure} Tagen wieder bestellte, ist nicht dabei; es zählen Bestellungen von Tag {exposure} "
        "bis {outcome}."
    ),
    "note.x_no_landmark": (
        "Kontakt binnen {exposure} Tagen, weitere Bestellung binnen {outcome}; wer sofort bestellte, hatte keine "
        "Zeit zu schreiben."
    ),
    "note.x_every_order": (
        "Von jeder Bestellung aus betrachtet: Eine Person zählt mehrmals, die Intervalle sind daher eher zu eng."
    ),
    "note.x_followed": (
        "Binnen {days} Tagen von einer Bestellung gefolgt, nicht durch das Gespräch bewirkt: Wer kaufen will, fragt "
        "eher."
    ),
    "note.x_returning": "Von Personen, die schon einmal bestellt hatten.",
    "note.x_order_value": "Nettoumsatz dieser Bestellungen: {amount} {currency}.",
    "note.x_45": (
        "Oft heißt es, 45 % der Käufer sprängen ab, wenn Fragen nicht schnell beantwortet werden. Diese Zahl wird "
        "ohne Quelle zitiert, ihr Wortlaut ist unbekannt, und sie handelt davon, was Leute sagen; eine Kaufquote "
        "bestätigt oder widerlegt sie nicht. Hier stehen die Zahlen Ihres eigenen Shops."
    ),
    "note.x_orders_with_contact": "Zu {part} von {whole} Bestellungen gibt es mindestens ein Gespräch.",
    "note.x_attribution": (
        "Ein Gespräch gehört zu der Bestellung, deren Nummer es nennt, sonst zur letzten Bestellung der Person in "
        "den {days} Tagen davor."
    ),
    "note.x_no_attribution": "Alle Gespräche des Zeitraums, gleich worum es geht.",
    "note.x_bands": "{bands}",
    "note.x_where_is_my_order": (
        "Eine Häufung nach dem zugesagten Liefertag sind Kunden, die fragen, wo ihre Bestellung bleibt."
    ),
    "note.x_at_risk": (
        "{count} Gespräche von {persons} Personen, die in den letzten 90 Tagen gekauft haben, warten länger als "
        "{hours} Stunden; der Wert ist deren Nettoumsatz der letzten 365 Tage. --rows DATEI listet sie mit Links auf."
    ),
    "note.x_open_orders": "{orders} ihrer Bestellungen sind noch nicht abgeschlossen.",
    "note.x_expected_value": "Was sie in {months} Monaten voraussichtlich einbringen, steht daneben.",
    "note.x_later_replies": "Auch wer auf eine spätere Antwort wartet, ist dabei.",
    "note.x_exposure": "Das ist, was auf dem Spiel steht, kein erwarteter Verlust: Die meisten dieser Kunden bleiben.",
    "note.x_by_segment": "Nach dem Segment am Ende des Zeitraums.",
    "note.x_by_order_count": "Nach der Zahl der Bestellungen zu diesem Zeitpunkt.",
    "note.x_no_segments": "Es gibt weniger als {fewest} Kunden, also keine Segmente: nach Zahl der Bestellungen.",
    "note.x_journey": (
        "Von Personen, die im Zeitraum bekannt wurden, so weit sie bisher kamen; die letzten hatten am wenigsten Zeit."
    ),
    # questions that cannot be answered
    "windows": "cross.exposure_days ({exposure}) lässt von cross.outcome_days ({outcome}) nichts übrig.",
    "windows.advice": "Wählen Sie weniger Beobachtungstage (exposure), oder sagen Sie --no-landmark.",
    # values of dimensions
    "bad_value.order_count": "Möglich sind 0, 1, 2 und 3+.",
    "bad_value.order_status": "Möglich sind unpaid (unbezahlt), paid (bezahlt) und completed (abgeschlossen).",
    "dimension.segment": "Segment",
    "dimension.order_count": "Bestellungen bisher",
    "dimension.order_status": "Bestellung beim Kontakt",
}
