"""Who may ask, and what for."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.prestashop.simulator.answers import Refusal


@dataclass
class Key:
    """A key of the web service: what it may do with each list, and in which shops."""

    value: str
    rights: dict[str, frozenset[str]] = field(default_factory=dict)
    active: bool = True
    shops: frozenset[str] = frozenset({"1"})


def key_sent(environ: Mapping[str, Any], params: Mapping[str, str], *, header_lost: bool) -> str | None:
    """The key a request came with: the header wins over the address."""
    header = "" if header_lost else environ.get("HTTP_AUTHORIZATION", "")
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            user = base64.b64decode(value).decode("utf-8", "replace").partition(":")[0]
        except binascii.Error:
            return ""
        return user.strip()
    if header:
        return ""
    return params["ws_key"].strip() if params.get("ws_key") else None


def key_of(sent: str, keys: list[Key]) -> Key:
    """The key of this value, whatever its letter case. Raises the web service's refusals."""
    if len(sent) != 32:
        raise Refusal(401, (18, "Invalid authentication key format"), logged_in=False, challenge=True)
    key = next((key for key in keys if key.value.lower() == sent.lower()), None)
    if key is None or not key.active:
        raise Refusal(
            401,
            (20, "Authentification key is not active"),
            (21, "No permission for this authentication key"),
            logged_in=False,
            challenge=True,
        )
    if not key.rights:
        raise Refusal(401, (21, "No permission for this authentication key"), logged_in=False, challenge=True)
    return key


def check_right(key: Key, resource: str, method: str) -> None:
    """Whether the key may do this with this list. Raises the web service's refusals."""
    rights = key.rights.get(resource)
    if rights is None:
        raise Refusal(401, (26, f'Resource of type "{resource}" is not allowed with this authentication key'))
    if method not in rights:
        raise Refusal(
            405, (25, f"Method {method} is not allowed for the resource {resource} with this authentication key")
        )
