"""What config.yaml may say about a PrestaShop shop."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr

from connector.settings import Address, SourceSettings


class PrestaShopSettings(SourceSettings):
    """A shop on PrestaShop 1.6 to 9.x, read through its web service.

    `timezone` is the zone of the shop itself, since its times carry none; without it the key must be allowed to read
    the shop's configuration. `shop` is the number of one shop of a multishop installation, or `all`.
    """

    adapter: Literal["prestashop"] = Field("prestashop", description="the kind of system")
    key: SecretStr = Field(
        description="Advanced Parameters > Webservice: a key of 32 characters with only GET ticked, for what is read",
        json_schema_extra={
            "de": "Erweiterte Einstellungen > Webservice: ein Schlüssel mit 32 Zeichen, nur GET angekreuzt, bei dem, "
            "was gelesen wird"
        },
    )
    admin_url: Address | None = Field(
        None,
        description="address of the back office with its secret folder, for links to orders",
        json_schema_extra={"de": "Adresse des Backoffice mit seinem geheimen Ordner, für Links zu Bestellungen"},
    )
