"""Texts about what conversations come to."""

from __future__ import annotations

from connector.messages import Catalogue

texts = Catalogue(
    "conversations",
    en={
        "contended": "Other processes kept the store too busy for {seconds} s to work out the conversations.",
        "contended_advice": "Nothing is lost: what is left is done at the end of the next sync. "
        "If this repeats, let the sources sync at different minutes.",
        "no_holidays_region": "The holidays of {region} are not known.",
        "no_holidays_region_advice": "Write a country, or a country and a part of it, as in DE-BY, AT or US-NY; "
        "or list the days: holidays: [2026-12-24, 2026-12-31].",
    },
    de={
        "contended": "Andere Prozesse haben den Speicher {seconds} s lang so beansprucht, dass die Gespräche "
        "nicht ausgewertet werden konnten.",
        "contended_advice": "Nichts ist verloren: Der Rest wird am Ende des nächsten Abgleichs erledigt. "
        "Falls es sich wiederholt, lassen Sie die Quellen zu verschiedenen Minuten abgleichen.",
        "no_holidays_region": "Die Feiertage von {region} sind nicht bekannt.",
        "no_holidays_region_advice": "Schreiben Sie ein Land oder ein Land mit einem Landesteil wie DE-BY, AT oder "
        "US-NY; oder nennen Sie die Tage: holidays: [2026-12-24, 2026-12-31].",
    },
)
