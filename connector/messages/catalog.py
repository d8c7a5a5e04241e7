"""What is said about adapters that are not installed or cannot be used."""

from connector.messages import Catalogue

texts = Catalogue(
    "catalog",
    en={
        "absent": "No adapter named `{name}` is installed. There are: {names}.",
        "absent_like": "No adapter named `{name}` is installed. Did you mean `{like}`? There are: {names}.",
        "absent_advice": (
            "Correct the name, or install the package that brings this adapter. `connector adapters` lists what is "
            "there; a newer version of this program may bring more."
        ),
        "none": "none",
        "broken": "The adapter `{name}` from the package {package} cannot be used: {reason}",
        "broken_advice": "Update or reinstall that package; the other adapters work.",
        "twice": "Several packages bring an adapter named `{name}`: {packages}.",
        "twice_advice": "Remove all of them but one.",
        "lacks": "it lacks {names}.",
        "fails": "{kind}: {reason}.",
    },
    de={
        "absent": "Ein Adapter namens `{name}` ist nicht installiert. Es gibt: {names}.",
        "absent_like": "Ein Adapter namens `{name}` ist nicht installiert. Meinten Sie `{like}`? Es gibt: {names}.",
        "absent_advice": (
            "Berichtigen Sie den Namen, oder installieren Sie das Paket, das diesen Adapter mitbringt. `connector "
            "adapters` zeigt, was da ist; eine neuere Version dieses Programms bringt vielleicht mehr mit."
        ),
        "none": "keinen",
        "broken": "Der Adapter `{name}` aus dem Paket {package} lässt sich nicht benutzen: {reason}",
        "broken_advice": "Aktualisieren Sie das Paket oder installieren Sie es neu; die anderen Adapter gehen.",
        "twice": "Mehrere Pakete bringen einen Adapter namens `{name}` mit: {packages}.",
        "twice_advice": "Entfernen Sie alle bis auf eines.",
        "lacks": "ihm fehlt {names}.",
        "fails": "{kind}: {reason}.",
    },
)
