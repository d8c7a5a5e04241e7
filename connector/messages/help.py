"""What `--help` says: one line, a description and an example for each command, and a line for each option."""

from connector.messages import Catalogue, help_terms

texts = Catalogue(
    "help",
    en=help_terms.EN
    | {
        "usage": "Usage:",
        "options": "Options",
        "commands": "Commands",
        "example": "Example",
        "help": "Show this help and end.",
        "any.as_json": "One JSON document on stdout, and nothing else there.",
        "connector.help": (
            "Keeps a local database in step with your shops and help desks, and computes figures across "
            "them.\n\n`connector demo` shows it all with pretend shops; `connector init` sets up your own. Exit "
            "codes: 0 all well, 1 a fault of the program, 2 usage or configuration, 3 a source failed or was "
            "incomplete, 4 the database cannot be used, 130 stopped."
        ),
        "connector.example": "connector demo\nconnector --config shop/config.yaml sync",
        "connector.config": "The configuration; else the file that CONNECTOR_CONFIG names, else ./config.yaml.",
        "connector.verbose": "Say what is being done; -vv says everything.",
        "connector.quiet": "Say only what went wrong.",
        "connector.version": "Show the version and end.",
        "demo.short": "Try everything with pretend shops, without any key",
        "demo.help": (
            "Starts pretend shops on this machine, reads them through the real adapters, shows figures, and writes "
            "connector.db, config.yaml and report.xlsx into a directory. Needs no configuration, no key and no "
            "network. Called again it begins anew in the same directory."
        ),
        "demo.example": "connector demo\nconnector demo --dir /tmp/try-it --serve",
        "demo.serve": "Keep the pretend shops running until Ctrl-C, so that the written config.yaml works.",
        "init.short": "Set up a shop or help desk: asks, checks, writes config.yaml",
        "init.help": (
            "Asks for one shop or help desk, checks the answers against the real system, and only then writes "
            "config.yaml, readable by you alone. Called again it adds another; what stands in the file stays, "
            "comments too.\n\nKeys are kept in the file, or, where you write ${NAME} or ${file:PATH}, read from "
            "the environment or a file each time. With options and --yes nothing is asked, so that a script can "
            "call it."
        ),
        "init.example": (
            "connector init\nconnector init --yes --adapter woocommerce --url https://shop.example \\\n    --set "
            "'consumer_key=${SHOP_KEY}' --set 'consumer_secret=${SHOP_SECRET}'"
        ),
        "init.adapter": "The kind of system; `connector adapters` lists them.",
        "init.name": "A name of your own for it, used everywhere.",
        "init.url": "Its address.",
        "init.assignments": "Any further key of this source, e.g. a credential. May be given several times.",
        "init.timezone": "The reporting zone of a new file, e.g. Europe/Berlin.",
        "init.language": "The language of a new file: de or en.",
        "init.store": "The database of a new file; default sqlite:///connector.db.",
        "init.assume_yes": "Ask nothing: what no option says is taken as proposed.",
        "check.short": "Ask each source who it is and what the key may read",
        "check.help": (
            "Asks each source, or those named, who answers, which version, time zone and currency it has, and "
            "stream by stream whether the key may read it. Says what to do about each refusal. Changes nothing."
        ),
        "check.example": "connector check\nconnector check main-shop",
        "sync.short": "Bring the database up to date now",
        "sync.help": (
            "Reads what is new or changed in all sources, or in those named, and stores it. SOURCE/STREAM names "
            "one kind of record. Every page is stored as it comes: whatever ends the call, the next one goes on "
            "from there."
        ),
        "sync.example": (
            "connector sync\nconnector sync main-shop/orders --since 2026-01-01\nconnector sync main-shop --sweep "
            "--json"
        ),
        "sync.full": "Read everything again, then compare as --sweep does.",
        "sync.sweep": "Also compare all ids and change stamps: finds what vanished or changed without a trace.",
        "sync.since": "Read again what changed since this day (2026-01-31, midnight in the reporting zone).",
        "sync.accept_loss": "Agree that so much vanished from the named sources; compares, and marks it as gone.",
        "status.short": "Where each source stands: last success, rows, errors, next time",
        "status.help": (
            "Shows for each source and stream when it was last read, how many rows it has, how many records are "
            "set aside, what went wrong last and when the daemon reads it next. Asks no source."
        ),
        "status.example": "connector status\nconnector status --json",
        "daemon.short": "Keep everything up to date until told to stop",
        "daemon.help": (
            "Reads each source by its schedule and compares it once a night, until Ctrl-C or SIGTERM, and then "
            "ends with 0. Says once when a source is lost and once when it is back. Writes its lines to stderr; "
            "docs/run shows how a machine starts it by itself."
        ),
        "daemon.example": "connector --config /etc/connector/config.yaml daemon",
        "import.short": "Take in answers of a survey (NPS, CSAT, CES) from a file",
        "import.help": (
            "Reads answers from a CSV, Excel or JSON file: exports of Typeform, Google Forms, SurveyMonkey and "
            "Delighted, or a table of your own. Which column holds what is proposed, shown, and kept under `surveys` "
            "in config.yaml once you agree.\n\nThe same file again changes nothing, a corrected one corrects. Rows "
            "that cannot be understood are named by their line, the others are taken. Ends with 0 where all rows were "
            "taken, 3 where some were refused, 2 where the file cannot be used."
        ),
        "import.example": (
            "connector import answers.csv --as post-purchase\nconnector import effort.xlsx --as support --ces 2 --yes"
        ),
        "import.name": "Name of the survey; its answers go by it in figures (--survey) and in `status`.",
        "import.ces": "The effort question: 1 = how much effort (1 to 5, low is good), 2 = it was easy (1 to 7).",
        "import.assume_yes": "Take the proposed mapping without asking.",
        "rebuild.short": "Remake all rows from the stored records, without network",
        "rebuild.help": (
            "Remakes the rows of all sources, or of one, from the records as they were received, and tries again "
            "those that were set aside. For after an update that reads more out of a record. Asks no source."
        ),
        "rebuild.example": "connector rebuild\nconnector rebuild main-shop",
        "reconcile.short": "The shop's own report beside the figures here, and why they differ",
        "reconcile.help": (
            "Puts the report that the shop itself gives, or what its back office computes, beside the figures of what "
            "is stored, month by month. Each difference is explained by switching one option after the other to the "
            "shop's practice: statuses, day of the order, day and split of refunds, time zone, currencies, who is one "
            "customer. What no option explains is the remainder. Amounts are in the shop's main currency. Ends with 0 "
            "where it could compare."
        ),
        "reconcile.example": "connector reconcile main-shop\nconnector reconcile main-shop --from 2026-01 --json",
        "reconcile.start": "First month: 2026-01, or any day of it. Months are always compared whole.",
        "reconcile.end": "Last month: 2026-10, or any day of it.",
        "person.short": "What is stored about one person; a copy for them; erasing them",
        "person.help": (
            "Shows everything that all sources know of the person with this address: accounts and why they are one "
            "person, and a time line of orders, refunds, conversations and answers.\n\nWith --export the same and all "
            "stored rows are written as JSON, for somebody who asks what is known of them. With --forget the person is "
            "erased for good: no name, address, phone number or text stays, in no stored record and no free page of "
            "the database, and the next sync does not bring them back. Orders and amounts stay without a name, so no "
            "figure moves."
        ),
        "person.example": "connector person anna@shop.example\nconnector person anna@shop.example --export anna.json",
        "person.file": "Write everything that is stored of the person into FILE, as JSON.",
        "person.forget": "Erase the person for good.",
        "person.assume_yes": "Erase without asking.",
        "backup.short": "Copy the database into a file, also while the daemon runs",
        "backup.help": (
            "Writes a consistent copy of the database into FILE, also while the daemon or a sync runs. An older "
            "backup in FILE is replaced once the new one is complete. The configuration and its keys are not part "
            "of it."
        ),
        "backup.example": "connector backup backups/connector-monday.db",
        "restore.short": "Bring back a backup",
        "restore.help": (
            "Puts a backup in the place of the present database, which is copied aside first. Stop the daemon before."
        ),
        "restore.example": "connector restore backups/connector-monday.db",
        "restore.assume_yes": "Replace the present database without asking.",
        "adapters.short": "What is installed: adapters, their streams, where they come from",
        "adapters.help": (
            "Lists every installed adapter with its streams and the package it comes from, and says why one cannot "
            "be used."
        ),
        "adapters.example": "connector adapters",
        "kpi.short": "Figures: revenue, customers, retention, service",
        "export.short": "Figures and tables as a workbook, CSV or Parquet",
        "demo.folder": "Where to write; default ./connector-demo.",
        "any.start": "First day of the period: 2026-01-31, 2026-01 or 2026.",
        "any.end": "Last day of the period; it is included.",
        "any.period": "2026, 2026-Q3, 2026-10, 2026-W07, this-year, last-month, last-90d, …",
        "any.overrides": "Another value of an option for this call, e.g. orders.date=paid.",
        "kpi.help": (
            "Computes figures from what is stored, for all history or a period. Without ID the headline set; IDs "
            "are {ids}. Every figure says how many cases it rests on, how sure it is, and what was left out."
        ),
        "kpi.example": (
            "connector kpi\nconnector kpi net_revenue aov --period last-month --compare previous\nconnector kpi "
            "orders --by country --period 2026 --json\nconnector kpi crr --explain --rows lost-customers.xlsx"
        ),
        "any.compare": "Beside each figure the one of the period before, or of the same dates a year earlier.",
        "kpi.by": "Break down by a filter's name: source, country, product, payment-method, …",
        "kpi.explain": "Also say how each figure is defined, which options are in force and what went in.",
        "kpi.rows": "Write the very orders or customers behind one figure to a .csv, .xlsx or .parquet file.",
        "kpi.form": "table for the screen, json, or csv (comma, point, UTC).",
        "export.help": (
            "Writes what is stored: into a workbook if PATH ends in .xlsx, else as one file per table into the "
            "directory PATH. Without a period and filters every stored row, uncounted and vanished ones too; "
            "columns say which. Cells that a spreadsheet would take for a formula are neutralised."
        ),
        "export.example": (
            "connector export report.xlsx\nconnector export report.xlsx --period 2026-Q3 --country DE\nconnector "
            "export out --format csv --tables orders,refunds --csv excel-de"
        ),
        "export.form": "csv or parquet, into a directory; default csv.",
        "export.tables": "Only these tables, e.g. orders,refunds.",
        "export.dialect": "How CSV is written; default by language: excel-de for German, else plain.",
    },
    de=help_terms.DE
    | {
        "usage": "Aufruf:",
        "options": "Optionen",
        "commands": "Befehle",
        "example": "Beispiel",
        "help": "Diese Hilfe zeigen und enden.",
        "any.as_json": "Ein JSON-Dokument auf der Standardausgabe und dort sonst nichts.",
        "connector.help": (
            "Hält eine Datenbank auf Ihrem Rechner auf dem Stand Ihrer Shops und Helpdesks und rechnet "
            "Kennzahlen über alle hinweg.\n\n`connector demo` zeigt alles mit gespielten Shops; `connector init` "
            "richtet Ihre eigenen ein. Rückgabewerte: 0 alles gut, 1 Fehler des Programms, 2 Aufruf oder "
            "Konfiguration, 3 eine Quelle fiel aus oder war unvollständig, 4 die Datenbank ist nicht benutzbar, "
            "130 angehalten."
        ),
        "connector.example": "connector demo\nconnector --config shop/config.yaml sync",
        "connector.config": "Die Konfiguration; sonst die Datei, die CONNECTOR_CONFIG nennt, sonst ./config.yaml.",
        "connector.verbose": "Sagen, was geschieht; -vv sagt alles.",
        "connector.quiet": "Nur sagen, was misslang.",
        "connector.version": "Die Version zeigen und enden.",
        "demo.short": "Alles mit gespielten Shops ausprobieren, ohne jeden Schlüssel",
        "demo.help": (
            "Startet gespielte Shops auf diesem Rechner, liest sie durch die echten Adapter, zeigt Kennzahlen und "
            "schreibt connector.db, config.yaml und report.xlsx in ein Verzeichnis. Braucht keine Konfiguration, "
            "keinen Schlüssel und kein Netz. Ein weiterer Aufruf beginnt im selben Verzeichnis von vorn."
        ),
        "demo.example": "connector demo\nconnector demo --dir /tmp/ausprobiert --serve",
        "demo.serve": (
            "Die gespielten Shops bis Strg-C laufen lassen, sodass die geschriebene config.yaml benutzbar ist."
        ),
        "init.short": "Einen Shop oder Helpdesk einrichten: fragt, prüft, schreibt config.yaml",
        "init.help": (
            "Fragt nach einem Shop oder Helpdesk, prüft die Antworten am wirklichen System und schreibt erst dann "
            "config.yaml, lesbar nur für Sie. Ein weiterer Aufruf fügt den nächsten hinzu; was in der Datei steht, "
            "bleibt, auch Kommentare.\n\nSchlüssel stehen in der Datei oder werden, wo Sie ${NAME} oder "
            "${file:PFAD} schreiben, jedes Mal aus der Umgebung oder einer Datei gelesen. Mit Optionen und --yes "
            "wird nichts gefragt, sodass ein Skript es aufrufen kann."
        ),
        "init.example": (
            "connector init\nconnector init --yes --adapter woocommerce --url https://shop.example \\\n    --set "
            "'consumer_key=${SHOP_KEY}' --set 'consumer_secret=${SHOP_SECRET}'"
        ),
        "init.adapter": "Die Art des Systems; `connector adapters` zählt sie auf.",
        "init.name": "Ein eigener Name dafür, der überall gebraucht wird.",
        "init.url": "Die Adresse.",
        "init.assignments": "Ein weiterer Schlüssel dieser Quelle, etwa ein Zugangsdatum. Mehrmals möglich.",
        "init.timezone": "Die Berichtszeitzone einer neuen Datei, etwa Europe/Berlin.",
        "init.language": "Die Sprache einer neuen Datei: de oder en.",
        "init.store": "Die Datenbank einer neuen Datei; sonst sqlite:///connector.db.",
        "init.assume_yes": "Nichts fragen: was keine Option sagt, wird genommen wie vorgeschlagen.",
        "check.short": "Jede Quelle fragen, wer sie ist und was der Schlüssel lesen darf",
        "check.help": (
            "Fragt jede Quelle oder die genannten, wer antwortet, welche Version, Zeitzone und Währung sie hat, "
            "und zu jedem Datenstrom, ob der Schlüssel ihn lesen darf. Sagt zu jeder Absage, was zu tun ist. Ändert "
            "nichts."
        ),
        "check.example": "connector check\nconnector check main-shop",
        "sync.short": "Die Datenbank jetzt auf den neuesten Stand bringen",
        "sync.help": (
            "Liest, was in allen oder den genannten Quellen neu oder geändert ist, und speichert es. "
            "QUELLE/DATENSTROM nennt eine Art von Datensatz. Jede Seite wird gespeichert, wie sie kommt: was immer den "
            "Aufruf beendet, der nächste macht dort weiter."
        ),
        "sync.example": (
            "connector sync\nconnector sync main-shop/orders --since 2026-01-01\nconnector sync main-shop --sweep "
            "--json"
        ),
        "sync.full": "Alles noch einmal lesen, dann vergleichen wie mit --sweep.",
        "sync.sweep": (
            "Auch alle Nummern und Änderungsstempel vergleichen: findet, was verschwand oder sich spurlos änderte."
        ),
        "sync.since": (
            "Noch einmal lesen, was sich seit diesem Tag änderte (2026-01-31, Mitternacht der Berichtszeitzone)."
        ),
        "sync.accept_loss": (
            "Zustimmen, dass aus den genannten Quellen so viel verschwand; vergleicht und vermerkt es als verschwunden."
        ),
        "status.short": "Wo jede Quelle steht: letzter Erfolg, Zeilen, Fehler, nächstes Mal",
        "status.help": (
            "Zeigt zu jeder Quelle und jedem Datenstrom, wann zuletzt gelesen wurde, wie viele Zeilen es gibt, wie "
            "viele Datensätze beiseitegelegt sind, was zuletzt misslang und wann der Dienst das nächste Mal liest. "
            "Fragt keine Quelle."
        ),
        "status.example": "connector status\nconnector status --json",
        "daemon.short": "Alles auf dem neuesten Stand halten, bis er angehalten wird",
        "daemon.help": (
            "Liest jede Quelle nach ihrem Zeitplan und vergleicht sie einmal in der Nacht, bis Strg-C oder "
            "SIGTERM, und endet dann mit 0. Sagt einmal, wenn eine Quelle ausfällt, und einmal, wenn sie wieder da "
            "ist. Schreibt seine Zeilen auf stderr; docs/run zeigt, wie ein Rechner ihn selbst startet."
        ),
        "daemon.example": "connector --config /etc/connector/config.yaml daemon",
        "import.short": "Antworten einer Umfrage (NPS, CSAT, CES) aus einer Datei einlesen",
        "import.help": (
            "Liest Antworten aus einer CSV-, Excel- oder JSON-Datei: Exporte von Typeform, Google Forms, SurveyMonkey "
            "und Delighted oder eine eigene Tabelle. Welche Spalte was enthält, wird vorgeschlagen, gezeigt und nach "
            "Ihrer Zustimmung unter `surveys` in config.yaml gemerkt.\n\nDieselbe Datei noch einmal ändert nichts, "
            "eine berichtigte berichtigt. Zeilen, die sich nicht verstehen lassen, werden mit ihrer Nummer genannt, "
            "die anderen übernommen. Endet mit 0, wenn alle Zeilen übernommen wurden, mit 3, wenn einige abgelehnt "
            "wurden, mit 2, wenn die Datei nicht brauchbar ist."
        ),
        "import.example": (
            "connector import antworten.csv --as nach-kauf\nconnector import aufwand.xlsx --as support --ces 2 --yes"
        ),
        "import.name": "Name der Umfrage; unter ihm stehen die Antworten in Kennzahlen (--survey) und in `status`.",
        "import.ces": "Die Frage nach dem Aufwand: 1 = wie viel (1 bis 5, niedrig ist gut), 2 = war einfach (1 bis 7).",
        "import.assume_yes": "Die vorgeschlagene Zuordnung übernehmen, ohne zu fragen.",
        "rebuild.short": "Alle Zeilen aus den gespeicherten Datensätzen neu machen, ohne Netz",
        "rebuild.help": (
            "Macht die Zeilen aller Quellen oder einer einzelnen neu, aus den Datensätzen, wie sie ankamen, und "
            "versucht auch die beiseitegelegten noch einmal. Für nach einer Aktualisierung, die mehr aus einem "
            "Datensatz liest. Fragt keine Quelle."
        ),
        "rebuild.example": "connector rebuild\nconnector rebuild main-shop",
        "reconcile.short": "Der eigene Bericht des Shops neben den Zahlen hier, und warum sie abweichen",
        "reconcile.help": (
            "Stellt den Bericht, den der Shop selbst gibt oder sein Backoffice rechnet, Monat für Monat neben die "
            "Zahlen aus dem Gespeicherten. Jede Abweichung wird erklärt, indem eine Option nach der anderen so "
            "gestellt wird, wie der Shop es hält: Status, Tag der Bestellung, Tag und Aufteilung der Erstattungen, "
            "Zeitzone, Währungen, wer ein Kunde ist. Was keine Option erklärt, ist der Rest. Beträge in der "
            "Hauptwährung des Shops. Endet mit 0, wo verglichen werden konnte."
        ),
        "reconcile.example": "connector reconcile main-shop\nconnector reconcile main-shop --from 2026-01 --json",
        "reconcile.start": "Erster Monat: 2026-01, oder irgendein Tag darin. Verglichen werden stets ganze Monate.",
        "reconcile.end": "Letzter Monat: 2026-10, oder irgendein Tag darin.",
        "person.short": "Was über eine Person gespeichert ist; eine Kopie für sie; sie löschen",
        "person.help": (
            "Zeigt alles, was alle Quellen über die Person mit dieser Adresse wissen: Konten und warum sie dieselbe "
            "Person sind, dazu einen Verlauf aus Bestellungen, Erstattungen, Gesprächen und Antworten.\n\nMit --export "
            "werden dasselbe und alle gespeicherten Zeilen als JSON geschrieben, für eine Auskunft. Mit --forget wird "
            "die Person endgültig gelöscht: Kein Name, keine Adresse, keine Telefonnummer und kein Text bleibt, in "
            "keinem gespeicherten Datensatz und auf keiner freien Seite der Datenbank, und der nächste Abgleich bringt "
            "sie nicht zurück. Bestellungen und Beträge bleiben namenlos, darum ändert sich keine Kennzahl."
        ),
        "person.example": "connector person anna@shop.example\nconnector person anna@shop.example --export anna.json",
        "person.file": "Alles, was über die Person gespeichert ist, als JSON in die Datei FILE schreiben.",
        "person.forget": "Die Person endgültig löschen.",
        "person.assume_yes": "Löschen, ohne zu fragen.",
        "backup.short": "Die Datenbank in eine Datei sichern, auch während der Dienst läuft",
        "backup.help": (
            "Schreibt eine stimmige Kopie der Datenbank in DATEI, auch während der Dienst oder ein Abgleich läuft. "
            "Eine ältere Sicherung in DATEI wird ersetzt, sobald die neue vollständig ist. Die Konfiguration und "
            "ihre Schlüssel gehören nicht dazu."
        ),
        "backup.example": "connector backup sicherung/connector-montag.db",
        "restore.short": "Eine Sicherung zurückholen",
        "restore.help": (
            "Setzt eine Sicherung an die Stelle der jetzigen Datenbank, die zuvor beiseitekopiert wird. Halten Sie "
            "den Dienst vorher an."
        ),
        "restore.example": "connector restore sicherung/connector-montag.db",
        "restore.assume_yes": "Die jetzige Datenbank ohne Rückfrage ersetzen.",
        "adapters.short": "Was installiert ist: Adapter, ihre Datenströme, ihre Herkunft",
        "adapters.help": (
            "Zählt jeden installierten Adapter auf, mit seinen Datenströmen und dem Paket, aus dem er kommt, und "
            "sagt, warum einer nicht benutzbar ist."
        ),
        "adapters.example": "connector adapters",
        "kpi.short": "Kennzahlen: Umsatz, Kunden, Kundenbindung, Kundendienst",
        "export.short": "Kennzahlen und Tabellen als Arbeitsmappe, CSV oder Parquet",
        "demo.folder": "Wohin geschrieben wird; sonst ./connector-demo.",
        "any.start": "Erster Tag des Zeitraums: 2026-01-31, 2026-01 oder 2026.",
        "any.end": "Letzter Tag des Zeitraums; er gehört dazu.",
        "any.period": "2026, 2026-Q3, 2026-10, 2026-W07, this-year, last-month, last-90d, …",
        "any.overrides": "Ein anderer Wert einer Option für diesen Aufruf, etwa orders.date=paid.",
        "kpi.help": (
            "Rechnet Kennzahlen aus dem, was gespeichert ist, über die ganze Zeit oder einen Zeitraum. Ohne ID die "
            "wichtigsten; die IDs sind {ids}. Jede Kennzahl sagt, auf wie vielen Fällen sie beruht, wie sicher sie "
            "ist und was nicht dabei ist."
        ),
        "kpi.example": (
            "connector kpi\nconnector kpi net_revenue aov --period last-month --compare previous\nconnector kpi "
            "orders --by country --period 2026 --json\nconnector kpi crr --explain --rows verlorene-kunden.xlsx"
        ),
        "any.compare": (
            "Neben jede Kennzahl die des Zeitraums davor (previous) oder der gleichen Tage im Vorjahr (year)."
        ),
        "kpi.by": "Aufschlüsseln nach dem Namen eines Filters: source, country, product, payment-method, …",
        "kpi.explain": "Auch sagen, wie jede Kennzahl definiert ist, welche Optionen gelten und was einging.",
        "kpi.rows": (
            "Die Bestellungen oder Kunden hinter einer Kennzahl in eine Datei .csv, .xlsx oder .parquet schreiben."
        ),
        "kpi.form": "table für den Bildschirm, json, oder csv (Komma, Punkt, UTC).",
        "export.help": (
            "Schreibt, was gespeichert ist: in eine Arbeitsmappe, wenn PATH auf .xlsx endet, sonst je Tabelle eine "
            "Datei in das Verzeichnis PATH. Ohne Zeitraum und Filter jede gespeicherte Zeile, auch nicht gezählte "
            "und verschwundene; Spalten sagen, welche. Zellen, die eine Tabellenkalkulation für eine Formel "
            "hielte, werden entschärft."
        ),
        "export.example": (
            "connector export bericht.xlsx\nconnector export bericht.xlsx --period 2026-Q3 --country DE\nconnector "
            "export out --format csv --tables orders,refunds --csv excel-de"
        ),
        "export.form": "csv oder parquet, in ein Verzeichnis; sonst csv.",
        "export.tables": "Nur diese Tabellen, etwa orders,refunds.",
        "export.dialect": "Wie CSV geschrieben wird; sonst nach Sprache: excel-de auf Deutsch, sonst plain.",
    },
)
