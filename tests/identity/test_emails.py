import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.emails import email_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Kunde46@example.test", "kunde46@example.test"),
        ("  Ann@Example.Test\n", "ann@example.test"),
        ("\u00a0ann@example.test\u00a0", "ann@example.test"),
        ("ju\u0308rgen@example.test", "jürgen@example.test"),
        ("J\u00dcRGEN@example.test", "jürgen@example.test"),
        ("a.n.n+shop@example.test", "a.n.n+shop@example.test"),
        ('"odd@local"@example.test', '"odd@local"@example.test'),
        ("x" * 308 + "@example.org", "x" * 308 + "@example.org"),
    ],
)
def test_spellings_of_one_address_share_a_key(text: str, key: str) -> None:
    assert email_key(text) == key


@pytest.mark.parametrize(
    "text", [None, "", "   ", "ann", "@", "ann@", "@example.test", " @ ", "x" * 309 + "@example.org"]
)
def test_what_is_no_address_has_no_key(text: str | None) -> None:
    assert email_key(text) is None


@given(st.text(st.sampled_from("aAéE\u0301\u0308uU@.+ İΣϒKÅß\u0345\u00a0"), max_size=12) | st.text())
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = email_key(text)
    assert email_key(key) == key
