"""What config.yaml may say about a WooCommerce shop."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr

from connector.settings import SourceSettings


class WooCommerceSettings(SourceSettings):
    """A shop on WordPress with WooCommerce 5.8 or newer, read through its REST API."""

    adapter: Literal["woocommerce"] = Field(default="woocommerce", description="the kind of system")
    consumer_key: SecretStr = Field(
        description="WooCommerce > Settings > Advanced > REST API, permission Read; begins with ck_",
        json_schema_extra={
            "de": "WooCommerce > Einstellungen > Erweitert > REST-API, Berechtigung Lesen; beginnt mit ck_"
        },
    )
    consumer_secret: SecretStr = Field(
        description="shown once when the key is made; begins with cs_",
        json_schema_extra={"de": "einmal angezeigt, wenn der Schlüssel entsteht; beginnt mit cs_"},
    )
