"""What `connector import` asks and says."""

from connector.messages import Catalogue

texts = Catalogue(
    "importing",
    en={
        "bad_name": "A survey cannot be called `{name}`.",
        "bad_name_advice": "Use letters, digits, `-`, `_` and `.`, beginning with a letter or digit.",
        "name_of_source": "`{name}` is a shop or help desk, and no survey.",
        "name_of_source_advice": "Choose another name with --as.",
        "no_rows": "{file} holds headings and no answers.",
        "no_rows_advice": "Export it again once there are answers.",
        "other_ces": "The mapping of `{name}` says another version of the effort question than --ces.",
        "other_ces_advice": "Leave --ces out, or import the file as another survey.",
        "proposed": "From its columns, the file would be read like this ({name}):",
        "direction_high_is_good": "`{column}`: a high score means that it was easy.",
        "direction_low_is_good": "`{column}`: a high score means much effort, so a low one is good.",
        "nobody_asked": "Somebody has to agree to how the columns are read, and there is no terminal to ask on.",
        "nobody_asked_advice": "Look at the proposal above and call again with --yes, or write it into {file}.",
        "ask": "Read it like this and remember it?",
        "not_agreed": "Nothing was read.",
        "not_agreed_advice": "Write the mapping under `surveys` in {file} as it should be, and import again.",
        "saved": "The mapping of {name} is kept in {file}. With `files: inbox/*.csv` there a folder is watched.",
        "done": "{name}: {new} new, {changed} changed, {same} as before, {refused} refused.",
        "and_more": "More of them: {count}; --json lists them.",
        "refused_advice": "All other rows are stored. Correct these in the file and import it again.",
    },
    de={
        "bad_name": "Eine Umfrage kann nicht `{name}` heißen.",
        "bad_name_advice": (
            "Verwenden Sie Buchstaben, Ziffern, `-`, `_` und `.`, zuerst einen Buchstaben oder eine Ziffer."
        ),
        "name_of_source": "`{name}` ist ein Shop oder Helpdesk und keine Umfrage.",
        "name_of_source_advice": "Wählen Sie mit --as einen anderen Namen.",
        "no_rows": "{file} enthält Überschriften, aber keine Antworten.",
        "no_rows_advice": "Exportieren Sie die Datei neu, sobald es Antworten gibt.",
        "other_ces": "Die Zuordnung von `{name}` nennt eine andere Fassung der Frage nach dem Aufwand als --ces.",
        "other_ces_advice": "Lassen Sie --ces weg, oder lesen Sie die Datei als andere Umfrage ein.",
        "proposed": "Nach ihren Spalten würde die Datei so gelesen ({name}):",
        "direction_high_is_good": "`{column}`: Ein hoher Wert heißt, dass es einfach war.",
        "direction_low_is_good": "`{column}`: Ein hoher Wert heißt viel Aufwand, gut ist also ein niedriger.",
        "nobody_asked": (
            "Jemand muss zustimmen, wie die Spalten gelesen werden, und es gibt kein Terminal, um zu fragen."
        ),
        "nobody_asked_advice": (
            "Sehen Sie sich den Vorschlag oben an und rufen Sie mit --yes noch einmal auf, oder schreiben Sie ihn in "
            "{file}."
        ),
        "ask": "So lesen und merken?",
        "not_agreed": "Es wurde nichts gelesen.",
        "not_agreed_advice": (
            "Schreiben Sie die Zuordnung unter `surveys` in {file}, wie sie sein soll, und lesen Sie die Datei neu ein."
        ),
        "saved": (
            "Die Zuordnung von {name} steht in {file}. Mit `files: inbox/*.csv` wird dort ein Ordner beobachtet."
        ),
        "done": "{name}: {new} neu, {changed} geändert, {same} wie zuvor, {refused} abgelehnt.",
        "and_more": "Weitere davon: {count}; --json führt sie auf.",
        "refused_advice": (
            "Alle anderen Zeilen sind gespeichert. Berichtigen Sie diese in der Datei und lesen Sie sie neu ein."
        ),
    },
)
