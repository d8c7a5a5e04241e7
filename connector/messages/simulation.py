"""What the pretend servers say to whoever starts one."""

from connector.messages import Catalogue

texts = Catalogue(
    "simulation",
    en={
        "help": "Serve a pretend shop or help desk on this machine, for trying out, tests and benchmarks.",
        "help_name": "which one; installed: {names}",
        "help_story": "about two years of history (default)",
        "help_small": "a few dozen records with every oddity",
        "help_bulk": "this many main records, prepared beforehand",
        "help_port": "the port to listen on; 0 takes a free one",
        "help_seed": "another seed makes another invented history",
        "help_latency": "hold every answer back for so long, as 50ms or 0.2s",
        "help_faults": "spoil answers, as KIND:RATE; may be given several times. Kinds: {kinds}",
        "help_language": "language of what is said here: en or de",
        "ready": "Pretend {name} at {address}. Its settings are on standard output; Ctrl-C stops it.",
        "unknown": "There is no pretend server {name!r}. Installed: {names}.",
        "bad_faults": "{text!r} is no fault with a rate. Write it as 503:0.1; kinds: {kinds}.",
        "not_enacted": "The pretend {name} cannot show every fault asked for ({reason}). Leave that one out.",
        "bad_latency": "{text!r} is no latency. Write it as 50ms or 0.2s.",
        "port_taken": "Port {port} cannot be used. Choose another one, or 0 for any free port.",
    },
    de={
        "help": "Stellt einen Übungsshop oder Übungs-Helpdesk auf diesem Rechner bereit, zum Ausprobieren und Messen.",
        "help_name": "welcher; installiert: {names}",
        "help_story": "etwa zwei Jahre Geschichte (Vorgabe)",
        "help_small": "einige Dutzend Datensätze mit jeder Besonderheit",
        "help_bulk": "so viele Hauptdatensätze, im Voraus vorbereitet",
        "help_port": "Port, auf dem gelauscht wird; 0 nimmt einen freien",
        "help_seed": "eine andere Zahl ergibt eine andere erfundene Geschichte",
        "help_latency": "jede Antwort so lange zurückhalten, etwa 50ms oder 0.2s",
        "help_faults": "Antworten verderben, als ART:RATE; mehrfach möglich. Arten: {kinds}",
        "help_language": "Sprache der Meldungen hier: en oder de",
        "ready": (
            "Übungsserver {name} unter {address}. Einstellungen stehen auf der Standardausgabe; Strg-C beendet ihn."
        ),
        "unknown": "Es gibt keinen Übungsserver {name!r}. Installiert: {names}.",
        "bad_faults": "{text!r} ist kein Fehler mit Rate. Schreiben Sie etwa 503:0.1; Arten: {kinds}.",
        "not_enacted": (
            "Der Übungsserver {name} kann nicht jeden verlangten Fehler zeigen ({reason}). Lassen Sie diesen weg."
        ),
        "bad_latency": "{text!r} ist keine Verzögerung. Schreiben Sie etwa 50ms oder 0.2s.",
        "port_taken": "Port {port} kann nicht benutzt werden. Wählen Sie einen anderen, oder 0 für einen freien.",
    },
)
