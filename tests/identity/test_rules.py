import pytest

from connector.errors import SettingsError
from connector.identity import IdentityRules
from connector.messages import LANGUAGES
from connector.messages.identity import IDENTITY


@pytest.mark.parametrize(
    ("key", "effective"),
    [
        ("ann+shop@x.test", "ann@x.test"),
        ("ann+a+b@x.test", "ann@x.test"),
        ("ann@x.test", "ann@x.test"),
        ("+only@x.test", "+only@x.test"),
        ("ann@x+y.test", "ann@x+y.test"),
    ],
)
def test_plus_tags_count_unless_they_are_merged(key: str, effective: str) -> None:
    assert IdentityRules().effective(key) == key
    assert IdentityRules(plus_tags="merge").effective(key) == effective


def test_an_erased_persons_address_is_always_ignored() -> None:
    assert IdentityRules().ignores("deleted@site.invalid")
    assert IdentityRules(ignore=("boss@x.test",)).ignores("deleted@site.invalid")


def test_ignored_addresses_may_be_written_in_any_way() -> None:
    rules = IdentityRules(ignore=(" Boss@X.test ", "sales+web@x.test"), plus_tags="merge")
    assert rules.ignores("boss@x.test")
    assert rules.ignores("sales@x.test")
    assert not rules.ignores("ann@x.test")


@pytest.mark.parametrize("relay", ["marketplace.test", "@Marketplace.TEST "])
def test_a_relay_domain_covers_what_is_below_it_and_nothing_beside_it(relay: str) -> None:
    rules = IdentityRules(relay_domains=(relay,))
    assert rules.ignores("a1@marketplace.test")
    assert rules.ignores("a1@de.marketplace.test")
    assert not rules.ignores("a1@notmarketplace.test")
    assert not rules.ignores("marketplace.test@x.test")


def test_names_that_differ_in_case_and_blanks_only_are_one_name() -> None:
    rules = IdentityRules(shared_names=2)
    assert not rules.shared(["Ann Lee", " ann  LEE", "Straße", "STRASSE", "", "  "])
    assert rules.shared(["Ann Lee", "Bob", "Zoë"])
    assert not rules.shared(["Zoë", "Zoe\u0308", "Bob"])


def test_the_fingerprint_follows_the_rules_and_tells_no_address() -> None:
    rules = IdentityRules(ignore=("boss@x.test", "sales@x.test"))
    assert rules.fingerprint == IdentityRules(ignore=("Sales@x.test", "boss@x.test")).fingerprint
    others = [
        IdentityRules(),
        IdentityRules(plus_tags="merge"),
        IdentityRules(relay_domains=("x.test",)),
        IdentityRules(shared_names=6),
        IdentityRules(ignore=("boss@x.test",)),
    ]
    assert len({rules.fingerprint, *(other.fingerprint for other in others)}) == 6
    assert "boss" not in rules.fingerprint


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"plus_tags": "strip"}, "identity.plus_tags: strip"),
        ({"ignore": ("boss@x.test", "boss")}, "identity.ignore: entry 2"),
        ({"relay_domains": ("a@b.test",)}, "identity.relay_domains: entry 1"),
        ({"relay_domains": ("two words",)}, "identity.relay_domains: entry 1"),
        ({"relay_domains": ("@",)}, "identity.relay_domains: entry 1"),
        ({"shared_names": 0}, "identity.shared_names: 0"),
    ],
)
def test_rules_that_cannot_be_carried_out_are_refused_in_words(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        IdentityRules(**wrong)  # type: ignore[arg-type]
    assert says in refused.value.message.render("en")
    assert says.split(":")[0] in refused.value.message.render("de")
    assert refused.value.advice is not None
    assert all(refused.value.advice.render(language).endswith((".", "…).")) for language in LANGUAGES)


def test_every_text_exists_in_both_languages() -> None:
    assert IDENTITY.en.keys() == IDENTITY.de.keys()
