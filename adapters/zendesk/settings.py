"""What config.yaml may say about a Zendesk help desk."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from adapters.zendesk.messages import texts
from connector.settings import SourceSettings, Unfit


class ZendeskSettings(SourceSettings):
    """A Zendesk Support help desk.

    One way to log in is needed: `client_id` with `client_secret` (OAuth client credentials), `client_id` with a
    `refresh_token`, an `access_token`, or `email` with `api_token`, which ends on 2027-04-30. The exports are open to
    administrators only.
    """

    adapter: Literal["zendesk"] = Field("zendesk", description="the kind of system")
    client_id: str | None = Field(
        None,
        description="identifier of an OAuth client of the help desk",
        json_schema_extra={"de": "Kennung eines OAuth-Clients des Helpdesks"},
    )
    client_secret: SecretStr | None = Field(
        None,
        description="shown once when the OAuth client is made",
        json_schema_extra={"de": "einmal angezeigt, wenn der OAuth-Client entsteht"},
    )
    refresh_token: SecretStr | None = Field(
        None,
        description="with client_id, in place of client credentials; its successors are kept beside the store",
        json_schema_extra={"de": "mit client_id, statt client_secret; seine Nachfolger liegen neben dem Datenspeicher"},
    )
    access_token: SecretStr | None = Field(
        None,
        description="an OAuth access token with the scope read",
        json_schema_extra={"de": "ein OAuth-Zugriffstoken mit dem Recht read"},
    )
    email: str | None = Field(
        None,
        description="an administrator's address, with api_token",
        json_schema_extra={"de": "die Adresse eines Administrators, mit api_token"},
    )
    api_token: SecretStr | None = Field(
        None,
        description="an API token; these end on 2027-04-30",
        json_schema_extra={"de": "ein API-Token; sie enden am 30.04.2027"},
    )

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if self.uses_api_token and not (self.email and self.api_token):
            raise Unfit(texts("no_login"))
        return self

    @property
    def uses_api_token(self) -> bool:
        """Whether the login is by an API token, the kind that ends: where nothing better is given."""
        return not (self.access_token or (self.client_id and (self.client_secret or self.refresh_token)))
