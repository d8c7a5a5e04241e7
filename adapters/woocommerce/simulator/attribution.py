"""Where an order came from: the meta entries that WooCommerce has kept since 8.5.

Recorded from the classic checkout, which also stores empty values, and from the block checkout, which does not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from adapters.woocommerce.simulator.model import Meta

PREFIX = "_wc_order_attribution_"
USER_AGENTS = {
    "Desktop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36",
    "Mobile": (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
        "Version/18.0 Mobile/15E148 Safari/604.1"
    ),
}
# name -> (source type, referrer, campaign, source, medium, content, id, term)
SOURCES: dict[str, tuple[str, ...]] = {
    "google-ads": (
        "utm",
        "https://www.google.com/",
        "herbst-tee_2026",
        "google",
        "cpc",
        "anzeige-ä",
        "778899",
        "grüner tee kaufen",
    ),
    "newsletter": ("utm", "", "KW12", "newsletter", "email", "", "", ""),
    "facebook": ("utm", "https://l.facebook.com/", "Black Friday", "facebook", "paid_social", "", "", ""),
    "organic": ("organic", "https://www.google.com/", "", "google", "organic", "", "", ""),
    "blog": ("referral", "https://www.teeblog.example/", "", "teeblog.example", "referral", "", "", ""),
    "direct": ("typein", "", "", "(direct)", "", "", "", ""),
    "admin": ("admin",),
}
_UTM = ("utm_campaign", "utm_source", "utm_medium", "utm_content", "utm_id", "utm_term")
_LATER = ("utm_source_platform", "utm_creative_format", "utm_marketing_tactic")


def attribution(
    source: str, *, at: int, device: str, pages: int, sessions: int, blocks: bool, meta_id: Callable[[], int]
) -> tuple[Meta, ...]:
    """The entries for an order made at `at` (seconds since 1970) by a visitor who came from `source`."""
    kind, *rest = SOURCES[source]
    values = {"source_type": kind}
    if kind != "admin":
        referrer, *utm = rest
        values |= {"referrer": referrer, **dict(zip(_UTM, utm, strict=True))}
        values |= dict.fromkeys(_LATER, "")
        start = datetime.fromtimestamp(at - 60 * 7 * pages, UTC)
        values |= {
            "session_entry": f"https://shop.example.test/?utm_source={utm[1].strip('()')}",
            "session_start_time": start.strftime("%Y-%m-%d %H:%M:%S"),
            "session_pages": str(pages),
            "session_count": str(sessions),
            "user_agent": USER_AGENTS[device],
            "device_type": device,
        }
    return tuple(Meta(meta_id(), PREFIX + key, value) for key, value in values.items() if value or not blocks)
