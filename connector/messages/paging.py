"""What a walk over pages says when the server does not page."""

from connector.messages import Catalogue

texts = Catalogue(
    "paging",
    en={
        "ignored": "The server gives the same page again whatever page is asked for.",
        "unsorted": "The server does not sort by id although it was asked to, so completeness cannot be shown.",
        "single_rows": "The server gives one row a page although it counts {total}.",
        "doubtful_404": "A single record is answered with 404, but not in the API's own words.",
        "doubtful_404_advice": (
            "Nothing was marked as gone. Check that the API is switched on and not blocked, then sync again."
        ),
        "ignored_advice": (
            "A cache, a firewall or a plugin changes the query. Exclude the API's address from it, "
            "then sync again; nothing that was stored is lost."
        ),
    },
    de={
        "ignored": "Der Server liefert immer dieselbe Seite, gleich welche verlangt wird.",
        "unsorted": "Der Server sortiert nicht nach Nummer wie verlangt; ob alles da ist, lässt sich so nicht zeigen.",
        "single_rows": "Der Server liefert eine Zeile je Seite, obwohl er {total} zählt.",
        "doubtful_404": "Ein einzelner Datensatz wird mit 404 beantwortet, aber nicht von der Schnittstelle selbst.",
        "doubtful_404_advice": (
            "Nichts wurde als verschwunden vermerkt. Prüfen Sie, ob die Schnittstelle eingeschaltet und nicht gesperrt "
            "ist, und gleichen Sie dann erneut ab."
        ),
        "ignored_advice": (
            "Ein Cache, eine Firewall oder ein Plugin verändert die Abfrage. Nehmen Sie die Adresse der Schnittstelle "
            "davon aus und gleichen Sie erneut ab; Gespeichertes geht nicht verloren."
        ),
    },
)
