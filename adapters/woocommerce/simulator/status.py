"""What the shop says of itself: its statuses, its currency, its set-up. Shapes as recorded, long parts left out."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from adapters.woocommerce.simulator.deeds import Deeds
from adapters.woocommerce.simulator.shapes import number
from adapters.woocommerce.simulator.world import HOME

NAME = "Münchner Teekontor"
_STORES = "Automattic\\WooCommerce\\Internal\\DataStores\\Orders\\OrdersTableDataStore"
_LEGACY = "WC_Order_Data_Store_CPT"
_NAMESPACES = (
    *("oembed/1.0", "wc/v3", "wc/v1", "jetpack/v4", "wc-admin", "wc-analytics", "wc/store", "wc/store/v1"),
    *("wc/private", "wc/v2", "wc-admin-email", "wc-telemetry", "wccom-site/v3", "wp/v2", "wp-site-health/v1"),
    "wp-block-editor/v1",
)


def index(shop: Deeds) -> dict[str, Any]:
    """`GET /wp-json/`, which needs no key."""
    moment = datetime.fromtimestamp(shop.now(), UTC).astimezone(shop.zone)
    offset = moment.utcoffset()
    hours = offset.total_seconds() / 3600 if offset else 0.0
    authorize = f"{HOME}/wp-admin/authorize-application.php"
    return {
        "name": NAME,
        "description": "",
        "url": HOME,
        "home": HOME,
        "gmt_offset": number(hours),
        "timezone_string": shop.timezone,
        "namespaces": list(_NAMESPACES),
        "authentication": {"application-passwords": {"endpoints": {"authorization": authorize}}},
    }


def order_statuses(shop: Deeds) -> list[dict[str, str]]:
    """Every registered status; those of plugins too."""
    return [{"slug": slug, "name": name} for slug, name in shop.statuses.items()]


def order_totals(shop: Deeds) -> list[dict[str, Any]]:
    """How many orders there are in each registered status."""
    counts = Counter(row.status for row in shop.orders.rows.values())
    return [one | {"total": counts[one["slug"]]} for one in order_statuses(shop)]


def current_currency() -> dict[str, Any]:
    """The shop's main currency."""
    base = f"{HOME}/wp-json/wc/v3/data/currencies"
    links = {
        "self": [{"href": f"{base}/EUR", "targetHints": {"allow": ["GET"]}}],
        "collection": [{"href": base}],
    }
    return {"code": "EUR", "name": "Euro", "symbol": "&euro;", "_links": links}


def system_status(shop: Deeds) -> dict[str, Any]:
    """The set-up. Real shops are slow to tell it."""
    plugin = {
        "plugin": "woocommerce/woocommerce.php",
        "name": "WooCommerce",
        "version": shop.version,
        "version_latest": shop.version,
        "url": "https://woocommerce.com/",
        "author_name": "Automattic",
        "author_url": "https://woocommerce.com",
        "network_activated": False,
    }
    return {
        "environment": {
            "home_url": HOME,
            "site_url": HOME,
            "version": shop.version,
            "wp_version": "6.8.8",
            "wp_multisite": False,
            "language": "en_US",
            "server_info": "nginx/1.22.1",
            "php_version": "8.2.36",
            "default_timezone": "UTC",
        },
        "settings": {
            "api_enabled": False,
            "force_ssl": False,
            "currency": "EUR",
            "currency_symbol": "&euro;",
            "currency_position": "right_space",
            "thousand_separator": ".",
            "decimal_separator": ",",
            "number_of_decimals": 2,
            "order_datastore": _STORES if shop.hpos else _LEGACY,
            "HPOS_enabled": shop.hpos,
            "HPOS_sync_enabled": False,
        },
        "security": {"secure_connection": True, "hide_errors": True},
        "active_plugins": [plugin],
    }


def reporting(shop: Deeds) -> list[dict[str, Any]]:
    """The settings of reports, cut down to their ids and values."""
    values = {
        "woocommerce_excluded_report_order_statuses": sorted(shop.report_excluded),
        "woocommerce_actionable_order_statuses": ["processing", "on-hold"],
        "woocommerce_default_date_range": "period=month&compare=previous_year",
        "woocommerce_date_type": shop.report_date,
    }
    return [{"id": name, "value": value} for name, value in values.items()]
