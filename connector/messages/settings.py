"""What is said about a value in config.yaml that cannot be."""

from connector.messages import Catalogue

texts = Catalogue(
    "settings",
    en={
        "duration": "Write a duration as 90s, 15m, 24h, 7d or 36mo.",
        "duration_too_long": "A duration can be 100 years at most.",
        "zone": "There is no such time zone; write it like Europe/Berlin.",
        "address": "Write the address as https://shop.example, without user name and question mark.",
    },
    de={
        "duration": "Eine Dauer schreibt man als 90s, 15m, 24h, 7d oder 36mo.",
        "duration_too_long": "Eine Dauer kann höchstens 100 Jahre lang sein.",
        "zone": "Diese Zeitzone gibt es nicht; man schreibt sie wie Europe/Berlin.",
        "address": "Die Adresse schreibt man als https://shop.example, ohne Benutzernamen und Fragezeichen.",
    },
)
