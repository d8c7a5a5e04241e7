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
    client_id: str | None = Field(None, description="identifier of an OAuth client of the help desk")
    client_secret: SecretStr | None = Field(None, description="shown once when the OAuth client is made")
    refresh_token: SecretStr | None = Field(
        None, description="with client_id, in place of client credentials; its successors are kept beside the store"
    )
    access_token: SecretStr | None = Field(None, description="an OAuth access token with the scope read")
    email: str | None = Field(None, description="an administrator's address, with api_token")
    api_token: SecretStr | None = Field(None, description="an API token; these end on 2027-04-30")

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if self.uses_api_token and not (self.email and self.api_token):
            raise Unfit(texts("no_login"))
        return self

    @property
    def uses_api_token(self) -> bool:
        """Whether the login is by an API token, the kind that ends: where nothing better is given."""
        return not (self.access_token or (self.client_id and (self.client_secret or self.refresh_token)))
