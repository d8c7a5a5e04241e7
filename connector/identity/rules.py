"""What the owner may say about who is the same person (option block `identity`)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from connector.emails import email_key
from connector.errors import SettingsError
from connector.messages.identity import IDENTITY

ERASED = "deleted@site.invalid"
"""What WordPress's personal-data eraser writes into every erased order: nobody's address, always ignored."""


@dataclass(frozen=True)
class IdentityRules:
    """The option block `identity`, checked. SettingsError where a value cannot be carried out."""

    plus_tags: str = "keep"  # keep | merge: ann+shop@… is an address of its own, or is ann@…
    phone: bool = False  # phone numbers join persons too
    ignore: tuple[str, ...] = ()  # addresses that are nobody: the shop's own staff
    relay_domains: tuple[str, ...] = ()  # domains, with all below them, whose addresses a marketplace hands out
    shared_names: int = 5  # an address used with more billing names than this is nobody's own

    def __post_init__(self) -> None:
        if self.plus_tags not in ("keep", "merge"):
            raise SettingsError(IDENTITY("plus_tags", value=self.plus_tags), IDENTITY("plus_tags_advice"))
        if self.shared_names < 1:
            raise SettingsError(IDENTITY("shared_names", value=self.shared_names), IDENTITY("shared_names_advice"))
        # Read here, so that a bad entry is refused when the rules are made and not in the middle of their use.
        _ = self._ignored, self._relays

    @cached_property
    def _ignored(self) -> frozenset[str]:
        addresses = {ERASED}
        for position, text in enumerate(self.ignore, 1):
            key = email_key(text)
            if key is None:
                raise SettingsError(IDENTITY("ignore", position=position), IDENTITY("ignore_advice"))
            addresses.add(self.effective(key))
        return frozenset(addresses)

    @cached_property
    def _relays(self) -> frozenset[str]:
        domains = set()
        for position, text in enumerate(self.relay_domains, 1):
            domain = unicodedata.normalize("NFC", text).strip().lower().removeprefix("@")
            if not domain or "@" in domain or any(character.isspace() for character in domain):
                raise SettingsError(IDENTITY("relay_domain", position=position), IDENTITY("relay_domain_advice"))
            domains.add(domain)
        return frozenset(domains)

    @property
    def merges_plus_tags(self) -> bool:
        """Whether ann+shop@… and ann@… are one address."""
        return self.plus_tags == "merge"

    def effective(self, key: str) -> str:
        """The key that a stored key stands for: without its plus tag where tags are merged, else the key itself."""
        return without_plus_tag(key) if self.merges_plus_tags else key

    def ignores(self, key: str) -> bool:
        """Whether an effective key is nobody's, whatever is known about its use."""
        if key in self._ignored:
            return True
        domain = key.rpartition("@")[2]
        while domain:
            if domain in self._relays:
                return True
            domain = domain.partition(".")[2]
        return False

    def shared(self, names: Iterable[str]) -> bool:
        """Whether an address used with these billing names is used by too many to be one person's."""
        return len({folded for name in names if (folded := folded_name(name))}) > self.shared_names

    @property
    def fingerprint(self) -> str:
        """Changes whenever the rules do. Holds no address; begins with the choice about plus tags."""
        said = json.dumps([sorted(self._ignored), sorted(self._relays), self.shared_names, *(["phone"] * self.phone)])
        return f"{self.plus_tags}-{hashlib.blake2b(said.encode(), digest_size=16).hexdigest()}"


def folded_name(name: str) -> str:
    """A billing name as it is compared: NFC, case folded, every run of white space one blank, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def without_plus_tag(key: str) -> str:
    """ann@… for ann+shop@…; a key without a tag, or with nothing before it, as it is."""
    local, at, domain = key.rpartition("@")
    plain = local.partition("+")[0]
    return f"{plain}{at}{domain}" if plain else key
