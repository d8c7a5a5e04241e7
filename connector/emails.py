"""E-mail addresses as keys: the one form in which two spellings of an address are equal."""

from __future__ import annotations

import unicodedata

LONGEST = 320  # characters: 64 before the @, 255 after it (RFC 3696, section 3)


def email_key(text: str | None) -> str | None:
    """The address trimmed, Unicode-normalised (NFC) and lower-cased; None where it is no address.

    No address is what is empty, lacks the `@` or a part beside it, or is longer than 320 characters. Dots
    and plus tags stay: whether they matter is the owner's choice (`identity.plus_tags`), taken when persons
    are put together. Taking the key of a key changes nothing.
    """
    if not text:
        return None
    if text.isascii():
        key = text.lower().strip()
    else:
        # Lower-casing can leave letters in pieces that NFC joins, so both ends are normalised.
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower()).strip()
    local, at, domain = key.rpartition("@")
    if not (local and at and domain) or len(key) > LONGEST:
        return None
    return key
