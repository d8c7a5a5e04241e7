"""What a sync says about what it found."""

from connector.messages import Catalogue

texts = Catalogue(
    "sync",
    en={
        "set_aside": "Records that could not be read and were set aside: {count}.",
        "set_aside_first": "Records that could not be read and were set aside: {count}. The first: {reason}",
        "set_aside_advice": (
            "Everything else is stored. `connector status` counts them; after an update of this program "
            "`connector rebuild` tries them again."
        ),
        "loss": "{missing} of {held} {stream} are no longer in the source; that many at once is not believable.",
        "loss_all": "The source lists no {stream} any more, although {held} are held.",
        "loss_advice": (
            "Nothing was marked as gone. If they were really deleted, say so with "
            "`connector sync {source} --accept-loss`; if not, check the address and the key."
        ),
        "no_stream": "{source} has no stream {stream}.",
        "no_stream_advice": "It has: {streams}.",
        "fault": "A fault of this program stopped the run ({kind}).",
        "fault_advice": "What was stored stays. Please report it with the log; the next run tries again.",
        "not_understood": "The record could not be understood ({kind}).",
        "never_synced": "Nothing is stored of {source}.",
        "never_synced_advice": "Sync it first: `connector sync {source}`.",
    },
    de={
        "set_aside": "Nicht lesbare und beiseitegelegte Datensätze: {count}.",
        "set_aside_first": "Nicht lesbare und beiseitegelegte Datensätze: {count}. Der erste: {reason}",
        "set_aside_advice": (
            "Alles andere ist gespeichert. `connector status` zählt sie; nach einer Aktualisierung dieses Programms "
            "versucht `connector rebuild` sie erneut."
        ),
        "loss": "{missing} von {held} {stream} fehlen in der Quelle; so viele auf einmal sind nicht glaubhaft.",
        "loss_all": "Die Quelle führt keine {stream} mehr auf, obwohl {held} gespeichert sind.",
        "loss_advice": (
            "Nichts wurde als verschwunden vermerkt. Wurden sie wirklich gelöscht, bestätigen Sie es mit "
            "`connector sync {source} --accept-loss`; wenn nicht, prüfen Sie Adresse und Schlüssel."
        ),
        "no_stream": "{source} hat keinen Datenstrom {stream}.",
        "no_stream_advice": "Vorhanden sind: {streams}.",
        "fault": "Ein Fehler dieses Programms hat den Lauf beendet ({kind}).",
        "fault_advice": "Gespeichertes bleibt. Bitte melden Sie es mit dem Protokoll; der nächste Lauf versucht es.",
        "not_understood": "Der Datensatz war nicht zu verstehen ({kind}).",
        "never_synced": "Von {source} ist nichts gespeichert.",
        "never_synced_advice": "Gleichen Sie die Quelle zuerst ab: `connector sync {source}`.",
    },
)
