"""What the figures of the service say besides numbers; part of the catalogue `kpi`."""

EN = {
    # flags
    "flag.low_coverage": "only {detail} % of the handled contacts have a measured working time",
    # excluded
    "excluded.deleted": "{count} deleted ones are not part of this",
    "excluded.spam": "{count} spam ones are not part of this",
    "excluded.merged": "{count} that were merged into others count with those",
    "excluded.not_counted": "{count} imported ones or tests are not part of this",
    "excluded.agent_started": "{count} that an agent opened are not part of this",
    "excluded.no_reply": "{count} solved without a public reply are not part of this",
    "excluded.not_due": "{count} still unanswered, but not yet due, are not part of this",
    # what went in
    "count.conversations_of_all_time": "{count} conversations that meet the filters, of all time",
    "count.conversations": "{count} of them in the period",
    # why a value is missing
    "reason.no_conversations_delivered": "no connected source delivers conversations",
    "reason.no_business_hours": "no opening hours are known; set business_hours in config.yaml",
    "reason.no_replies": "no conversation of the period has been answered",
    "reason.no_due_replies": "no reply was due in the period",
    "reason.no_bots": "no connected source tells of answers by programs",
    "reason.no_bot_replies": "no program answered in the period",
    "reason.no_solved": "nothing solved in the period",
    "reason.solved_window_open": "no solution of the period is old enough yet",
    "reason.no_status_history": "before the first sync nothing is known of what was open",
    "reason.no_handle_time": "no connected source measures working time; aht_estimated estimates it",
    "reason.no_handled_contacts": "no handled contacts in the period",
    "reason.no_actions": "no connected source tells when agents wrote",
    "reason.no_survey": "no connected source asks customers whether their matter was settled",
    "reason.no_answers": "no answers in the period",
    "reason.no_chats_delivered": "no connected source delivers chats",
    "reason.no_chats": "no chats with a customer's message inside opening hours in the period",
    # notes
    "note.business_clock": "Only opening hours count; the time around the clock stands beside it.",
    "note.calendar_clock": "Time around the clock; opening hours stand beside it.",
    "note.no_business_hours": (
        "Time around the clock, since no opening hours are known (business_hours in config.yaml)."
    ),
    "note.around_the_clock": "{count} conversations of sources without opening hours are timed around the clock.",
    "note.by_creation": "Conversations count on the day they were created.",
    "note.by_event": (
        "Conversations count on the day of the reply or solution itself; this does not agree with counting by "
        "creation within a short period."
    ),
    "note.by_solution": "Solved conversations count on the day of their last solution.",
    "note.unanswered": "{count} conversations are still without a reply, the oldest for {hours} hours.",
    "note.unanswered_days": "{count} conversations are still without a reply, the oldest for {days} days.",
    "note.own_targets": "{count} replies were measured by the desk's own target.",
    "note.estimated_work": (
        "Estimated from when agents wrote: gaps up to 15 minutes count whole, longer ones as 2 minutes, every action "
        "at least 1 minute."
    ),
    "note.coverage": "A working time is known for {known} of {handled} handled contacts.",
    "note.fcr_recontact": "Resolved: never reopened, and no other contact of the person in any channel in {days} days.",
    "note.fcr_one_touch": "Resolved: solved with exactly one reply and never reopened (method one_touch).",
    "note.fcr_not_reopened": "Resolved: never reopened (method not_reopened).",
    "note.fcr_survey": "Resolved: the customer says so (method survey).",
    "note.fcr_by_csat": "No survey asks whether the matter was settled; a satisfied answer stands for it.",
    # values of dimensions
    "bad_value.weekday": "Write mon, tue, wed, thu, fri, sat or sun.",
    "bad_value.hour": "Write an hour from 0 to 23.",
    "dimension.priority": "Priority",
    "dimension.weekday": "Weekday",
    "dimension.hour": "Hour",
}
DE = {
    # flags
    "flag.low_coverage": "nur für {detail} % der bearbeiteten Gespräche liegt eine gemessene Arbeitszeit vor",
    # excluded
    "excluded.deleted": "{count} gelöschte sind nicht dabei",
    "excluded.spam": "{count} Spam-Gespräche sind nicht dabei",
    "excluded.merged": "{count} mit anderen zusammengeführte zählen bei diesen",
    "excluded.not_counted": "{count} importierte oder zum Testen angelegte sind nicht dabei",
    "excluded.agent_started": "{count} von Mitarbeitern begonnene sind nicht dabei",
    "excluded.no_reply": "{count} ohne öffentliche Antwort gelöste sind nicht dabei",
    "excluded.not_due": "{count} noch unbeantwortete, deren Frist noch läuft, sind nicht dabei",
    # what went in
    "count.conversations_of_all_time": "{count} Gespräche, auf die die Filter zutreffen, über alle Zeit",
    "count.conversations": "davon {count} im Zeitraum",
    # why a value is missing
    "reason.no_conversations_delivered": "keine verbundene Quelle liefert Gespräche",
    "reason.no_business_hours": "es sind keine Öffnungszeiten bekannt; business_hours in config.yaml setzen",
    "reason.no_replies": "kein Gespräch des Zeitraums wurde beantwortet",
    "reason.no_due_replies": "im Zeitraum war keine Antwort fällig",
    "reason.no_bots": "keine verbundene Quelle meldet Antworten von Programmen",
    "reason.no_bot_replies": "im Zeitraum hat kein Programm geantwortet",
    "reason.no_solved": "im Zeitraum wurde nichts gelöst",
    "reason.solved_window_open": "noch keine Lösung des Zeitraums ist alt genug",
    "reason.no_status_history": "vor dem ersten Abgleich ist nicht bekannt, was offen war",
    "reason.no_handle_time": "keine verbundene Quelle misst Arbeitszeit; aht_estimated schätzt sie",
    "reason.no_handled_contacts": "keine bearbeiteten Gespräche im Zeitraum",
    "reason.no_actions": "keine verbundene Quelle meldet, wann Mitarbeiter schrieben",
    "reason.no_survey": "keine verbundene Quelle fragt die Kunden, ob ihr Anliegen erledigt ist",
    "reason.no_answers": "keine Antworten im Zeitraum",
    "reason.no_chats_delivered": "keine verbundene Quelle liefert Chats",
    "reason.no_chats": "im Zeitraum keine Chats mit einer Kundennachricht innerhalb der Öffnungszeiten",
    # notes
    "note.business_clock": "Nur Öffnungszeiten zählen; die Zeit rund um die Uhr steht daneben.",
    "note.calendar_clock": "Zeit rund um die Uhr; die Öffnungszeiten stehen daneben.",
    "note.no_business_hours": (
        "Zeit rund um die Uhr, da keine Öffnungszeiten bekannt sind (business_hours in config.yaml)."
    ),
    "note.around_the_clock": "{count} Gespräche aus Quellen ohne Öffnungszeiten zählen rund um die Uhr.",
    "note.by_creation": "Gespräche zählen an dem Tag, an dem sie begannen.",
    "note.by_event": (
        "Gespräche zählen am Tag der Antwort oder Lösung selbst; das stimmt über kurze Zeiträume nicht mit der "
        "Zählung nach Beginn überein."
    ),
    "note.by_solution": "Gelöste Gespräche zählen am Tag ihrer letzten Lösung.",
    "note.unanswered": "{count} Gespräche sind noch ohne Antwort, das älteste seit {hours} Stunden.",
    "note.unanswered_days": "{count} Gespräche sind noch ohne Antwort, das älteste seit {days} Tagen.",
    "note.own_targets": "{count} Antworten wurden am eigenen Ziel des Helpdesks gemessen.",
    "note.estimated_work": (
        "Geschätzt nach den Zeiten, zu denen Mitarbeiter schrieben: Pausen bis 15 Minuten zählen ganz, längere als 2 "
        "Minuten, jede Handlung mindestens 1 Minute."
    ),
    "note.coverage": "Eine Arbeitszeit ist für {known} von {handled} bearbeiteten Gesprächen bekannt.",
    "note.fcr_recontact": (
        "Gelöst: nie wieder geöffnet, und die Person meldete sich {days} Tage lang auf keinem Kanal erneut."
    ),
    "note.fcr_one_touch": "Gelöst: mit genau einer Antwort und nie wieder geöffnet (Methode one_touch).",
    "note.fcr_not_reopened": "Gelöst: nie wieder geöffnet (Methode not_reopened).",
    "note.fcr_survey": "Gelöst: der Kunde sagt es selbst (Methode survey).",
    "note.fcr_by_csat": "Keine Umfrage fragt, ob das Anliegen erledigt ist; eine zufriedene Antwort steht dafür.",
    # values of dimensions
    "bad_value.weekday": "Möglich sind mon, tue, wed, thu, fri, sat und sun.",
    "bad_value.hour": "Schreiben Sie eine Stunde von 0 bis 23.",
    "dimension.priority": "Dringlichkeit",
    "dimension.weekday": "Wochentag",
    "dimension.hour": "Stunde",
}
