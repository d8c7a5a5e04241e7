"""Everything the program says to a person, in every language it speaks.

One module per area (`transport`, `store`, `cli`, …) defines one `Catalogue`; an adapter brings its own. A text is
asked for by key and stays a `Message` until something is shown, so that the language is chosen once, at the border.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("en", "de")


@dataclass(frozen=True)
class Catalogue:
    """The texts of one area: for each language, key to text with `{named}` places.

    >>> greeting = Catalogue("greeting", en={"hello": "Hello {name}"}, de={"hello": "Hallo {name}"})
    >>> greeting("hello", name="Ada").render("de")
    'Hallo Ada'
    """

    area: str
    en: Mapping[str, str]
    de: Mapping[str, str]

    def __call__(self, key: str, /, **values: Any) -> Message:
        """The message under `key`, with values for its places. KeyError where the key does not exist."""
        if key not in self.en:
            raise KeyError(f"{self.area}: no text {key!r}")
        return Message(self, key, values)

    def text(self, language: str, key: str) -> str:
        """The bare text of a key in a language; English where a language lacks it."""
        texts = self.de if language == "de" else self.en
        return texts.get(key) or self.en[key]


@dataclass(frozen=True)
class Message:
    """One sentence to a person, not yet in any language."""

    catalogue: Catalogue = field(repr=False)
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def render(self, language: str) -> str:
        """The sentence in `language` ("en" or "de"). A value that is itself a `Message` is rendered too."""
        values = {
            name: value.render(language) if isinstance(value, Message) else value for name, value in self.values.items()
        }
        return self.catalogue.text(language, self.key).format(**values)

    def __str__(self) -> str:
        return self.render("en")
