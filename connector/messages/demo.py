"""What `connector demo` says."""

from connector.messages import Catalogue

texts = Catalogue(
    "demo",
    en={
        "comment": "Written by `connector demo`: pretend shops. They answer while `connector demo --serve` runs.",
        "starting": "Starting {names} on this machine …",
        "reading": "Reading about two years of orders through the real adapters …",
        "writing": "Writing the workbook …",
        "incomplete": "The pretend shops could not be read completely: {message}",
        "foreign": "{file} is not from an earlier demo, so nothing is written there.",
        "foreign_advice": "Choose another directory: connector demo --dir DIR.",
        "unwritable": "{folder} cannot be written: {reason}.",
        "unwritable_advice": "Choose another directory: connector demo --dir DIR.",
        "no_simulators": "No pretend shop is installed.",
        "no_simulators_advice": "Install the program again.",
        "done": "Everything is in {folder}; the workbook is {workbook}",
        "next": "Your own shop: connector init",
        "serving": (
            "The pretend shops go on answering until Ctrl-C. In another terminal: connector --config {file} sync"
        ),
    },
    de={
        "comment": (
            "Von `connector demo` geschrieben: gespielte Shops. Sie antworten, solange `connector demo --serve` läuft."
        ),
        "starting": "Starte {names} auf diesem Rechner …",
        "reading": "Lese etwa zwei Jahre Bestellungen durch die echten Adapter …",
        "writing": "Schreibe die Arbeitsmappe …",
        "incomplete": "Die gespielten Shops ließen sich nicht vollständig lesen: {message}",
        "foreign": "{file} stammt nicht von einer früheren Vorführung; deshalb wird dort nichts geschrieben.",
        "foreign_advice": "Wählen Sie ein anderes Verzeichnis: connector demo --dir VERZEICHNIS.",
        "unwritable": "{folder} lässt sich nicht beschreiben: {reason}.",
        "unwritable_advice": "Wählen Sie ein anderes Verzeichnis: connector demo --dir VERZEICHNIS.",
        "no_simulators": "Es ist kein gespielter Shop installiert.",
        "no_simulators_advice": "Installieren Sie das Programm neu.",
        "done": "Alles liegt in {folder}; die Arbeitsmappe ist {workbook}",
        "next": "Ihr eigener Shop: connector init",
        "serving": (
            "Die gespielten Shops antworten bis Strg-C weiter. In einem anderen Terminal: connector --config "
            "{file} sync"
        ),
    },
)
