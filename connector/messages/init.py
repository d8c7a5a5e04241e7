"""What `connector init` asks and says."""

from connector.messages import Catalogue

texts = Catalogue(
    "init",
    en={
        "welcome_new": "This sets up {file}. Nothing is written before the system has answered.",
        "welcome_more": "This adds a source to {file}. Nothing is written before the system has answered.",
        "ask_adapter": "Which kind of system ({names})",
        "ask_url": "Its address, e.g. https://shop.example",
        "ask_name": "A name of your own for it",
        "ask_field": "{key} ({description})",
        "ask_field_bare": "{key}",
        "ask_keep": (
            "Keep keys in the file, readable by you alone, or in environment variables ({file}, {environment})"
        ),
        "in_file": "file",
        "in_environment": "environment",
        "ask_value_now": "Value of {variable}, for the check now",
        "ask_source_zone": "The system does not say its time zone. Which is it",
        "ask_zone": "Reporting zone: days and months are cut here",
        "ask_language": "Language of labels and spreadsheets (de, en)",
        "ask_again": "Correct the answers and try again?",
        "optional": "Enter leaves it out",
        "saved": "{name} is set up in {file}.",
        "variables": "Before each call set in the environment: {names}.",
        "next": (
            "Next: `connector sync` reads everything, `connector kpi` shows figures, `connector daemon` keeps it "
            "up to date."
        ),
        "not_saved": "Nothing was written.",
        "answer_needed": "An answer is needed here.",
        "answer_one_of": "Answer with one of: {choices}.",
        "need": "`{option}` is missing, and with --yes nothing is asked.",
        "need_advice": "`connector init --help` shows an example with everything that is needed.",
        "bad_assignment": "A `--set` cannot be understood: it has no `=`.",
        "bad_assignment_advice": "Write it as --set KEY=VALUE, e.g. --set 'consumer_key=${{SHOP_KEY}}'.",
        "assigned_elsewhere": "`{key}` has an option of its own.",
        "assigned_elsewhere_advice": "Use `--{key}`.",
        "name_taken": "There is already a source `{name}` in {file}.",
        "name_taken_advice": "Choose another name with --name, or change the source there with an editor.",
        "nothing_readable": "The system answers, but lets nothing be read.",
        "nothing_readable_advice": "Give the key the right to read, then try again.",
        "unwritable": "{file} cannot be written: {reason}.",
        "unwritable_advice": "Create the directory, or give yourself the right to write there.",
        "zone_advice": "A time zone has a name such as Europe/Berlin or Europe/Vienna.",
        "file_comment": "Configuration of connector. Every key is explained in config.example.yaml.",
        "sources_comment": "Shops and help desks; `connector init` adds more, `connector check` tries them.",
    },
    de={
        "welcome_new": "Hiermit wird {file} eingerichtet. Geschrieben wird erst, wenn das System geantwortet hat.",
        "welcome_more": (
            "Hiermit kommt eine Quelle zu {file} hinzu. Geschrieben wird erst, wenn das System geantwortet hat."
        ),
        "ask_adapter": "Welche Art von System ({names})",
        "ask_url": "Die Adresse, etwa https://shop.example",
        "ask_name": "Ein eigener Name dafür",
        "ask_field": "{key} ({description})",
        "ask_field_bare": "{key}",
        "ask_keep": (
            "Schlüssel in der Datei aufbewahren, lesbar nur für Sie, oder in Umgebungsvariablen ({file}, {environment})"
        ),
        "in_file": "Datei",
        "in_environment": "Umgebung",
        "ask_value_now": "Wert von {variable}, für die Prüfung jetzt",
        "ask_source_zone": "Das System nennt seine Zeitzone nicht. Welche ist es",
        "ask_zone": "Berichtszeitzone: hier enden Tage und Monate",
        "ask_language": "Sprache der Beschriftungen und Tabellen (de, en)",
        "ask_again": "Antworten berichtigen und noch einmal versuchen?",
        "optional": "Eingabetaste lässt es weg",
        "saved": "{name} ist in {file} eingerichtet.",
        "variables": "Setzen Sie vor jedem Aufruf in der Umgebung: {names}.",
        "next": (
            "Weiter: `connector sync` liest alles, `connector kpi` zeigt Kennzahlen, `connector daemon` hält alles "
            "auf dem neuesten Stand."
        ),
        "not_saved": "Es wurde nichts geschrieben.",
        "answer_needed": "Hier ist eine Antwort nötig.",
        "answer_one_of": "Antworten Sie mit einem von: {choices}.",
        "need": "`{option}` fehlt, und mit --yes wird nichts gefragt.",
        "need_advice": "`connector init --help` zeigt ein Beispiel mit allem, was nötig ist.",
        "bad_assignment": "Ein `--set` ist nicht zu verstehen: ihm fehlt das `=`.",
        "bad_assignment_advice": "Man schreibt es als --set SCHLÜSSEL=WERT, etwa --set 'consumer_key=${{SHOP_KEY}}'.",
        "assigned_elsewhere": "Für `{key}` gibt es eine eigene Option.",
        "assigned_elsewhere_advice": "Nehmen Sie `--{key}`.",
        "name_taken": "Eine Quelle `{name}` gibt es in {file} schon.",
        "name_taken_advice": "Wählen Sie mit --name einen anderen Namen, oder ändern Sie die Quelle dort im Editor.",
        "nothing_readable": "Das System antwortet, lässt aber nichts lesen.",
        "nothing_readable_advice": "Geben Sie dem Schlüssel das Leserecht, dann versuchen Sie es wieder.",
        "unwritable": "{file} lässt sich nicht schreiben: {reason}.",
        "unwritable_advice": "Legen Sie das Verzeichnis an, oder geben Sie sich dort das Schreibrecht.",
        "zone_advice": "Eine Zeitzone hat einen Namen wie Europe/Berlin oder Europe/Vienna.",
        "file_comment": "Konfiguration von connector. Jeder Schlüssel ist in config.example.yaml erklärt.",
        "sources_comment": (
            "Shops und Helpdesks; `connector init` fügt weitere hinzu, `connector check` probiert sie."
        ),
    },
)
