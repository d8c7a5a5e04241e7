"""What the pretend tea shop sells, and how it taxes, ships and takes money."""

from __future__ import annotations

from decimal import Decimal

from adapters.woocommerce.simulator.model import CouponLine, Product, TaxRate, Variation

TAX_RATES = (
    TaxRate(1, "DE", "", Decimal("19"), "MwSt. 19 %"),
    TaxRate(2, "DE", "reduced-rate", Decimal("7"), "MwSt. 7 %"),
    TaxRate(3, "AT", "", Decimal("20"), "USt. 20 %"),
    TaxRate(4, "AT", "reduced-rate", Decimal("10"), "USt. 10 %"),
    TaxRate(5, "FR", "", Decimal("20"), "TVA 20 %"),
    TaxRate(6, "FR", "reduced-rate", Decimal("5.5"), "TVA 5,5 %"),
)
BASE_COUNTRY = "DE"  # prices are entered with this country's tax

_GREEN = (16, "Grüner Tee", "gruner-tee")
_HERBS = (17, "Kräutertee", "krautertee")
_WARE = (18, "Zubehör", "zubehor")
_GIFTS = (19, "Geschenke 🎁", "geschenke-%f0%9f%8e%81")

# (name, sku, price with tax, tax class, category, stock, virtual)
_SIMPLE = (
    ("Sencha Bio «Frühling» 100 g", "TEE-001", "11.90", "reduced-rate", _GREEN, 900, False),
    ("Pfefferminze 80 g", "TEE-002", "5.90", "reduced-rate", _HERBS, None, False),
    ("Fenchel-Anis-Kümmel", "TEE-003", "4.50", "reduced-rate", _HERBS, None, False),
    ("Matcha Zeremonie 30 g 🍵", "TEE-004", "24.90", "reduced-rate", _GREEN, 400, False),
    ("Teekanne „Königssee“ 1,2 l", "ZUB-001", "49.00", "", _WARE, None, False),
    ("Teesieb Edelstahl", "ZUB-002", "8.95", "", _WARE, None, False),
    ("Bambus-Besen (Chasen)", "ZUB-003", "17.50", "", _WARE, 300, False),
    ("Geschenkbox Größe M", "GES-001", "24.99", "", _GIFTS, None, False),
    ("Probierset <5 Sorten> & Löffel", "GES-002", "15.00", "", _GIFTS, None, False),
    ("Tasse 0,3 l", "ZUB-004", "12.00", "", _WARE, 600, False),
    ("Gutscheinkarte 25 €", "GUT-025", "25.00", "zero-rate", _GIFTS, None, True),
    ("=Teeprobe (gratis)", "", "0.00", "reduced-rate", _GREEN, None, False),
    ("Oolong „Tie Guan Yin“ 50 g", "TEE-005", "18.40", "reduced-rate", _GREEN, None, False),
    ("Kamille, lose 120 g", "TEE-006", "6.80", "reduced-rate", _HERBS, None, False),
)
_SIZES = (("50 g", "TEE-VAR-50", "9.90"), ("100 g", "TEE-VAR-100", "17.90"), ("250 g", "TEE-VAR-250", "39.90"))


def products(first_id: int, created: int) -> list[Product]:
    """The tea shop's products under ids from `first_id` on; sizes take ids too. The last one has no price yet."""
    made = []
    next_id = first_id
    for name, sku, price, tax_class, category, stock, virtual in _SIMPLE:
        product = Product(
            id=next_id,
            name=name,
            created=created,
            modified=created,
            sku=sku,
            price=Decimal(price),
            tax_class=tax_class,
            category=category,
            stock=stock,
            virtual=virtual,
            weight="" if virtual else "0.2",
        )
        made.append(product)
        next_id += 1
    sizes = tuple(
        Variation(next_id + place, option, sku, Decimal(price))
        for place, (option, sku, price) in enumerate(_SIZES, start=1)
    )
    made.append(
        Product(
            id=next_id,
            name="Darjeeling First Flush",
            created=created,
            modified=created,
            sku="TEE-VAR",
            tax_class="reduced-rate",
            category=_GREEN,
            variations=sizes,
        )
    )
    next_id += 1 + len(sizes)
    made.append(
        Product(id=next_id, name="Wintertee (in Vorbereitung)", created=created, modified=created, status="draft")
    )
    return made


COUPONS = {
    "tee10": CouponLine(0, "tee10", Decimal(0), Decimal(0), "percent", Decimal(10)),
    "5euro": CouponLine(0, "5euro", Decimal(0), Decimal(0), "fixed_cart", Decimal(5)),
    "gratisversand": CouponLine(
        0, "gratisversand", Decimal(0), Decimal(0), "fixed_cart", Decimal(0), free_shipping=True
    ),
}
COUPON_IDS = {"tee10": 26, "5euro": 27, "gratisversand": 28}

# id -> title
PAYMENTS = {
    "stripe": "Kreditkarte (Stripe)",
    "paypal": "PayPal",
    "bacs": "Überweisung",
    "cod": "Nachnahme",
    "ppcp-pay-upon-invoice": "Rechnungskauf",
}

# title -> (method, instance, price without tax)
SHIPPING = {
    "DHL Paket": ("flat_rate", "1", Decimal("4.12")),
    "DHL Express": ("flat_rate", "2", Decimal("11.76")),
    "Kostenloser Versand": ("free_shipping", "3", Decimal(0)),
    "Abholung im Laden": ("local_pickup", "4", Decimal(0)),
    "PostPac Priority": ("flat_rate", "5", Decimal("9.00")),
}

FEES = {"Geschenkverpackung 🎀": Decimal("2.50"), "Nachnahmegebühr": Decimal("3.90"), "Treuerabatt": Decimal("-2.00")}


def tax_rate(country: str, tax_class: str) -> TaxRate | None:
    """The rate for goods of a class sent to a country; None where nothing is taxed."""
    for rate in TAX_RATES:
        if (rate.country, rate.klass) == (country, tax_class):
            return rate
    return None
