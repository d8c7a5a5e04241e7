"""How a request proves who asks.

The key is the user name of Basic, with any password. Web servers that drop the Authorization header take it as a
parameter (`auth: query`); where both are sent PrestaShop looks at the header alone.
"""

from __future__ import annotations

from requests.auth import AuthBase

from adapters.prestashop.settings import PrestaShopSettings
from connector.transport import BasicAuth, QueryAuth


def signature(settings: PrestaShopSettings) -> AuthBase:
    """The way this shop wants its requests signed."""
    key = settings.key.get_secret_value().strip()
    return QueryAuth((("ws_key", key),)) if settings.auth == "query" else BasicAuth(key, "")
