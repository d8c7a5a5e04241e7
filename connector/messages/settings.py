"""What is said about a value in config.yaml that cannot be."""

from connector.messages import Catalogue

SAY = Catalogue(
    "settings",
    en={
        "duration": "write a duration as 90s, 15m, 24h, 7d or 36mo",
        "zone": "there is no such time zone; write it like Europe/Berlin",
        "address": "write the address as https://shop.example, without user name and question mark",
    },
    de={
        "duration": "eine Dauer schreibt man als 90s, 15m, 24h, 7d oder 36mo",
        "zone": "diese Zeitzone gibt es nicht; man schreibt sie wie Europe/Berlin",
        "address": "die Adresse schreibt man als https://shop.example, ohne Benutzernamen und Fragezeichen",
    },
)
