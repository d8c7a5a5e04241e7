"""What every pretend shop is set up with: states, currencies, countries, carriers, staff and goods."""

from __future__ import annotations

from typing import Any

from adapters.prestashop.simulator.world import World

# Number: names, mail, flags. The numbers are those of a fresh PrestaShop; merchants' own states follow.
STATES: dict[int, tuple[str, str, str, str]] = {
    1: ("Warten auf Scheckzahlung", "Awaiting check payment", "cheque", ""),
    2: ("Zahlung eingegangen", "Payment accepted", "payment", "invoice logable paid pdf_invoice"),
    3: ("Bestellung in Bearbeitung", "Processing in progress", "preparation", "invoice logable paid delivery"),
    4: ("Versandt", "Shipped", "shipped", "invoice logable paid delivery shipped"),
    5: ("Geliefert", "Delivered", "", "invoice logable paid delivery shipped"),
    6: ("Storniert", "Canceled", "order_canceled", ""),
    7: ("Erstattet", "Refunded", "refund", "invoice"),
    8: ("Zahlungsfehler", "Payment error", "payment_error", ""),
    9: ("Lieferrückstand (bezahlt)", "On backorder (paid)", "outofstock", "invoice paid"),
    10: ("Warten auf Zahlungseingang (Überweisung)", "Awaiting bank wire payment", "bankwire", ""),
    11: ("Fernzahlung angenommen", "Remote payment accepted", "payment", "invoice logable paid"),
    12: ("Lieferrückstand (nicht bezahlt)", "On backorder (not paid)", "outofstock", ""),
    13: ("Warten auf Nachnahmebestätigung", "Awaiting Cash On Delivery validation", "cashondelivery", ""),
    14: ("Wird geröstet ☕", "Being roasted", "preparation", "invoice logable paid"),
}
COUNTRIES = {1: ("DE", "Deutschland", "Germany"), 2: ("AT", "Österreich", "Austria")} | {
    8: ("FR", "Frankreich", "France"),
    19: ("CH", "Schweiz", "Switzerland"),
}
CATEGORIES = {1: ("Root", "Root"), 2: ("Startseite", "Home")} | {
    3: ("Kannen & Tassen", "Pots & cups"),
    4: ("Restposten", "Remainders"),
    5: ("Geschenke", "Gifts"),
}
GOODS = (
    ("KANNE-1", "Teekanne „Königssee“ 1,2 l", "Teapot Königssee", "34.900000", (2, 3)),
    ("KANNE-2", "Teekanne Gusseisen", "Cast iron teapot", "58.000000", (2, 3)),
    ("TASSE-4", "Tassen, 4 Stück", "Cups, set of 4", "23.900000", (2, 3, 5)),
    ("SIEB-1", "Teesieb", "Tea strainer", "7.500000", (2, 3)),
    ("DOSE-1", "Teedose Größe M", "Tea tin M", "12.900000", (2, 5)),
    ("REST-1", "Earl Grey, Restposten", "Earl Grey, remainder", "6.950000", (2, 4)),
    ("REST-2", "Sencha, Restposten 🍵", "Sencha, remainder", "9.000000", (2, 4)),
    ("REST-3", "Rooibos Vanille, Restposten", "Rooibos vanilla, remainder", "4.213000", (2, 4)),
    ("SET-1", "Geschenkset =1+1", "Gift set =1+1", "29.000000", (2, 5)),
    ("WAAGE", "Teewaage", "Tea scales", "17.226891", (2,)),
)
RATE_USD = "1.083500"


def furnish(shop: World) -> None:
    """Set up an empty shop."""
    for number, (german, english, mail, flags) in STATES.items():
        shop.insert(
            "order_states",
            {
                "name": {"1": german, "2": english},
                "template": {"1": mail, "2": mail},
                **dict.fromkeys(flags.split(), "1"),
            },
            number,
        )
    _currency(shop, 1, "EUR", "978", "Euro", "Euro", "€", "1.000000")
    _currency(shop, 2, "USD", "840", "US-Dollar", "US Dollar", "$", RATE_USD)
    for number, (code, german, english) in COUNTRIES.items():
        shop.insert("countries", {"iso_code": code, "name": {"1": german, "2": english}}, number)
    for number, name, deleted in ((1, "Abholung im Laden", "0"), (2, "DHL Paket", "1"), (3, "DHL Paket", "0")):
        shop.insert("carriers", {"name": name, "active": "1", "deleted": deleted, "delay": {"1": "", "2": ""}}, number)
    for number, german, english in ((1, "Webmaster", "Webmaster"), (2, "Kundenservice", "Customer service")):
        texts: dict[str, Any] = {"name": {"1": german, "2": english}, "description": {"1": "", "2": ""}}
        shop.insert("contacts", {"email": "shop@example.com", "customer_service": "1", **texts}, number)
    for first, last in (("Anna", "Test"), ("Öykü", "Muster")):
        hashed = "$2y$10$0123456789012345678901uvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012"
        email = f"{first.lower()}@shop.example.test"
        shop.insert("employees", {"firstname": first, "lastname": last, "email": email, "passwd": hashed})
    for number, (german, english) in CATEGORIES.items():
        shop.insert("categories", {"name": {"1": german, "2": english}}, number)
    for reference, german, english, price, categories in GOODS:
        shop.insert(
            "products",
            {
                "reference": reference,
                "price": price,
                "name": {"1": german, "2": english},
                "id_category_default": str(categories[-1]),
                "associations": {"categories": [{"id": str(one)} for one in categories]},
            },
        )
    shop.insert("shops", {"name": "Teekontor Outlet"}, 1)
    for name, value in {
        "PS_TIMEZONE": shop.timezone,
        "PS_CURRENCY_DEFAULT": "1",
        "PS_LANG_DEFAULT": "1",
        "PS_VERSION_DB": shop.version,
        "PS_MAIL_PASSWD": "not-for-you",
    }.items():
        shop.insert("configurations", {"name": name, "value": value})


def _currency(
    shop: World, number: int, code: str, numeric: str, german: str, english: str, sign: str, rate: str
) -> None:
    values = {"names": {"1": german, "2": english}, "name": german, "symbol": {"1": sign, "2": sign}}
    shop.insert(
        "currencies", {**values, "iso_code": code, "numeric_iso_code": numeric, "conversion_rate": rate}, number
    )
