"""What is said about files with survey answers, and about the mapping of their columns."""

from connector.messages import Catalogue

texts = Catalogue(
    "surveys",
    en={
        # mapping
        "column_number": "A column's number is counted from 1.",
        "column_empty": "The heading of a column belongs here, or its number.",
        "nps_scale": (
            "NPS is asked on a scale from 0 to 10. Answers on another scale, 1 to 10 too, give another number and are "
            "not converted; take them as csat."
        ),
        "nps_direction": "In NPS a high score is good; low_is_good does not fit.",
        "csat_scale": (
            "Satisfaction is counted on [1, 5], [1, 3], [1, 10] or, for bad and good, [0, 1]. For other scales there "
            "is no agreed rule."
        ),
        "csat_direction": "In satisfaction a high score is good; answers in words can be turned round with labels.",
        "ces_scale": (
            "Effort is asked either as `scale: [1, 7], direction: high_is_good` (it was easy: agreement) or as "
            "`scale: [1, 5], direction: low_is_good` (how much effort it took)."
        ),
        "ces_unstated": (
            "State `scale` and `direction` of the effort question, or `ces: {{version: 1}}` (1 to 5, much effort is a "
            "high score) or `ces: {{version: 2}}` (1 to 7, easy is a high score) at the top level."
        ),
        "label_outside": "A score in labels lies outside the scale of {low} to {high}.",
        "name_of_source": "A source has this name too. Choose another for the survey.",
        # files
        "absent": "There is no file {file}.",
        "absent_advice": "Check its name and folder.",
        "directory": "{file} is a folder.",
        "directory_advice": "Name one file. To have a folder watched, put a pattern such as inbox/*.csv under `files`.",
        "locked": "{file} is open in another program or may not be read.",
        "locked_advice": "Close it in Excel, or give the user this program runs as the right to read it.",
        "unreadable": "{file} cannot be read: {reason}.",
        "unreadable_advice": "Copy it to another folder and try again.",
        "empty": "{file} is empty.",
        "empty_advice": "Export it again; the first row holds the headings.",
        "old_excel": "{file} is in the old Excel format.",
        "old_excel_advice": "Open it in Excel and save it as .xlsx or as CSV.",
        "broken_csv": "{file} is no proper CSV from line {line} on.",
        "quote_advice": "There is probably a quotation mark without its partner; export the file again.",
        "no_encoding": "There is no encoding {encoding}.",
        "no_encoding_advice": "Usual ones are utf-8, cp1252 and utf-16. Left out, it is found out.",
        "no_text": "{file} is no text file.",
        "no_text_advice": "Export it as CSV or .xlsx.",
        "not_decodable": "{file} holds characters that do not fit its encoding.",
        "not_decodable_advice": "Save it as CSV UTF-8, or name the right one under `encoding`.",
        "guessed_encoding": (
            "{file} is not UTF-8 and was read as Windows text (CP1252). If letters look wrong, name the right one "
            "under `encoding`."
        ),
        "broken_workbook": "{file} is no readable workbook.",
        "broken_workbook_advice": "Open it in Excel or LibreOffice and save it again, or save it as CSV.",
        "broken_json": "{file} is no list of JSON objects.",
        "broken_json_advice": "Export the answers as CSV, or as a list of objects.",
        "no_column": "There is no column `{column}`.",
        "no_column_number": "There is no column {number}; the file has {count}.",
        "columns_found": "The file has these columns: {columns}. Put the right one into the mapping.",
        "unusable_file": "{file}: {reason}",
        # rows
        "line": "Line {line}: {reason}",
        "shortened_id": "The number in `{column}` was shortened by a spreadsheet (as in 1.18E+11) and stands for many. "
        "Import the file as the survey tool exported it.",
        "too_wide": "The row has {found} cells and the headings {columns}.",
        "no_score": "What stands in `{column}` is no score.",
        "outside": "{value} in `{column}` lies outside the scale of {low} to {high}.",
        "not_whole": "{value} in `{column}` is not a whole number.",
        "no_date": "`{column}` is empty, so nobody knows when it was answered.",
        "bad_date": "What stands in `{column}` is no date of the format in the mapping.",
        "no_record": "The stored row has not the shape it was stored in.",
        "read_again": "The row has no number of its own; it is looked at again when its file is read.",
        # proposal
        "no_date_column": "No column says when it was answered.",
        "no_score_column": "No column was recognised that holds scores.",
        "no_column_advice": "The file has these columns: {columns}. Write the mapping under `surveys` in {file}.",
        "nps_from_one": (
            "`{column}` is asked on a scale from {low} to {high}. NPS is asked from 0 to 10; other scales give another "
            "number and are not converted."
        ),
        "nps_from_one_advice": "Ask on a scale from 0 to 10, or take the question as csat in the mapping.",
        "csat_no_rule": "`{column}` is asked on a scale from {low} to {high}, for which no rule is agreed.",
        "csat_no_rule_advice": "Scales of 1 to 5, 1 to 3, 1 to 10 and of two answers can be counted.",
        "unknown_words": "`{column}` holds answers in words that are not known: {words}.",
        "unknown_words_advice": "Write their scores under `labels` in the mapping in {file}.",
        "ces_ask": "`{column}` asks about effort, and there are two such questions that run against each other.",
        "ces_ask_advice": (
            "Say which it is: --ces 2 for “it was easy” on a scale of 1 to 7, --ces 1 for “how much effort” on a scale "
            "of 1 to 5 (or the option ces.version in {file})."
        ),
        "ces_other_scale": "`{column}` is asked on a scale from {low} to {high}, which is not that of --ces.",
        "ces_other_scale_advice": "--ces 2 is asked from 1 to 7, --ces 1 from 1 to 5; neither becomes the other.",
        "no_files": "No file fits {patterns}.",
        "unreadable_folder": "The folder {folder} cannot be read: {reason}.",
        "unreadable_folder_advice": "Give the user this program runs as the right to read it, or correct `files`.",
        "doubtful_dates": (
            "The dates in `{column}` can be read with the day or with the month first; {format} is proposed."
        ),
        "unused": "Not used: {columns}.",
    },
    de={
        "column_number": "Die Nummer einer Spalte zählt ab 1.",
        "column_empty": "Hierher gehört die Überschrift einer Spalte oder ihre Nummer.",
        "nps_scale": (
            "NPS wird auf einer Skala von 0 bis 10 gefragt. Antworten auf einer anderen Skala, auch 1 bis 10, ergeben "
            "eine andere Zahl und werden nicht umgerechnet; nehmen Sie sie als csat."
        ),
        "nps_direction": "Beim NPS ist ein hoher Wert gut; low_is_good passt nicht.",
        "csat_scale": (
            "Zufriedenheit wird auf [1, 5], [1, 3], [1, 10] oder, für schlecht und gut, [0, 1] gezählt. Für andere "
            "Skalen gibt es keine anerkannte Regel."
        ),
        "csat_direction": (
            "Bei der Zufriedenheit ist ein hoher Wert gut; Antworten in Worten lassen sich mit labels umdrehen."
        ),
        "ces_scale": (
            "Nach dem Aufwand fragt man entweder mit `scale: [1, 7], direction: high_is_good` (es war einfach: "
            "Zustimmung) oder mit `scale: [1, 5], direction: low_is_good` (wie groß der Aufwand war)."
        ),
        "ces_unstated": (
            "Nennen Sie `scale` und `direction` der Frage nach dem Aufwand, oder auf oberster Ebene "
            "`ces: {{version: 1}}` (1 bis 5, hoher Wert = viel Aufwand) oder `ces: {{version: 2}}` (1 bis 7, hoher "
            "Wert = einfach)."
        ),
        "label_outside": "Ein Wert unter labels liegt außerhalb der Skala von {low} bis {high}.",
        "name_of_source": "Auch eine Quelle heißt so. Wählen Sie für die Umfrage einen anderen Namen.",
        "absent": "Es gibt keine Datei {file}.",
        "absent_advice": "Prüfen Sie Namen und Ordner.",
        "directory": "{file} ist ein Ordner.",
        "directory_advice": (
            "Nennen Sie eine Datei. Soll ein Ordner beobachtet werden, gehört ein Muster wie inbox/*.csv unter `files`."
        ),
        "locked": "{file} ist in einem anderen Programm geöffnet oder darf nicht gelesen werden.",
        "locked_advice": (
            "Schließen Sie die Datei in Excel, oder geben Sie dem Benutzer, unter dem dieses Programm läuft, das "
            "Leserecht."
        ),
        "unreadable": "{file} lässt sich nicht lesen: {reason}.",
        "unreadable_advice": "Kopieren Sie die Datei in einen anderen Ordner und versuchen Sie es noch einmal.",
        "empty": "{file} ist leer.",
        "empty_advice": "Exportieren Sie die Datei neu; die erste Zeile enthält die Überschriften.",
        "old_excel": "{file} hat das alte Excel-Format.",
        "old_excel_advice": "Öffnen Sie die Datei in Excel und speichern Sie sie als .xlsx oder als CSV.",
        "broken_csv": "{file} ist ab Zeile {line} keine richtige CSV-Datei.",
        "quote_advice": "Vermutlich fehlt einem Anführungszeichen sein Gegenstück; exportieren Sie die Datei neu.",
        "no_encoding": "Eine Zeichenkodierung {encoding} gibt es nicht.",
        "no_encoding_advice": "Üblich sind utf-8, cp1252 und utf-16. Ohne Angabe wird sie ermittelt.",
        "no_text": "{file} ist keine Textdatei.",
        "no_text_advice": "Exportieren Sie sie als CSV oder .xlsx.",
        "not_decodable": "{file} enthält Zeichen, die nicht zu ihrer Kodierung passen.",
        "not_decodable_advice": "Speichern Sie sie als CSV UTF-8, oder nennen Sie die richtige unter `encoding`.",
        "guessed_encoding": (
            "{file} ist kein UTF-8 und wurde als Windows-Text (CP1252) gelesen. Sehen Buchstaben falsch aus, nennen "
            "Sie die richtige Kodierung unter `encoding`."
        ),
        "broken_workbook": "{file} ist keine lesbare Arbeitsmappe.",
        "broken_workbook_advice": (
            "Öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie neu, oder speichern Sie sie als CSV."
        ),
        "broken_json": "{file} ist keine Liste von JSON-Objekten.",
        "broken_json_advice": "Exportieren Sie die Antworten als CSV oder als Liste von Objekten.",
        "no_column": "Es gibt keine Spalte `{column}`.",
        "no_column_number": "Es gibt keine Spalte {number}; die Datei hat {count}.",
        "columns_found": "Die Datei hat diese Spalten: {columns}. Tragen Sie die richtige in die Zuordnung ein.",
        "unusable_file": "{file}: {reason}",
        "line": "Zeile {line}: {reason}",
        "shortened_id": "Die Nummer in `{column}` hat eine Tabellenkalkulation verkürzt (wie 1,18E+11); sie steht für "
        "viele. Importieren Sie die Datei so, wie das Umfragewerkzeug sie ausgegeben hat.",
        "too_wide": "Die Zeile hat {found} Zellen, die Überschriften sind {columns}.",
        "no_score": "Was in `{column}` steht, ist kein Wert der Skala.",
        "outside": "{value} in `{column}` liegt außerhalb der Skala von {low} bis {high}.",
        "not_whole": "{value} in `{column}` ist keine ganze Zahl.",
        "no_date": "`{column}` ist leer; so ist unbekannt, wann geantwortet wurde.",
        "bad_date": "Was in `{column}` steht, ist kein Datum in der Form, die die Zuordnung nennt.",
        "no_record": "Die gespeicherte Zeile hat nicht die Form, in der sie gespeichert wurde.",
        "read_again": "Die Zeile hat keine eigene Nummer; sie wird neu betrachtet, wenn ihre Datei gelesen wird.",
        "no_date_column": "Keine Spalte sagt, wann geantwortet wurde.",
        "no_score_column": "Es wurde keine Spalte erkannt, in der Werte stehen.",
        "no_column_advice": (
            "Die Datei hat diese Spalten: {columns}. Schreiben Sie die Zuordnung unter `surveys` in {file}."
        ),
        "nps_from_one": (
            "`{column}` fragt auf einer Skala von {low} bis {high}. NPS wird von 0 bis 10 gefragt; andere Skalen "
            "ergeben eine andere Zahl und werden nicht umgerechnet."
        ),
        "nps_from_one_advice": (
            "Fragen Sie auf einer Skala von 0 bis 10, oder nehmen Sie die Frage in der Zuordnung als csat."
        ),
        "csat_no_rule": (
            "`{column}` fragt auf einer Skala von {low} bis {high}, für die es keine anerkannte Regel gibt."
        ),
        "csat_no_rule_advice": "Zählbar sind Skalen von 1 bis 5, 1 bis 3, 1 bis 10 und mit zwei Antworten.",
        "unknown_words": "`{column}` enthält Antworten in unbekannten Worten: {words}.",
        "unknown_words_advice": "Schreiben Sie ihre Werte unter `labels` in die Zuordnung in {file}.",
        "ces_ask": ("`{column}` fragt nach dem Aufwand, und es gibt zwei solche Fragen, die einander entgegenlaufen."),
        "ces_ask_advice": (
            "Sagen Sie, welche es ist: --ces 2 für »es war einfach« auf einer Skala von 1 bis 7, --ces 1 für »wie viel "
            "Aufwand« auf einer Skala von 1 bis 5 (oder die Option ces.version in {file})."
        ),
        "ces_other_scale": "`{column}` fragt auf einer Skala von {low} bis {high}, und das ist nicht die von --ces.",
        "ces_other_scale_advice": (
            "--ces 2 wird von 1 bis 7 gefragt, --ces 1 von 1 bis 5; das eine wird nicht zum anderen."
        ),
        "no_files": "Keine Datei passt auf {patterns}.",
        "unreadable_folder": "Der Ordner {folder} lässt sich nicht lesen: {reason}.",
        "unreadable_folder_advice": (
            "Geben Sie dem Benutzer, unter dem dieses Programm läuft, das Leserecht, oder berichtigen Sie `files`."
        ),
        "doubtful_dates": (
            "Die Daten in `{column}` lassen sich mit dem Tag oder mit dem Monat zuerst lesen; vorgeschlagen wird "
            "{format}."
        ),
        "unused": "Nicht verwendet: {columns}.",
    },
)
