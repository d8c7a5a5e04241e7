"""Texts about who is the same person."""

from __future__ import annotations

from connector.messages import Catalogue

IDENTITY = Catalogue(
    "identity",
    en={
        "plus_tags": "identity.plus_tags: {value} is no choice.",
        "plus_tags_advice": "Write keep (ann+shop@… is an address of its own) or merge (it is ann@…).",
        "ignore": "identity.ignore: entry {position} is no e-mail address.",
        "ignore_advice": "Write whole addresses there; a whole domain belongs under identity.relay_domains.",
        "relay_domain": "identity.relay_domains: entry {position} is no domain.",
        "relay_domain_advice": "Write a domain such as marketplace.example, without anything before it.",
        "shared_names": "identity.shared_names: {value} is too small.",
        "shared_names_advice": "Write how many billing names one address may have and still be one person, 1 or more.",
        "contended": "Other processes kept the store too busy for {seconds} s to put persons together.",
        "contended_advice": "Nothing is lost: what is left is done at the end of the next sync. "
        "If this repeats, let the sources sync at different minutes.",
    },
    de={
        "plus_tags": "identity.plus_tags: {value} steht nicht zur Wahl.",
        "plus_tags_advice": "Schreiben Sie keep (ann+shop@… ist eine eigene Adresse) oder merge (sie ist ann@…).",
        "ignore": "identity.ignore: Eintrag {position} ist keine E-Mail-Adresse.",
        "ignore_advice": "Schreiben Sie dort ganze Adressen; eine ganze Domain gehört unter identity.relay_domains.",
        "relay_domain": "identity.relay_domains: Eintrag {position} ist keine Domain.",
        "relay_domain_advice": "Schreiben Sie eine Domain wie marketplace.example, ohne etwas davor.",
        "shared_names": "identity.shared_names: {value} ist zu klein.",
        "shared_names_advice": "Schreiben Sie, wie viele Rechnungsnamen eine Adresse haben darf, "
        "um noch eine Person zu sein: 1 oder mehr.",
        "contended": "Andere Prozesse haben den Speicher {seconds} s lang so beansprucht, "
        "dass Personen nicht zusammengeführt werden konnten.",
        "contended_advice": "Nichts ist verloren: Der Rest wird am Ende des nächsten Abgleichs erledigt. "
        "Falls es sich wiederholt, lassen Sie die Quellen zu verschiedenen Minuten abgleichen.",
    },
)
