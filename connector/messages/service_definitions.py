"""What each figure of the service is called, asks and counts; part of the catalogue `kpi_definitions`."""

EN = {
    "contact_volume.label": "Conversations",
    "contact_volume.question": "How many conversations did customers begin?",
    "contact_volume.formula": (
        "conversations created in the period; not deleted ones, spam, tests, or those merged into others"
    ),
    "solved_volume.label": "Solved conversations",
    "solved_volume.question": "How many conversations were solved?",
    "solved_volume.formula": "conversations whose last solution lies in the period",
    "net_flow.label": "Net flow",
    "net_flow.question": "Does the pile of open conversations grow?",
    "net_flow.formula": "conversations created - conversations solved in the period; above 0 the backlog grows",
    "backlog.label": "Backlog",
    "backlog.question": "How many conversations were open at the end of the period?",
    "backlog.formula": (
        "conversations neither solved, closed nor deleted at the end of the last local day, from the history of "
        "statuses; with their age in days, and the same for each day"
    ),
    "frt.label": "First response time",
    "frt.question": "How long does a customer wait for the first reply of a person?",
    "frt.formula": (
        "median of first human public reply - creation (chat: first customer message; with a bot in front: the "
        "hand-over); notes, automatic replies and bots are no replies"
    ),
    "first_bot_response.label": "First response of a bot",
    "first_bot_response.question": "How fast does a program answer?",
    "first_bot_response.formula": "median of first answer of a program - creation (chat: first customer message)",
    "frt_sla.label": "First responses in time",
    "frt_sla.question": "Which share of the first replies came within the target?",
    "frt_sla.formula": "answered within the target / (answered + unanswered whose target time has passed)",
    "nrt.label": "Next response time",
    "nrt.question": "How long does a customer wait for a reply, whichever it is?",
    "nrt.formula": "median of next human public reply - first message of each block of customer messages",
    "reply_gap_total.label": "Waiting time for replies in all",
    "reply_gap_total.question": "How long does a customer wait for all replies of a conversation together?",
    "reply_gap_total.formula": "median over conversations of the sum of their waits for a reply",
    "aht.label": "Average handling time",
    "aht.question": "How much working time does a contact take?",
    "aht.formula": (
        "measured working time / handled contacts; not the time until the solution, which is full_resolution_time"
    ),
    "aht_estimated.label": "Average handling time (estimated)",
    "aht_estimated.question": "How much working time does a contact take, judged by when agents wrote?",
    "aht_estimated.formula": (
        "mean of estimated working time: gaps between an agent's messages up to 15 minutes whole, longer ones as 2 "
        "minutes, each message at least 1 minute"
    ),
    "fcr.label": "First contact resolution",
    "fcr.question": "Which share of the conversations was settled at the first contact?",
    "fcr.formula": (
        "solved, never reopened, and no other contact of the person in any channel within fcr.days after the first "
        "solution / solved and fcr.days over"
    ),
    "one_touch_rate.label": "One-touch rate",
    "one_touch_rate.question": "Which share was solved with a single reply?",
    "one_touch_rate.formula": "solved with exactly one human public reply and no reopening / solved",
    "not_reopened_rate.label": "Not reopened",
    "not_reopened_rate.question": "Which share of the solutions held?",
    "not_reopened_rate.formula": "solved and never reopened / solved; a thank-you reopens nothing",
    "first_resolution_time.label": "First resolution time",
    "first_resolution_time.question": "How long does it take until a conversation is solved for the first time?",
    "first_resolution_time.formula": "median of first solved - creation, of what is solved now",
    "full_resolution_time.label": "Full resolution time",
    "full_resolution_time.question": "How long does it take until a conversation is solved for good?",
    "full_resolution_time.formula": (
        "median of last solved - creation, of what is solved now; the time of waiting for the customer is in it"
    ),
    "requester_wait_time.label": "Customer's waiting time",
    "requester_wait_time.question": "How long did the customer wait for the desk?",
    "requester_wait_time.formula": "median of the time as new, open or on hold, of what is solved now",
    "agent_wait_time.label": "Desk's waiting time",
    "agent_wait_time.question": "How long did the desk wait for the customer?",
    "agent_wait_time.formula": "median of the time as pending, of what is solved now",
    "reopen_rate.label": "Reopen rate",
    "reopen_rate.question": "Which share of the solved conversations had been reopened?",
    "reopen_rate.formula": "solved conversations with more than one solution / solved conversations",
    "agents_involved.label": "Agents involved",
    "agents_involved.question": "How many people does a solution take?",
    "agents_involved.formula": "mean number of different people who wrote or worked on a solved conversation",
    "handoffs.label": "Hand-overs between agents",
    "handoffs.question": "How often is a conversation passed on?",
    "handoffs.formula": "mean number of different people - 1 per solved conversation",
    "replies_per_resolution.label": "Replies per solution",
    "replies_per_resolution.question": "How many replies does a solution take?",
    "replies_per_resolution.formula": "human public replies / solved conversations",
    "missed_chats.label": "Missed chats",
    "missed_chats.question": "Which share of the chats found nobody?",
    "missed_chats.formula": (
        "chats without a human reply before the visitor left or within 30 minutes / chats with a customer message "
        "inside opening hours"
    ),
    "offline_chats.label": "Chats outside opening hours",
    "offline_chats.question": "How many customers wrote while nobody was there?",
    "offline_chats.formula": "chats with a customer message outside opening hours, and messages left while closed",
    "bot_resolution.label": "Settled by a bot",
    "bot_resolution.question": "How many conversations did a program settle to the customer's satisfaction?",
    "bot_resolution.formula": "conversations that only a program answered, with a satisfied answer of the customer",
}
DE = {
    "contact_volume.label": "Gespräche",
    "contact_volume.question": "Wie viele Gespräche haben Kunden begonnen?",
    "contact_volume.formula": (
        "im Zeitraum begonnene Gespräche; ohne gelöschte, Spam, Tests und mit anderen zusammengeführte"
    ),
    "solved_volume.label": "Gelöste Gespräche",
    "solved_volume.question": "Wie viele Gespräche wurden gelöst?",
    "solved_volume.formula": "Gespräche, deren letzte Lösung im Zeitraum liegt",
    "net_flow.label": "Zufluss",
    "net_flow.question": "Wächst der Berg offener Gespräche?",
    "net_flow.formula": "im Zeitraum begonnene - gelöste Gespräche; über 0 wächst der Rückstand",
    "backlog.label": "Rückstand",
    "backlog.question": "Wie viele Gespräche waren am Ende des Zeitraums offen?",
    "backlog.formula": (
        "am Ende des letzten Tages weder gelöste noch geschlossene noch gelöschte Gespräche, nach dem Verlauf der "
        "Status; mit ihrem Alter in Tagen, und dasselbe für jeden Tag"
    ),
    "frt.label": "Zeit bis zur ersten Antwort",
    "frt.question": "Wie lange wartet ein Kunde auf die erste Antwort eines Menschen?",
    "frt.formula": (
        "Median aus erster öffentlicher Antwort eines Menschen - Beginn (Chat: erste Kundennachricht; mit Bot davor: "
        "die Übergabe); Notizen, automatische Antworten und Bots sind keine Antworten"
    ),
    "first_bot_response.label": "Erste Antwort eines Bots",
    "first_bot_response.question": "Wie schnell antwortet ein Programm?",
    "first_bot_response.formula": "Median aus erster Antwort eines Programms - Beginn (Chat: erste Kundennachricht)",
    "frt_sla.label": "Rechtzeitige erste Antworten",
    "frt_sla.question": "Welcher Anteil der ersten Antworten kam innerhalb der Zielzeit?",
    "frt_sla.formula": "in der Zielzeit beantwortet / (beantwortet + unbeantwortet mit abgelaufener Zielzeit)",
    "nrt.label": "Zeit bis zur nächsten Antwort",
    "nrt.question": "Wie lange wartet ein Kunde auf eine Antwort, die wievielte auch immer?",
    "nrt.formula": (
        "Median aus nächster öffentlicher Antwort eines Menschen - erster Nachricht jeder Folge von Kundennachrichten"
    ),
    "reply_gap_total.label": "Wartezeit auf Antworten insgesamt",
    "reply_gap_total.question": "Wie lange wartet ein Kunde auf alle Antworten eines Gesprächs zusammen?",
    "reply_gap_total.formula": "Median über die Gespräche aus der Summe ihrer Wartezeiten auf Antworten",
    "aht.label": "Durchschnittliche Bearbeitungszeit",
    "aht.question": "Wie viel Arbeitszeit kostet ein Gespräch?",
    "aht.formula": (
        "gemessene Arbeitszeit / bearbeitete Gespräche; nicht die Zeit bis zur Lösung, die full_resolution_time ist"
    ),
    "aht_estimated.label": "Durchschnittliche Bearbeitungszeit (geschätzt)",
    "aht_estimated.question": "Wie viel Arbeitszeit kostet ein Gespräch, danach, wann Mitarbeiter schrieben?",
    "aht_estimated.formula": (
        "Mittelwert der geschätzten Arbeitszeit: Pausen zwischen Nachrichten bis 15 Minuten ganz, längere als 2 "
        "Minuten, jede Nachricht mindestens 1 Minute"
    ),
    "fcr.label": "Lösung beim ersten Kontakt",
    "fcr.question": "Welcher Anteil der Gespräche war mit dem ersten Kontakt erledigt?",
    "fcr.formula": (
        "gelöst, nie wieder geöffnet, und kein anderer Kontakt der Person auf irgendeinem Kanal innerhalb von "
        "fcr.days Tagen nach der ersten Lösung / gelöst und fcr.days vorbei"
    ),
    "one_touch_rate.label": "Mit einer Antwort gelöst",
    "one_touch_rate.question": "Welcher Anteil wurde mit einer einzigen Antwort gelöst?",
    "one_touch_rate.formula": (
        "mit genau einer öffentlichen Antwort eines Menschen und ohne Wiedereröffnung gelöst / gelöst"
    ),
    "not_reopened_rate.label": "Nicht wieder geöffnet",
    "not_reopened_rate.question": "Welcher Anteil der Lösungen hielt?",
    "not_reopened_rate.formula": "gelöst und nie wieder geöffnet / gelöst; ein Dankeschön öffnet nichts wieder",
    "first_resolution_time.label": "Zeit bis zur ersten Lösung",
    "first_resolution_time.question": "Wie lange dauert es, bis ein Gespräch zum ersten Mal gelöst ist?",
    "first_resolution_time.formula": "Median aus erster Lösung - Beginn, über das, was jetzt gelöst ist",
    "full_resolution_time.label": "Zeit bis zur Lösung",
    "full_resolution_time.question": "Wie lange dauert es, bis ein Gespräch endgültig gelöst ist?",
    "full_resolution_time.formula": (
        "Median aus letzter Lösung - Beginn, über das, was jetzt gelöst ist; das Warten auf den Kunden ist darin"
    ),
    "requester_wait_time.label": "Wartezeit des Kunden",
    "requester_wait_time.question": "Wie lange wartete der Kunde auf den Kundendienst?",
    "requester_wait_time.formula": (
        "Median der Zeit als neu, offen oder zurückgestellt, über das, was jetzt gelöst ist"
    ),
    "agent_wait_time.label": "Warten auf den Kunden",
    "agent_wait_time.question": "Wie lange wartete der Kundendienst auf den Kunden?",
    "agent_wait_time.formula": "Median der Zeit als wartend (pending), über das, was jetzt gelöst ist",
    "reopen_rate.label": "Wiedereröffnungsrate",
    "reopen_rate.question": "Welcher Anteil der gelösten Gespräche war wieder geöffnet worden?",
    "reopen_rate.formula": "gelöste Gespräche mit mehr als einer Lösung / gelöste Gespräche",
    "agents_involved.label": "Beteiligte Mitarbeiter",
    "agents_involved.question": "Wie viele Menschen braucht eine Lösung?",
    "agents_involved.formula": (
        "mittlere Anzahl verschiedener Menschen, die an einem gelösten Gespräch schrieben oder arbeiteten"
    ),
    "handoffs.label": "Übergaben zwischen Mitarbeitern",
    "handoffs.question": "Wie oft wird ein Gespräch weitergegeben?",
    "handoffs.formula": "mittlere Anzahl verschiedener Menschen - 1 je gelöstem Gespräch",
    "replies_per_resolution.label": "Antworten je Lösung",
    "replies_per_resolution.question": "Wie viele Antworten braucht eine Lösung?",
    "replies_per_resolution.formula": "öffentliche Antworten von Menschen / gelöste Gespräche",
    "missed_chats.label": "Verpasste Chats",
    "missed_chats.question": "Welcher Anteil der Chats fand niemanden?",
    "missed_chats.formula": (
        "Chats ohne Antwort eines Menschen, bevor der Besucher ging oder innerhalb von 30 Minuten / Chats mit einer "
        "Kundennachricht innerhalb der Öffnungszeiten"
    ),
    "offline_chats.label": "Chats außerhalb der Öffnungszeiten",
    "offline_chats.question": "Wie viele Kunden schrieben, als niemand da war?",
    "offline_chats.formula": (
        "Chats mit einer Kundennachricht außerhalb der Öffnungszeiten, und währenddessen hinterlassene Nachrichten"
    ),
    "bot_resolution.label": "Von einem Bot erledigt",
    "bot_resolution.question": "Wie viele Gespräche erledigte ein Programm zur Zufriedenheit des Kunden?",
    "bot_resolution.formula": (
        "Gespräche, in denen nur ein Programm antwortete, mit einer zufriedenen Antwort des Kunden"
    ),
}
