"""The lists of the web service with their fields, in the order in which 8.2.1 gives them; of categories, products,
carriers and employees only those that a client may want.

A row is a plain dict of texts (the id is a number), as PrestaShop's objects are shown. Texts in several languages are
dicts from language id to text; what hangs on a row stands under `associations`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """One list: its columns behind `id`, those with a text for each language, what hangs on a row, and defaults."""

    name: str
    columns: tuple[str, ...]
    languages: frozenset[str] = frozenset()
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name of the list in an answer."""
        return "order_slips" if self.name == "order_slip" else self.name

    def row(self, number: int, values: Mapping[str, Any]) -> Row:
        """A row with its defaults, in the order of the columns. KeyError for a column that is none."""
        if unknown := values.keys() - {*self.columns, "associations"}:
            raise KeyError(f"{self.name} has no {', '.join(sorted(unknown))}")
        made: Row = {"id": number}
        for column in self.columns:
            made[column] = values.get(column, self.defaults.get(column, _default(column)))
        made["associations"] = values.get("associations", {})
        return made


def _default(column: str) -> str:
    if column.startswith("total_"):
        return "0.000000"
    if column.startswith("date_"):
        return "0000-00-00 00:00:00"
    return "0" if column.startswith("id_") else ""


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ORDERS = Table(
    "orders",
    _columns(
        "id_address_delivery id_address_invoice id_cart id_currency id_lang id_customer id_carrier current_state "
        "module invoice_number invoice_date delivery_number delivery_date valid date_add date_upd shipping_number note "
        "id_shop_group id_shop secure_key payment recyclable gift gift_message mobile_theme total_discounts "
        "total_discounts_tax_incl total_discounts_tax_excl total_paid total_paid_tax_incl total_paid_tax_excl "
        "total_paid_real total_products total_products_wt total_shipping total_shipping_tax_incl "
        "total_shipping_tax_excl carrier_tax_rate total_wrapping total_wrapping_tax_incl total_wrapping_tax_excl "
        "round_mode round_type conversion_rate reference"
    ),
    links={
        "order_rows": _columns(
            "id product_id product_attribute_id product_quantity product_name product_reference product_ean13 "
            "product_isbn product_upc product_price id_customization unit_price_tax_incl unit_price_tax_excl"
        )
    },
    defaults={
        "id_lang": "1",
        "invoice_number": "0",
        "invoice_date": "0000-00-00 00:00:00",
        "delivery_number": "0",
        "delivery_date": "0000-00-00 00:00:00",
        "valid": "0",
        "id_shop_group": "1",
        "id_shop": "1",
        "recyclable": "0",
        "gift": "0",
        "mobile_theme": "0",
        "carrier_tax_rate": "19.000",
        "round_mode": "2",
        "round_type": "2",
        "conversion_rate": "1.000000",
    },
)
ORDER_SLIP = Table(
    "order_slip",
    _columns(
        "id_customer id_order conversion_rate total_products_tax_excl total_products_tax_incl total_shipping_tax_excl "
        "total_shipping_tax_incl amount shipping_cost shipping_cost_amount partial date_add date_upd order_slip_type"
    ),
    links={"order_slip_details": _columns("id id_order_detail product_quantity amount_tax_excl amount_tax_incl")},
    defaults={"order_slip_type": "0", "shipping_cost": "0", "shipping_cost_amount": "0.000000"},
)
ORDER_HISTORIES = Table("order_histories", _columns("id_employee id_order_state id_order date_add"))
ORDER_PAYMENTS = Table(
    "order_payments",
    _columns(
        "order_reference id_currency amount payment_method conversion_rate transaction_id card_number card_brand "
        "card_expiration card_holder date_add id_employee"
    ),
    defaults=dict.fromkeys(("card_number", "card_brand", "card_expiration", "card_holder"))
    | {"id_employee": "", "conversion_rate": "1.000000"},
)
ORDER_CARRIERS = Table(
    "order_carriers",
    _columns(
        "id_order id_carrier id_order_invoice weight shipping_cost_tax_excl shipping_cost_tax_incl tracking_number "
        "date_add"
    ),
    defaults={"weight": "0.500000"},
)
ORDER_STATES = Table(
    "order_states",
    _columns(
        "unremovable delivery hidden send_email module_name invoice color logable shipped paid pdf_delivery "
        "pdf_invoice deleted name template"
    ),
    languages=frozenset({"name", "template"}),
    defaults=dict.fromkeys(
        ("delivery", "hidden", "invoice", "logable", "shipped", "paid", "pdf_delivery", "pdf_invoice", "deleted"), "0"
    )
    | {"unremovable": "1", "send_email": "1", "color": "#3498D8"},
)
CARTS = Table(
    "carts",
    _columns(
        "id_address_delivery id_address_invoice id_currency id_customer id_guest id_lang id_shop_group id_shop "
        "id_carrier recyclable gift gift_message mobile_theme delivery_option secure_key allow_seperated_package "
        "date_add date_upd"
    ),
    links={"cart_rows": _columns("id_product id_product_attribute id_address_delivery id_customization quantity")},
    defaults={"id_lang": "1", "id_shop_group": "1", "id_shop": "1", "gift_message": None, "recyclable": "0"},
)
CUSTOMERS = Table(
    "customers",
    _columns(
        "id_default_group id_lang newsletter_date_add ip_registration_newsletter last_passwd_gen secure_key deleted "
        "passwd lastname firstname email id_gender birthday newsletter optin website company siret ape "
        "outstanding_allow_amount show_public_prices id_risk max_payment_days active note is_guest id_shop "
        "id_shop_group date_add date_upd reset_password_token reset_password_validity"
    ),
    links={"groups": ("id",)},
    defaults={
        "id_default_group": "3",
        "id_lang": "1",
        "deleted": "0",
        "active": "1",
        "is_guest": "0",
        "newsletter": "0",
        "id_shop": "1",
        "id_shop_group": "1",
        "birthday": "0000-00-00",
        "outstanding_allow_amount": "0.000000",
        "newsletter_date_add": "0000-00-00 00:00:00",
        "reset_password_validity": "0000-00-00 00:00:00",
    },
)
ADDRESSES = Table(
    "addresses",
    _columns(
        "id_customer id_manufacturer id_supplier id_warehouse id_country id_state alias company lastname firstname "
        "vat_number address1 address2 postcode city other phone phone_mobile dni deleted date_add date_upd"
    ),
    defaults={"alias": "Meine Adresse", "deleted": "0"},
)
CURRENCIES = Table(
    "currencies",
    _columns(
        "names name symbol iso_code numeric_iso_code precision conversion_rate deleted active unofficial modified "
        "pattern"
    ),
    languages=frozenset({"names", "symbol", "pattern"}),
    defaults={
        "precision": "2",
        "deleted": "0",
        "active": "1",
        "unofficial": "0",
        "modified": "0",
        "pattern": {"1": "", "2": ""},
    },
)
PRODUCTS = Table(
    "products",
    _columns(
        "id_manufacturer id_category_default id_tax_rules_group type reference ean13 price wholesale_price active "
        "visibility date_add date_upd name description"
    ),
    languages=frozenset({"name", "description"}),
    links={"categories": ("id",), "images": ("id",)},
    defaults={
        "type": "simple",
        "active": "1",
        "visibility": "both",
        "wholesale_price": "0.000000",
        "description": {"1": "", "2": ""},
    },
)
CATEGORIES = Table(
    "categories",
    _columns("id_parent level_depth active date_add date_upd name"),
    languages=frozenset({"name"}),
    defaults={"active": "1"},
)
CUSTOMER_THREADS = Table(
    "customer_threads",
    _columns("id_lang id_shop id_customer id_order id_product id_contact email token status date_add date_upd"),
    links={"customer_messages": ("id",)},
    defaults={"id_lang": "1", "id_shop": "1"},
)
CUSTOMER_MESSAGES = Table(
    "customer_messages",
    _columns("id_employee id_customer_thread ip_address message file_name user_agent private date_add date_upd read"),
    defaults={"private": "0", "read": "0"},
)
EMPLOYEES = Table(
    "employees",
    _columns("id_lang last_passwd_gen passwd lastname firstname email active id_profile"),
    defaults={"id_lang": "1", "active": "1", "id_profile": "1"},
)
COUNTRIES = Table(
    "countries",
    _columns("id_zone id_currency call_prefix iso_code active name"),
    languages=frozenset({"name"}),
    defaults={"active": "1"},
)
CARRIERS = Table(
    "carriers", _columns("deleted active is_free name url delay"), frozenset({"delay"}), defaults={"deleted": "0"}
)
CONTACTS = Table("contacts", _columns("email customer_service name description"), frozenset({"name", "description"}))
CONFIGURATIONS = Table(
    "configurations", _columns("value name id_shop_group id_shop date_add date_upd"), defaults={"id_shop": ""}
)
SHOPS = Table(
    "shops",
    _columns("id_shop_group id_category active deleted name color theme_name"),
    defaults={"id_shop_group": "1", "id_category": "2", "active": "1", "deleted": "0", "theme_name": "classic"},
)

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        *(ADDRESSES, CARRIERS, CARTS, CATEGORIES, CONFIGURATIONS, CONTACTS, COUNTRIES, CURRENCIES, CUSTOMER_MESSAGES),
        *(CUSTOMER_THREADS, CUSTOMERS, EMPLOYEES, ORDER_CARRIERS, ORDER_HISTORIES, ORDER_PAYMENTS, ORDER_SLIP),
        *(ORDER_STATES, ORDERS, PRODUCTS, SHOPS),
    )
}
"""In the order in which the web service lists them."""
