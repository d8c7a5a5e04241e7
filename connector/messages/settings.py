"""What is said about a value in config.yaml that cannot be."""

from connector.messages import Catalogue

texts = Catalogue(
    "settings",
    en={
        "duration": "Write a duration as 90s, 15m, 24h, 7d or 36mo.",
        "zone": "There is no such time zone; write it like Europe/Berlin.",
        "address": "Write the address as https://shop.example, without user name and question mark.",
    },
    de={
        "duration": "Eine Dauer schreibt man als 90s, 15m, 24h, 7d oder 36mo.",
        "zone": "Diese Zeitzone gibt es nicht; man schreibt sie wie Europe/Berlin.",
        "address": "Die Adresse schreibt man als https://shop.example, ohne Benutzernamen und Fragezeichen.",
    },
)
