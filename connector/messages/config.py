"""What is said about config.yaml: what cannot be, what is missing, what is risky."""

from connector.messages import Catalogue

texts = Catalogue(
    "config",
    en={
        "absent": "There is no configuration file {file}.",
        "absent_advice": (
            "Call `connector init` to write one, or name another with `--config FILE` or the environment variable "
            "CONNECTOR_CONFIG. `connector demo` needs none."
        ),
        "unreadable_file": "The configuration file {file} cannot be read: {reason}.",
        "directory_advice": "Name the file in it: {file}.",
        "unreadable_file_advice": "Give the user who runs this program the right to read it.",
        "not_text": "The configuration file {file} is no UTF-8 text.",
        "not_text_advice": "Save it as UTF-8 with a text editor.",
        "not_yaml": "{file} is no valid YAML: line {line}, column {column}: {reason}.",
        "not_yaml_advice": (
            "Look at that line and the one above: often a colon, a quote or the indentation is missing. Values "
            "with special characters belong in quotes."
        ),
        "yaml_colon": "a colon stands where none can be; put the value in quotes, or begin a new line",
        "yaml_no_colon": "a colon and a blank are missing after a key",
        "yaml_star": "a value that begins with * belongs in quotes",
        "yaml_tag": "a value that begins with ! belongs in quotes",
        "yaml_in_itself": "an anchor (&) is used inside its own value (*); write that value out",
        "yaml_tab": "a tab stands where only blanks may be",
        "yaml_character": "a value that begins with such a character belongs in quotes",
        "yaml_escape": "a backslash in double quotes must be doubled; or use single quotes",
        "yaml_indentation": "the indentation does not fit the lines above",
        "yaml_documents": "a second document begins with ---; there may be only one",
        "yaml_quote": "a quotation mark is not closed",
        "yaml_bracket": "a bracket is not closed, or a comma is missing",
        "yaml_other": "this place cannot be understood",
        "reason_absent": "there is no such file",
        "reason_denied": "the right to read it is missing",
        "reason_directory": "it is a directory",
        "reason_encoding": "it is no UTF-8 text",
        "not_a_mapping": "{file} holds no settings: at the top level there must be keys such as `sources:`.",
        "not_a_mapping_advice": "Compare it with config.example.yaml, or let `connector init` write one.",
        "one_problem": "{file} has one mistake:",
        "many_problems": "{file} has {count} mistakes:",
        "one_problem_entered": "What was entered has one mistake:",
        "many_problems_entered": "What was entered has {count} mistakes:",
        "problems_entered_advice": "Enter it correctly; `connector init --help` lists the options.",
        "problems_advice": (
            "Correct the file, then call the command again. Every key is explained in config.example.yaml."
        ),
        "newer_advice": "If the file was written for a newer version, update the program: this is version {version}.",
        "at_line": "{problem} (line {line})",
        "keep_too_short": "Personal data is kept for a day at least; months are written 36mo (36m are minutes).",
        "twice": "This key stands twice; it is already in line {line}. Remove one of the two.",
        "unknown_key": "This key is not known here.",
        "unknown_key_like": "This key is not known here. Did you mean `{like}`?",
        "key_not_text": "A key must be text; put it in quotes.",
        "missing": "This key is missing.",
        "want_text": "A text belongs here; put numbers in quotes.",
        "want_bool": "true or false belongs here.",
        "want_whole": "A whole number belongs here.",
        "want_number": "A number belongs here.",
        "want_one_of": "One of these belongs here: {choices}.",
        "want_one_of_like": "One of these belongs here: {choices}. Did you mean `{like}`?",
        "want_block": "A block of further keys belongs here.",
        "want_list": "A list belongs here.",
        "want_date": "A date belongs here, written 2022-01-31.",
        "want_at_least": "At least {limit} belongs here.",
        "want_more_than": "More than {limit} belongs here.",
        "want_at_most": "At most {limit} belongs here.",
        "want_less_than": "Less than {limit} belongs here.",
        "want_longer": "At least {limit} entries or characters belong here.",
        "want_shorter": "At most {limit} entries or characters belong here.",
        "want_other": "This value does not fit.",
        "want_other_because": "This value does not fit: {reason}.",
        "no_variable": "The environment variable {name} is not set.",
        "empty_variable": "The environment variable {name} is empty.",
        "no_file": "The file {name} cannot be read: {reason}.",
        "empty_file": "The file {name} is empty.",
        "bad_reference": "`${{…}}` must hold the name of an environment variable or `file:` and a path.",
        "no_sources": "No source is configured. `connector init` adds one.",
        "other_block": "Such a source stands under `{block}`, not here.",
        "source_name": (
            "A source's name consists of letters, digits, `-`, `_` and `.`, begins with a letter or digit and has "
            "at most 60 characters."
        ),
        "source_name_twice": "This name differs from `{other}` only in upper and lower case. Choose another.",
        "store": (
            "Write the store as sqlite:///connector.db (a file beside this one), sqlite:////absolute/path.db or "
            "postgresql+psycopg://user:password@host/database."
        ),
        "schedule": (
            'Write a schedule as a duration ("15m"), a cron line of five fields ("*/15 7-22 * * *") or 0 for on '
            "demand only."
        ),
        "sweep": 'Write `daily`, a cron line of five fields ("30 3 * * *") or 0 for never.',
        "cron_field": "`{text}` cannot stand in the field {field} of a cron line ({low} to {high}).",
        "cron_never": "This cron line names no day that exists.",
        "too_often": "Once a second is as often as a source can be asked.",
        "opening_key": "Days are written mon, tue, wed, thu, fri, sat, sun or as a range such as mon-fri.",
        "opening_twice": "{day} is named twice.",
        "opening_hours": 'Write opening hours as "09:00-18:00", several with commas: "09:00-12:00, 13:00-18:00".',
        "opening_order": "Opening hours must end after they begin and must not overlap.",
        "holidays": "Write a region such as DE-BY, or a list of dates written 2026-12-24.",
        "holidays_unknown": "The holidays of {region} are not known. Write a country or one of its parts, such as AT, "
        "DE-BY or US-NY, or a list of dates.",
        "record_address": "Write SOURCE/ID: the name of one of the sources, a slash, and the record's id, such as "
        "helpdesk/4711.",
        "ca_file": "The certificate file {name} cannot be read: {reason}.",
        "exposed": (
            "{file} holds a secret in plain text ({paths}) and can be read by other users of this machine. Protect "
            "it with: chmod 600 {file}"
        ),
        "minute": "minute",
        "hour": "hour",
        "day": "day of the month",
        "month": "month",
        "weekday": "day of the week",
    },
    de={
        "absent": "Es gibt keine Konfigurationsdatei {file}.",
        "absent_advice": (
            "`connector init` schreibt eine; eine andere nennen Sie mit `--config DATEI` oder der "
            "Umgebungsvariablen CONNECTOR_CONFIG. `connector demo` braucht keine."
        ),
        "unreadable_file": "Die Konfigurationsdatei {file} lässt sich nicht lesen: {reason}.",
        "directory_advice": "Nennen Sie die Datei darin: {file}.",
        "unreadable_file_advice": "Geben Sie dem Benutzer, unter dem dieses Programm läuft, das Leserecht.",
        "not_text": "Die Konfigurationsdatei {file} ist kein UTF-8-Text.",
        "not_text_advice": "Speichern Sie sie mit einem Texteditor als UTF-8.",
        "not_yaml": "{file} ist kein gültiges YAML: Zeile {line}, Spalte {column}: {reason}.",
        "not_yaml_advice": (
            "Sehen Sie sich diese Zeile und die darüber an: oft fehlt ein Doppelpunkt, ein Anführungszeichen oder "
            "die Einrückung. Werte mit Sonderzeichen gehören in Anführungszeichen."
        ),
        "yaml_colon": (
            "ein Doppelpunkt steht, wo keiner sein kann; setzen Sie den Wert in Anführungszeichen oder beginnen "
            "Sie eine neue Zeile"
        ),
        "yaml_no_colon": "nach einem Schlüssel fehlen Doppelpunkt und Leerzeichen",
        "yaml_star": "ein Wert, der mit * beginnt, gehört in Anführungszeichen",
        "yaml_tag": "ein Wert, der mit ! beginnt, gehört in Anführungszeichen",
        "yaml_in_itself": "ein Anker (&) wird in seinem eigenen Wert gebraucht (*); schreiben Sie den Wert aus",
        "yaml_tab": "ein Tabulator steht, wo nur Leerzeichen sein dürfen",
        "yaml_character": "ein Wert, der mit einem solchen Zeichen beginnt, gehört in Anführungszeichen",
        "yaml_escape": "ein Rückstrich in doppelten Anführungszeichen wird verdoppelt; oder nehmen Sie einfache",
        "yaml_indentation": "die Einrückung passt nicht zu den Zeilen darüber",
        "yaml_documents": "mit --- beginnt ein zweites Dokument; es darf nur eines geben",
        "yaml_quote": "ein Anführungszeichen ist nicht geschlossen",
        "yaml_bracket": "eine Klammer ist nicht geschlossen, oder ein Komma fehlt",
        "yaml_other": "diese Stelle ist nicht zu verstehen",
        "reason_absent": "diese Datei gibt es nicht",
        "reason_denied": "das Recht, sie zu lesen, fehlt",
        "reason_directory": "es ist ein Verzeichnis",
        "reason_encoding": "sie ist kein UTF-8-Text",
        "not_a_mapping": "{file} enthält keine Einstellungen: auf oberster Ebene stehen Schlüssel wie `sources:`.",
        "not_a_mapping_advice": (
            "Vergleichen Sie sie mit config.example.yaml, oder lassen Sie `connector init` eine schreiben."
        ),
        "one_problem": "In {file} steht ein Fehler:",
        "many_problems": "In {file} stehen {count} Fehler:",
        "one_problem_entered": "In den Angaben steht ein Fehler:",
        "many_problems_entered": "In den Angaben stehen {count} Fehler:",
        "problems_entered_advice": "Geben Sie sie richtig an; `connector init --help` zeigt die Optionen.",
        "problems_advice": (
            "Berichtigen Sie die Datei und rufen Sie den Befehl erneut auf. Jeder Schlüssel ist in "
            "config.example.yaml erklärt."
        ),
        "newer_advice": (
            "Ist die Datei für eine neuere Version geschrieben, aktualisieren Sie das Programm: dies ist Version "
            "{version}."
        ),
        "at_line": "{problem} (Zeile {line})",
        "keep_too_short": (
            "Personenbezogenes wird mindestens einen Tag aufbewahrt; Monate schreibt man 36mo (36m sind Minuten)."
        ),
        "twice": "Dieser Schlüssel steht zweimal da, zuerst in Zeile {line}. Entfernen Sie einen von beiden.",
        "unknown_key": "Diesen Schlüssel gibt es hier nicht.",
        "unknown_key_like": "Diesen Schlüssel gibt es hier nicht. Meinten Sie `{like}`?",
        "key_not_text": "Ein Schlüssel muss ein Text sein; setzen Sie ihn in Anführungszeichen.",
        "missing": "Dieser Schlüssel fehlt.",
        "want_text": "Hier gehört ein Text hin; Zahlen stehen dann in Anführungszeichen.",
        "want_bool": "Hier gehört true oder false hin.",
        "want_whole": "Hier gehört eine ganze Zahl hin.",
        "want_number": "Hier gehört eine Zahl hin.",
        "want_one_of": "Hier gehört eines davon hin: {choices}.",
        "want_one_of_like": "Hier gehört eines davon hin: {choices}. Meinten Sie `{like}`?",
        "want_block": "Hier gehört ein Block mit weiteren Schlüsseln hin.",
        "want_list": "Hier gehört eine Liste hin.",
        "want_date": "Hier gehört ein Datum hin, geschrieben 2022-01-31.",
        "want_at_least": "Hier gehört mindestens {limit} hin.",
        "want_more_than": "Hier gehört mehr als {limit} hin.",
        "want_at_most": "Hier gehört höchstens {limit} hin.",
        "want_less_than": "Hier gehört weniger als {limit} hin.",
        "want_longer": "Hier gehören mindestens {limit} Einträge oder Zeichen hin.",
        "want_shorter": "Hier gehören höchstens {limit} Einträge oder Zeichen hin.",
        "want_other": "Dieser Wert passt nicht.",
        "want_other_because": "Dieser Wert passt nicht: {reason}.",
        "no_variable": "Die Umgebungsvariable {name} ist nicht gesetzt.",
        "empty_variable": "Die Umgebungsvariable {name} ist leer.",
        "no_file": "Die Datei {name} lässt sich nicht lesen: {reason}.",
        "empty_file": "Die Datei {name} ist leer.",
        "bad_reference": "In `${{…}}` gehört der Name einer Umgebungsvariablen oder `file:` mit einem Pfad.",
        "no_sources": "Es ist keine Quelle eingerichtet. `connector init` fügt eine hinzu.",
        "other_block": "Eine solche Quelle steht unter `{block}`, nicht hier.",
        "source_name": (
            "Der Name einer Quelle besteht aus Buchstaben, Ziffern, `-`, `_` und `.`, beginnt mit einem Buchstaben "
            "oder einer Ziffer und hat höchstens 60 Zeichen."
        ),
        "source_name_twice": (
            "Dieser Name unterscheidet sich von `{other}` nur in Groß- und Kleinschreibung. Wählen Sie einen anderen."
        ),
        "store": (
            "Den Speicher schreibt man als sqlite:///connector.db (eine Datei neben dieser), "
            "sqlite:////absoluter/pfad.db oder postgresql+psycopg://benutzer:passwort@rechner/datenbank."
        ),
        "schedule": (
            'Einen Zeitplan schreibt man als Dauer ("15m"), als Cron-Zeile mit fünf Feldern ("*/15 7-22 * * *") '
            "oder als 0 für nur auf Abruf."
        ),
        "sweep": 'Man schreibt `daily`, eine Cron-Zeile mit fünf Feldern ("30 3 * * *") oder 0 für nie.',
        "cron_field": "`{text}` kann im Feld {field} einer Cron-Zeile nicht stehen ({low} bis {high}).",
        "cron_never": "Diese Cron-Zeile nennt keinen Tag, den es gibt.",
        "too_often": "Öfter als einmal in der Sekunde lässt sich eine Quelle nicht fragen.",
        "opening_key": "Tage schreibt man mon, tue, wed, thu, fri, sat, sun oder als Spanne wie mon-fri.",
        "opening_twice": "{day} ist zweimal genannt.",
        "opening_hours": (
            'Öffnungszeiten schreibt man als "09:00-18:00", mehrere mit Komma: "09:00-12:00, 13:00-18:00".'
        ),
        "opening_order": "Öffnungszeiten müssen nach ihrem Beginn enden und dürfen sich nicht überschneiden.",
        "holidays": "Man schreibt eine Region wie DE-BY oder eine Liste von Tagen wie 2026-12-24.",
        "holidays_unknown": "Die Feiertage von {region} sind nicht bekannt. Schreiben Sie ein Land oder einen Teil "
        "davon wie AT, DE-BY oder US-NY oder eine Liste von Tagen.",
        "record_address": "Schreiben Sie QUELLE/ID: den Namen einer der Quellen, einen Schrägstrich und die Nummer "
        "des Datensatzes, zum Beispiel helpdesk/4711.",
        "ca_file": "Die Zertifikatsdatei {name} lässt sich nicht lesen: {reason}.",
        "exposed": (
            "{file} enthält ein Geheimnis im Klartext ({paths}) und ist für andere Benutzer dieses Rechners "
            "lesbar. Schützen Sie sie mit: chmod 600 {file}"
        ),
        "minute": "Minute",
        "hour": "Stunde",
        "day": "Tag des Monats",
        "month": "Monat",
        "weekday": "Wochentag",
    },
)
