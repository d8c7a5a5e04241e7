"""What WooCommerce's API makes of a product."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from adapters.woocommerce.simulator.model import Product
from adapters.woocommerce.simulator.shapes import ORDER_METHODS, Body, Shapes, digits, gmt

# Prices on the shop's pages are shown without tax: what to divide by.
WITH_TAX = {"": Decimal("1.19"), "reduced-rate": Decimal("1.07"), "zero-rate": Decimal(1)}


def product_shape(shapes: Shapes, product: Product) -> Body:
    """`GET /products/{id}`."""
    slug = _slug(product.name)
    managed = product.stock is not None
    price = _lowest_price(product)
    return {
        "id": product.id,
        "name": product.name,
        "slug": slug,
        "permalink": f"{shapes.home}/product/{slug}/",
        "date_created": shapes.local(product.created),
        "date_created_gmt": gmt(product.created),
        "date_modified": shapes.local(product.modified),
        "date_modified_gmt": gmt(product.modified),
        "type": "variable" if product.variable else "simple",
        "status": product.status,
        "featured": False,
        "catalog_visibility": "visible",
        "description": "",
        "short_description": "",
        "sku": product.sku,
        "price": "" if price is None else digits(price, 2),
        "regular_price": "" if price is None or product.variable else digits(price, 2),
        "sale_price": "",
        **dict.fromkeys(("date_on_sale_from", "date_on_sale_from_gmt", "date_on_sale_to", "date_on_sale_to_gmt"), None),
        "on_sale": False,
        "purchasable": price is not None,
        "total_sales": product.total_sales,
        "virtual": product.virtual,
        "downloadable": False,
        "downloads": [],
        "download_limit": -1,
        "download_expiry": -1,
        "external_url": "",
        "button_text": "",
        "tax_status": "taxable",
        "tax_class": product.tax_class,
        "manage_stock": managed,
        "stock_quantity": product.stock,
        "backorders": "no",
        "backorders_allowed": False,
        "backordered": False,
        "low_stock_amount": None,
        "sold_individually": False,
        "weight": product.weight,
        "dimensions": {"length": "", "width": "", "height": ""},
        "shipping_required": not product.virtual,
        "shipping_taxable": not product.virtual,
        "shipping_class": "",
        "shipping_class_id": 0,
        "reviews_allowed": True,
        "average_rating": "0.00",
        "rating_count": 0,
        "upsell_ids": [],
        "cross_sell_ids": [],
        "parent_id": 0,
        "purchase_note": "",
        "categories": [dict(zip(("id", "name", "slug"), product.category, strict=True))],
        "brands": [],
        "tags": [],
        "images": [],
        "attributes": _attributes(product),
        "default_attributes": [],
        "variations": [variation.id for variation in product.variations],
        "grouped_products": [],
        "menu_order": 0,
        "price_html": _price_html(product),
        "related_ids": list(product.related),
        "meta_data": [],
        "stock_status": "instock" if product.stock is None or product.stock > 0 else "outofstock",
        "has_options": product.variable,
        "post_password": "",
        "global_unique_id": "",
        "_links": shapes.links(f"products/{product.id}", "products", ORDER_METHODS),
    }


def _slug(name: str) -> str:
    plain = name.lower().translate(str.maketrans("äöüéèáíóúñç", "aoueeaiounc")).replace("ß", "ss")
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in plain)
    return "-".join(words.split())


def _lowest_price(product: Product) -> Decimal | None:
    return min((variation.price for variation in product.variations), default=product.price)


def _attributes(product: Product) -> list[Body]:
    if not product.variable:
        return []
    size = {"id": 0, "name": "Größe", "slug": "Größe", "position": 0, "visible": True, "variation": True}
    return [size | {"options": [variation.option for variation in product.variations]}]


def _price_html(product: Product) -> str:
    lowest = _lowest_price(product)
    if lowest is None:
        return ""
    without_tax = WITH_TAX.get(product.tax_class, Decimal(1))
    prices = sorted({lowest, *(variation.price for variation in product.variations)})
    first, last = (digits(price / without_tax, 2).replace(".", ",") for price in (prices[0], prices[-1]))
    if not product.variable:
        return _tag(first, "")
    dash = ' <span aria-hidden="true">&ndash;</span> '
    words = f"Price range: {escape(first)}&nbsp;&euro; through {escape(last)}&nbsp;&euro;"
    hidden = ' aria-hidden="true"'
    return f'{_tag(first, hidden)}{dash}{_tag(last, hidden)}<span class="screen-reader-text">{words}</span>'


def _tag(price: str, attribute: str) -> str:
    symbol = '<span class="woocommerce-Price-currencySymbol">&euro;</span>'
    return f'<span class="woocommerce-Price-amount amount"{attribute}><bdi>{price}&nbsp;{symbol}</bdi></span>'
