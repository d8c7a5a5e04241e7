"""What exports say to a person: in sheets, under figures, and where a file cannot be written."""

from connector.messages import Catalogue, export_bands

texts = Catalogue(
    "export",
    en=export_bands.EN
    | {
        # figures
        "missing": "n/a",
        "missing_because": "n/a ({reason})",
        "of": "{part} of {whole}",
        "cases": "n = {count}",
        "points": "{number} points",
        "total": "Total",
        "none": "(none)",
        "unit.count": "count",
        "unit.number": "number",
        "unit.points": "points",
        "unit.per_100_orders": "per 100 orders",
        "unit.hours": "hours",
        "unit.days": "days",
        "figure": "Figure",
        "value": "Value",
        "unit": "Unit",
        "interval": "95% interval",
        "interval_from": "95% from",
        "interval_to": "95% to",
        "sample": "Cases (n)",
        "previous": "Before",
        "change": "Change",
        "remarks": "Remarks",
        "average": "Average",
        "stats.mean": "mean",
        "stats.median": "median",
        "stats.largest": "largest",
        "portrait.share": "Share",
        "portrait.recency_days": "Days since last order",
        "portrait.frequency": "Orders each",
        "portrait.monetary": "Net revenue each",
        "stats.p90": "90th percentile",
        "stats.max": "longest",
        "part.start": "active at the start",
        "part.end": "active at the end",
        "part.new": "new",
        "part.reactivated": "came back",
        "part.retained": "retained",
        "part.promoters": "promoters",
        "part.passives": "passives",
        "part.detractors": "detractors",
        "part.lost": "lost",
        "part.one_time": "bought once only",
        "part.customers": "customers",
        "part.created": "created",
        "part.solved": "solved",
        "part.with_handle_time": "with a measured time",
        "part.handled": "handled",
        "part.0-1": "up to 1 day old",
        "part.1-3": "1 to 3 days",
        "part.3-7": "3 to 7 days",
        "part.7-30": "7 to 30 days",
        "part.30+": "over 30 days",
        "clock.business": "in opening hours",
        "clock.calendar": "around the clock",
        "weekday.mon": "Monday",
        "weekday.tue": "Tuesday",
        "weekday.wed": "Wednesday",
        "weekday.thu": "Thursday",
        "weekday.fri": "Friday",
        "weekday.sat": "Saturday",
        "weekday.sun": "Sunday",
        "period_of": "Period {days}.",
        "period_and_zone": "{days} · time zone {zone}",
        "compared_with": "compared with {days}",
        "family.orders": "Orders and revenue",
        "family.customers": "Customers",
        "family.retention": "Retention",
        "family.repeat": "Repeat purchases",
        "family.refunds": "Refunds",
        "family.abandonment": "Abandoned checkouts and carts",
        "family.value": "Customer value",
        "segment.champions": "Champions",
        "segment.loyal": "Loyal",
        "segment.potential": "Potentially loyal",
        "segment.new": "New",
        "segment.promising": "Promising",
        "segment.attention": "Need attention",
        "segment.about_to_sleep": "About to sleep",
        "segment.at_risk": "At risk",
        "segment.cannot_lose": "Cannot lose them",
        "segment.hibernating": "Hibernating",
        "segment.lost": "Lost",
        "family.service": "Service",
        "family.across": "Across shop and service",
        "family.journey": "Journey",
        "cohorts_read.month": (
            "Row: customers who first ordered in that month. Column: the share who ordered that many months later."
        ),
        "cohorts_read.week": (
            "Row: customers who first ordered in that week. Column: the share who ordered that many weeks later."
        ),
        "cohorts_read.quarter": (
            "Row: customers who first ordered in that quarter. Column: the share who ordered that many quarters later."
        ),
        "cohorts_read.block": (
            "Row: customers who began in that unit. Column: blocks of 30 days from each customer's own beginning, the "
            "share who ordered in it."
        ),
        "cohorts_read_value.week": (
            "Row: customers by what their first order says. Column: the share of those who began that many weeks ago "
            "or earlier who ordered that many weeks later."
        ),
        "cohorts_read_value.month": (
            "Row: customers by what their first order says. Column: the share of those who began that many months ago "
            "or earlier who ordered that many months later."
        ),
        "cohorts_read_value.quarter": (
            "Row: customers by what their first order says. Column: the share of those who began that many quarters "
            "ago or earlier who ordered that many quarters later."
        ),
        "cohorts_read_value.block": (
            "Row: customers by what their first order says. Column: blocks of 30 days from each customer's own "
            "beginning, of those for whom it is over."
        ),
        "cohorts_axes.week": "Row: customers who began in that week. Column: weeks later.",
        "cohorts_axes.month": "Row: customers who began in that month. Column: months later.",
        "cohorts_axes.quarter": "Row: customers who began in that quarter. Column: quarters later.",
        "cohorts_axes.block": (
            "Row: customers who began in that unit. Column: blocks of 30 days from each customer's own beginning."
        ),
        "cohorts_axes_value.week": "Row: customers by what their first order says. Column: weeks later.",
        "cohorts_axes_value.month": "Row: customers by what their first order says. Column: months later.",
        "cohorts_axes_value.quarter": "Row: customers by what their first order says. Column: quarters later.",
        "cohorts_axes_value.block": (
            "Row: customers by what their first order says. Column: blocks of 30 days from each customer's own "
            "beginning."
        ),
        "cohorts_cells.active": "Cells: the share who ordered again.",
        "cohorts_cells.orders": "Cells: orders.",
        "cohorts_cells.orders_per_member": "Cells: orders per customer of the cohort.",
        "cohorts_cells.revenue": "Cells: net revenue after refunds, on the day of the order.",
        "cohorts_cells.revenue_per_member": "Cells: net revenue after refunds per customer of the cohort.",
        "cohorts_cells.value_per_member": "Cells: value so far per customer of the cohort.",
        "cohorts_cumulative": "Each column holds everything up to it.",
        "curve_title": "Customers who order again, on average of all cohorts",
        "revenue_title": "Net revenue by month ({currency})",
        "month": "Month",
        "week": "Week from",
        "service_weeks": "Service by week",
        # the sheet about the file
        "about.period": "Period",
        "about.period_of_rows": "Rows in the tables",
        "about.all_rows": "All that is stored, whatever its date; uncounted and deleted rows too.",
        "about.rows_of_period": (
            "Those dated in the period; persons with an order or a conversation in it; all products."
        ),
        "about.made": "Made on",
        "about.program": "Program",
        "about.contents": "In this file",
        "about.rows": "{count} rows",
        "about.left_out": "Left out: the filter asked for does not fit this table.",
        "about.empty": "Left out: no source gives this.",
        "about.counted": (
            "TRUE = the order is part of the figures. Cancelled, failed, unpaid and deleted orders are in the list, "
            "but not in the figures."
        ),
        "about.gone": "The source no longer shows this row. It is kept here, but not part of the figures.",
        "about.apostrophe": "Apostrophe before a text",
        "about.apostrophe_why": (
            "Texts that begin with = + - @ or a control character got an apostrophe in front, "
            "so that they cannot act as formulas."
        ),
        "about.cut": "Texts cut",
        "about.cut_why": "Longer than a cell can hold (32,767 characters) and cut: {count}. {places}",
        "about.data": "State of the data",
        "about.no_data": "Nothing has been synced yet.",
        "about.never": "Never read successfully yet.",
        "about.until": "Complete up to {when}.",
        "about.failing": "Has failed since {since}.",
        "about.options": "Set otherwise than usual: {options}",
        "about.definitions": "How the figures are counted",
        "left_out": "{id} is left out: {reason}",
        "columns_hidden": "{count} more columns do not fit here; --format csv, --json and the workbook have them all.",
        # files
        "target_is_folder": "{path} is a folder.",
        "target_is_folder_advice": "Name a file in it, for example report.xlsx.",
        "target_locked": "{path} cannot be replaced: another program has it open, or it is write-protected.",
        "close_workbook": "Close the workbook {name} in Excel, then export again.",
        "close_file": "Close {name} in the program that shows it, then export again.",
        "disk_full": "There is no room left on the disk for {path}.",
        "disk_full_advice": "Free some space or name another disk, then export again. No half file was left.",
        "folder_closed": "We may not write into the folder {path}.",
        "folder_closed_advice": "Choose another folder, or give your user the right to write there.",
        "folder_is_file": "{path} is a file, not a folder.",
        "folder_is_file_advice": "Name a folder, or remove that file.",
        "not_written": "{path} could not be written: {reason}.",
        "not_written_advice": "Check the path, or name another one, then export again.",
        "source_unknown": "There is no source called {name}.",
        "source_known": "The sources are: {names}.",
        "source_none": "Nothing has been synced yet. Run `connector sync` first.",
        "table_unknown": "There is no table called {name}.",
        "table_near": "Did you mean {name}?",
        "table_known": "The tables are: {names}.",
        "table_unfit": "The table {name} cannot be filtered by {filters}.",
        "table_unfit_advice": "Leave the filter out, or leave {name} out of --tables.",
        "ending_unknown": "{path} has none of the endings that can be written.",
        "ending_unknown_advice": "Name a file that ends in {endings}.",
    },
    de=export_bands.DE
    | {
        # figures
        "missing": "k. A.",
        "missing_because": "k. A. ({reason})",
        "of": "{part} von {whole}",
        "cases": "n = {count}",
        "points": "{number} Prozentpunkte",
        "total": "Gesamt",
        "none": "(ohne)",
        "unit.count": "Anzahl",
        "unit.number": "Zahl",
        "unit.points": "Punkte",
        "unit.per_100_orders": "je 100 Bestellungen",
        "unit.hours": "Stunden",
        "unit.days": "Tage",
        "figure": "Kennzahl",
        "value": "Wert",
        "unit": "Einheit",
        "interval": "95-%-Bereich",
        "interval_from": "95 % von",
        "interval_to": "95 % bis",
        "sample": "Fälle (n)",
        "previous": "Vorher",
        "change": "Änderung",
        "remarks": "Hinweise",
        "average": "Durchschnitt",
        "stats.mean": "Mittelwert",
        "stats.median": "Median",
        "stats.largest": "größter",
        "portrait.share": "Anteil",
        "portrait.recency_days": "Tage seit letzter Bestellung",
        "portrait.frequency": "Bestellungen je Kunde",
        "portrait.monetary": "Nettoumsatz je Kunde",
        "stats.p90": "90. Perzentil",
        "stats.max": "längstes",
        "part.start": "aktiv am Anfang",
        "part.end": "aktiv am Ende",
        "part.new": "neu",
        "part.reactivated": "zurückgekehrt",
        "part.retained": "gehalten",
        "part.promoters": "Fürsprecher",
        "part.passives": "Passive",
        "part.detractors": "Kritiker",
        "part.lost": "verloren",
        "part.one_time": "nur einmal gekauft",
        "part.customers": "Kunden",
        "part.created": "begonnen",
        "part.solved": "gelöst",
        "part.with_handle_time": "mit gemessener Zeit",
        "part.handled": "bearbeitet",
        "part.0-1": "bis 1 Tag alt",
        "part.1-3": "1 bis 3 Tage",
        "part.3-7": "3 bis 7 Tage",
        "part.7-30": "7 bis 30 Tage",
        "part.30+": "über 30 Tage",
        "clock.business": "in den Öffnungszeiten",
        "clock.calendar": "rund um die Uhr",
        "weekday.mon": "Montag",
        "weekday.tue": "Dienstag",
        "weekday.wed": "Mittwoch",
        "weekday.thu": "Donnerstag",
        "weekday.fri": "Freitag",
        "weekday.sat": "Samstag",
        "weekday.sun": "Sonntag",
        "period_of": "Zeitraum {days}.",
        "period_and_zone": "{days} · Zeitzone {zone}",
        "compared_with": "verglichen mit {days}",
        "family.orders": "Bestellungen und Umsatz",
        "family.customers": "Kunden",
        "family.retention": "Kundenbindung",
        "family.repeat": "Wiederkauf",
        "family.refunds": "Erstattungen",
        "family.abandonment": "Abgebrochene Kassenvorgänge und Warenkörbe",
        "family.value": "Kundenwert",
        "segment.champions": "Beste Kunden",
        "segment.loyal": "Treue Kunden",
        "segment.potential": "Künftige Stammkunden",
        "segment.new": "Neue Kunden",
        "segment.promising": "Vielversprechend",
        "segment.attention": "Brauchen Aufmerksamkeit",
        "segment.about_to_sleep": "Schlafen bald ein",
        "segment.at_risk": "Abwanderung droht",
        "segment.cannot_lose": "Unbedingt halten",
        "segment.hibernating": "Eingeschlafen",
        "segment.lost": "Verloren",
        "family.service": "Kundendienst",
        "family.across": "Shop und Kundendienst zusammen",
        "family.journey": "Kundenreise",
        "cohorts_read.month": (
            "Zeile: Kunden, die in diesem Monat zum ersten Mal bestellten. Spalte: der Anteil, der so viele Monate "
            "später bestellte."
        ),
        "cohorts_read.week": (
            "Zeile: Kunden, die in dieser Woche zum ersten Mal bestellten. Spalte: der Anteil, der so viele Wochen "
            "später bestellte."
        ),
        "cohorts_read.quarter": (
            "Zeile: Kunden, die in diesem Quartal zum ersten Mal bestellten. Spalte: der Anteil, der so viele Quartale "
            "später bestellte."
        ),
        "cohorts_read.block": (
            "Zeile: Kunden, die in dieser Zeit begonnen haben. Spalte: Blöcke von 30 Tagen ab dem eigenen Beginn jedes "
            "Kunden, der Anteil, der darin bestellt hat."
        ),
        "cohorts_read_value.week": (
            "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: der Anteil, der so viele Wochen später "
            "bestellt hat, von denen, die so lange dabei sind."
        ),
        "cohorts_read_value.month": (
            "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: der Anteil, der so viele Monate später "
            "bestellt hat, von denen, die so lange dabei sind."
        ),
        "cohorts_read_value.quarter": (
            "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: der Anteil, der so viele Quartale später "
            "bestellt hat, von denen, die so lange dabei sind."
        ),
        "cohorts_read_value.block": (
            "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: Blöcke von 30 Tagen ab dem eigenen Beginn "
            "jedes Kunden, von denen, für die er vorbei ist."
        ),
        "cohorts_axes.week": "Zeile: Kunden, die in dieser Woche begonnen haben. Spalte: Wochen danach.",
        "cohorts_axes.month": "Zeile: Kunden, die in diesem Monat begonnen haben. Spalte: Monate danach.",
        "cohorts_axes.quarter": "Zeile: Kunden, die in diesem Quartal begonnen haben. Spalte: Quartale danach.",
        "cohorts_axes.block": (
            "Zeile: Kunden, die in dieser Zeit begonnen haben. Spalte: Blöcke von 30 Tagen ab dem eigenen Beginn jedes "
            "Kunden."
        ),
        "cohorts_axes_value.week": "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: Wochen danach.",
        "cohorts_axes_value.month": "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: Monate danach.",
        "cohorts_axes_value.quarter": (
            "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: Quartale danach."
        ),
        "cohorts_axes_value.block": (
            "Zeile: Kunden nach dem, was ihre erste Bestellung sagt. Spalte: Blöcke von 30 Tagen ab dem eigenen Beginn "
            "jedes Kunden."
        ),
        "cohorts_cells.active": "Zellen: der Anteil, der wieder bestellt hat.",
        "cohorts_cells.orders": "Zellen: Bestellungen.",
        "cohorts_cells.orders_per_member": "Zellen: Bestellungen je Kunde der Kohorte.",
        "cohorts_cells.revenue": "Zellen: Nettoumsatz nach Erstattungen, am Tag der Bestellung.",
        "cohorts_cells.revenue_per_member": "Zellen: Nettoumsatz nach Erstattungen je Kunde der Kohorte.",
        "cohorts_cells.value_per_member": "Zellen: bisheriger Wert je Kunde der Kohorte.",
        "cohorts_cumulative": "Jede Spalte enthält alles bis dahin.",
        "curve_title": "Kunden, die wieder bestellen, im Durchschnitt aller Kohorten",
        "revenue_title": "Nettoumsatz je Monat ({currency})",
        "month": "Monat",
        "week": "Woche ab",
        "service_weeks": "Kundendienst nach Wochen",
        # das Blatt über die Datei
        "about.period": "Zeitraum",
        "about.period_of_rows": "Zeilen der Tabellen",
        "about.all_rows": "Alles Gespeicherte, gleich welchen Datums; auch Ungezähltes und Gelöschtes.",
        "about.rows_of_period": (
            "Die mit Datum im Zeitraum; Personen mit einer Bestellung oder einem Gespräch darin; alle Produkte."
        ),
        "about.made": "Erstellt am",
        "about.program": "Programm",
        "about.contents": "In dieser Datei",
        "about.rows": "{count} Zeilen",
        "about.left_out": "Fehlt: Der verlangte Filter passt nicht zu dieser Tabelle.",
        "about.empty": "Fehlt: Keine Quelle liefert das.",
        "about.counted": (
            "WAHR = die Bestellung zählt für die Kennzahlen. Stornierte, fehlgeschlagene, unbezahlte und gelöschte "
            "Bestellungen stehen in der Liste, aber nicht in den Kennzahlen."
        ),
        "about.gone": "Die Quelle zeigt diese Zeile nicht mehr. Sie bleibt hier stehen, zählt aber für keine Kennzahl.",
        "about.apostrophe": "Apostroph vor einem Text",
        "about.apostrophe_why": (
            "Texte, die mit = + - @ oder einem Steuerzeichen beginnen, haben einen Apostroph davor, "
            "damit sie nicht als Formel wirken."
        ),
        "about.cut": "Gekürzte Texte",
        "about.cut_why": "Länger, als eine Zelle fasst (32.767 Zeichen), und gekürzt: {count}. {places}",
        "about.data": "Stand der Daten",
        "about.no_data": "Es wurde noch nichts abgeglichen.",
        "about.never": "Noch nie erfolgreich gelesen.",
        "about.until": "Vollständig bis {when}.",
        "about.failing": "Schlägt seit {since} fehl.",
        "about.options": "Abweichend eingestellt: {options}",
        "about.definitions": "Wie die Kennzahlen gezählt werden",
        "left_out": "{id} fehlt: {reason}",
        "columns_hidden": "{count} weitere Spalten passen nicht; --format csv, --json und die Arbeitsmappe haben sie.",
        # files
        "target_is_folder": "{path} ist ein Ordner.",
        "target_is_folder_advice": "Nennen Sie eine Datei darin, zum Beispiel report.xlsx.",
        "target_locked": "{path} lässt sich nicht ersetzen: in einem anderen Programm offen oder schreibgeschützt.",
        "close_workbook": "Schließen Sie die Arbeitsmappe {name} in Excel und exportieren Sie erneut.",
        "close_file": "Schließen Sie {name} im Programm, das die Datei zeigt, und exportieren Sie erneut.",
        "disk_full": "Auf dem Datenträger ist kein Platz mehr für {path}.",
        "disk_full_advice": (
            "Schaffen Sie Platz oder nennen Sie einen anderen Datenträger und exportieren Sie erneut. "
            "Es blieb keine halbe Datei zurück."
        ),
        "folder_closed": "In den Ordner {path} darf nicht geschrieben werden.",
        "folder_closed_advice": "Wählen Sie einen anderen Ordner, oder geben Sie Ihrem Benutzer dort Schreibrechte.",
        "folder_is_file": "{path} ist eine Datei, kein Ordner.",
        "folder_is_file_advice": "Nennen Sie einen Ordner, oder entfernen Sie diese Datei.",
        "not_written": "{path} konnte nicht geschrieben werden: {reason}.",
        "not_written_advice": "Prüfen Sie den Pfad oder nennen Sie einen anderen und exportieren Sie erneut.",
        "source_unknown": "Es gibt keine Quelle namens {name}.",
        "source_known": "Die Quellen sind: {names}.",
        "source_none": "Es wurde noch nichts abgeglichen. Rufen Sie zuerst `connector sync` auf.",
        "table_unknown": "Es gibt keine Tabelle namens {name}.",
        "table_near": "Meinten Sie {name}?",
        "table_known": "Die Tabellen sind: {names}.",
        "table_unfit": "Die Tabelle {name} lässt sich nicht nach {filters} filtern.",
        "table_unfit_advice": "Lassen Sie den Filter weg, oder lassen Sie {name} in --tables weg.",
        "ending_unknown": "{path} hat keine der Endungen, die geschrieben werden können.",
        "ending_unknown_advice": "Nennen Sie eine Datei, die auf {endings} endet.",
    },
)
