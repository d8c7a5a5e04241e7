"""Texts about what conversations come to."""

from __future__ import annotations

from connector.messages import Catalogue

texts = Catalogue(
    "conversations",
    en={
        "contended": "Other processes kept the store too busy for {seconds} s to work out the conversations.",
        "contended_advice": "Nothing is lost: what is left is done at the end of the next sync. "
        "If this repeats, let the sources sync at different minutes.",
    },
    de={
        "contended": "Andere Prozesse haben den Speicher {seconds} s lang so beansprucht, dass die Gespräche "
        "nicht ausgewertet werden konnten.",
        "contended_advice": "Nichts ist verloren: Der Rest wird am Ende des nächsten Abgleichs erledigt. "
        "Falls es sich wiederholt, lassen Sie die Quellen zu verschiedenen Minuten abgleichen.",
    },
)
