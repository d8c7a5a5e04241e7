"""What config.yaml may say about a Zendesk Chat account."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from connector.settings import Address, SourceSettings


class ZendeskChatSettings(SourceSettings):
    """A Zendesk Chat account (formerly Zopim), read through its REST and incremental export API.

    `url` is the address of the Zendesk account, or https://www.zopim.com for accounts that are still served there.
    """

    adapter: Literal["zendesk_chat"] = Field("zendesk_chat", description="the kind of system")
    access_token: SecretStr = Field(
        description="Chat > Account > API & SDKs > OAuth client: a token with the scopes read and chat",
        json_schema_extra={"de": "Chat > Account > API & SDKs > OAuth-Client: ein Token mit den Rechten read und chat"},
    )
    desk_url: Address | None = Field(
        None,
        description="the help desk that keeps the tickets of these chats, where `url` is not its address",
        json_schema_extra={"de": "der Helpdesk mit den Tickets dieser Chats, wenn `url` nicht seine Adresse ist"},
    )

    @property
    def prefix(self) -> str:
        """Where the API lies behind `url`: the two hosts differ in it (developer changelog, Chat domain)."""
        host = urlsplit(self.url).hostname or ""
        return "api/v2/" if host == "zopim.com" or host.endswith(".zopim.com") else "api/v2/chat/"

    @property
    def desk(self) -> str:
        """The address of the help desk that tickets of chats lie in."""
        return self.desk_url or self.url
