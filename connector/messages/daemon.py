"""What the daemon writes into its log."""

from connector.messages import Catalogue

texts = Catalogue(
    "daemon",
    en={
        "expired": "Persons erased, since nothing was heard of them for longer than `privacy.keep`: {count}.",
        "not_expired": "Nobody was erased by age this time: {reason} It is tried again the next night.",
        "begun": "From now on these are kept up to date: {names}.",
        "ended": "Stopped; everything read so far is stored.",
        "nothing_to_do": "No source in {file} is to be kept up to date: all are switched off or on demand only.",
        "nothing_to_do_advice": "Give at least one source a `schedule` such as 15m, and do not set `enabled: false`.",
        "changed": "{address}: {new} new, {changed} changed, {gone} gone.",
        "problem": "{address}: {message}",
        "problem_advised": "{address}: {message} {advice}",
        "back": "{address} is back after {span}.",
        "refused": (
            "{source} refuses us and is left alone; it is asked again at {again}. After correcting {file}, start "
            "the daemon anew."
        ),
        "still_failing": "{address} was already failing before this start, for {span}.",
        "fault": (
            "{source}: a fault of this program stopped the run; the next one tries again. The traceback is on file."
        ),
        "nightly_fault": (
            "A fault of this program stopped what is done every night; the next night tries again. The traceback is "
            "on file."
        ),
        "seconds": "{count} seconds",
        "minutes": "{count} minutes",
        "hours": "{count} hours",
        "days": "{count} days",
    },
    de={
        "expired": "Gelöschte Personen, von denen es länger als `privacy.keep` kein Lebenszeichen gab: {count}.",
        "not_expired": "Diesmal wurde niemand nach Alter gelöscht: {reason} Die nächste Nacht versucht es wieder.",
        "begun": "Ab jetzt auf dem neuesten Stand gehalten: {names}.",
        "ended": "Angehalten; alles bisher Gelesene ist gespeichert.",
        "nothing_to_do": (
            "Keine Quelle in {file} ist auf dem neuesten Stand zu halten: alle sind abgeschaltet oder nur auf Abruf."
        ),
        "nothing_to_do_advice": (
            "Geben Sie wenigstens einer Quelle ein `schedule` wie 15m, und setzen Sie nicht `enabled: false`."
        ),
        "changed": "{address}: {new} neu, {changed} geändert, {gone} verschwunden.",
        "problem": "{address}: {message}",
        "problem_advised": "{address}: {message} {advice}",
        "back": "{address} ist nach {span} wieder da.",
        "refused": (
            "{source} weist uns ab und wird in Ruhe gelassen; um {again} wird wieder gefragt. Nach einer "
            "Berichtigung von {file} starten Sie den Dienst neu."
        ),
        "still_failing": "{address} misslang schon vor diesem Start, seit {span}.",
        "fault": (
            "{source}: ein Fehler dieses Programms hat den Lauf beendet; der nächste versucht es wieder. Die "
            "Einzelheiten sind in einer Datei festgehalten."
        ),
        "nightly_fault": (
            "Ein Fehler dieses Programms hat beendet, was jede Nacht geschieht; die nächste versucht es wieder. Die "
            "Einzelheiten sind in einer Datei festgehalten."
        ),
        "seconds": "{count} Sekunden",
        "minutes": "{count} Minuten",
        "hours": "{count} Stunden",
        "days": "{count} Tagen",
    },
)
