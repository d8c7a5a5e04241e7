"""What the program says about the file that keeps tokens which a system changes by itself."""

from connector.messages import Catalogue

texts = Catalogue(
    "tokens",
    en={
        "unwritable": "{file} cannot be written, and the next login would be lost.",
        "unwritable_advice": "Allow writing in its folder, or free space on the disk, then try again.",
        "unreadable": "{file} cannot be read.",
        "unreadable_advice": (
            "Allow reading it. If it is damaged, delete it and put a new refresh token into config.yaml."
        ),
        "held": "Another process is renewing a login in {file} and does not come to an end.",
        "held_advice": "Wait for it or end it, then try again.",
    },
    de={
        "unwritable": "{file} kann nicht geschrieben werden, und die nächste Anmeldung ginge verloren.",
        "unwritable_advice": (
            "Erlauben Sie das Schreiben in diesem Ordner oder schaffen Sie Platz auf der Platte, dann versuchen Sie "
            "es noch einmal."
        ),
        "unreadable": "{file} kann nicht gelesen werden.",
        "unreadable_advice": (
            "Erlauben Sie das Lesen. Ist die Datei beschädigt, löschen Sie sie und tragen Sie in config.yaml ein neues "
            "Refresh-Token ein."
        ),
        "held": "Ein anderer Prozess erneuert gerade eine Anmeldung in {file} und kommt zu keinem Ende.",
        "held_advice": "Warten Sie darauf oder beenden Sie ihn, dann versuchen Sie es noch einmal.",
    },
)
