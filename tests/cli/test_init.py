"""`connector init`: asks, checks against the live system, and only then writes."""

from __future__ import annotations

import os

import pytest

from connector import catalog
from connector.settings import SourceSettings
from tests.cli.conftest import Desk

KEYS = ("consumer_key", "consumer_secret")


def flags(keys: dict[str, str]) -> list[str]:
    return ["init", "--yes", "--adapter", "woocommerce", "--url", keys["url"], *(f"--set={k}={keys[k]}" for k in KEYS)]


def test_by_options_alone_it_writes_a_file_that_works(empty_desk: Desk, keys: dict[str, str]) -> None:
    done = empty_desk.process(*flags(keys), "--name", "main-shop", "--language", "de")
    assert done.code == 0
    assert "main-shop ist in config.yaml eingerichtet." in done.out
    assert "WooCommerce" in done.err
    if os.name != "nt":
        assert empty_desk.config.stat().st_mode & 0o777 == 0o600
    assert empty_desk.call("sync").code == 0
    text = empty_desk.config.read_text(encoding="utf-8")
    assert "timezone: Europe/Berlin\nlanguage: de\n" in text, "the shop's own zone is proposed"


def test_the_questions_are_asked_in_the_language_of_the_locale_and_bad_answers_again(
    empty_desk: Desk, keys: dict[str, str]
) -> None:
    typed = "\n".join(
        [
            "woocommerce",
            "shop.example",
            keys["url"],
            "mein laden",
            "laden",
            "Datei",
            "ck_x",
            "cs_x",
            "j",
            "",
            "",
            "",
            "Datei",
            *(keys[key] for key in KEYS),
            "Europe/Nowhere",
            "Europe/Vienna",
            "de",
        ]
    )
    done = empty_desk.call("init", typed=typed + "\n", LANG="de_DE.UTF-8")
    assert done.code == 0, done.err
    assert "Die Adresse schreibt man als https://shop.example" in done.err
    assert "Der Name einer Quelle besteht aus Buchstaben" in done.err
    assert "Diese Zeitzone gibt es nicht" in done.err
    assert "consumer_key (WooCommerce > Einstellungen > Erweitert > REST-API" in done.err
    assert "Antworten berichtigen und noch einmal versuchen?" in done.err
    assert keys["consumer_secret"] not in done.out + done.err, "secrets are not shown while they are typed"
    text = empty_desk.config.read_text(encoding="utf-8")
    assert "timezone: Europe/Vienna\nlanguage: de\n" in text
    assert "  laden:\n    adapter: woocommerce\n" in text


@pytest.mark.parametrize("kind", ["prestashop", "woocommerce", "zendesk", "zendesk_chat"])
def test_every_key_that_is_asked_for_is_described_in_both_languages(kind: str) -> None:
    fields = {
        name: about
        for name, about in catalog.adapter(kind).Settings.model_fields.items()
        if name not in SourceSettings.model_fields
    }
    assert fields
    for name, about in fields.items():
        german = about.json_schema_extra
        assert about.description, name
        assert isinstance(german, dict), name
        assert german["de"], name


def test_a_second_call_adds_a_source_and_keeps_comments(empty_desk: Desk, keys: dict[str, str]) -> None:
    assert empty_desk.call(*flags(keys)).code == 0
    before = (
        empty_desk.config.read_text(encoding="utf-8") + "    # schedule: 5m\n\n# options\norders: {date: paid}  # so\n"
    )
    empty_desk.write(before)
    assert empty_desk.call(*flags(keys), "--set", "page_size=50", "--set", "requests_per_minute=30").code == 0
    after = empty_desk.config.read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert "  woocommerce-2:\n" in after
    assert "    page_size: 50\n" in after
    assert "    requests_per_minute: 30\n" in after
    assert empty_desk.call("check").code == 0


def test_secrets_can_stay_in_the_environment(empty_desk: Desk, keys: dict[str, str]) -> None:
    references = {**keys, "consumer_key": "${SHOP_KEY}", "consumer_secret": "${SHOP_SECRET}"}
    variables = {"SHOP_KEY": keys["consumer_key"], "SHOP_SECRET": keys["consumer_secret"]}
    assert empty_desk.call(*flags(references), **variables).code == 0
    text = empty_desk.config.read_text(encoding="utf-8")
    assert "consumer_key: ${SHOP_KEY}" in text
    assert keys["consumer_key"] not in text
    assert empty_desk.call("check", **variables).code == 0
    assert empty_desk.call("check").code == 2
    # Another source can be added where the first one's variables are not set.
    assert empty_desk.call(*flags(keys)).code == 0


def test_asked_for_it_proposes_variables_and_says_to_set_them(empty_desk: Desk, keys: dict[str, str]) -> None:
    typed = "\n".join(["woocommerce", keys["url"], "laden", "environment", *(keys[key] for key in KEYS), "", ""]) + "\n"
    done = empty_desk.call("init", typed=typed)
    assert done.code == 0, done.err
    assert "Before each call set in the environment: LADEN_CONSUMER_KEY, LADEN_CONSUMER_SECRET." in done.out
    text = empty_desk.config.read_text(encoding="utf-8")
    assert "consumer_secret: ${LADEN_CONSUMER_SECRET}" in text
    assert keys["consumer_secret"] not in text


def test_a_refused_key_is_3_and_nothing_is_written(empty_desk: Desk, keys: dict[str, str]) -> None:
    done = empty_desk.call(*flags({**keys, "consumer_secret": "cs_wrong"}))
    assert done.code == 3
    assert "Nothing was written." in done.err
    assert not empty_desk.config.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--set", "consumer_kee=1"], "This key is not known here. Did you mean `consumer_key`?"),
        (["--set", "nothing"], "A `--set` cannot be understood: it has no `=`."),
        (["--set", "url=x"], "`url` has an option of its own."),
        (["--name", "a/b"], "A source's name consists of"),
        (["--timezone", "Mars"], "There is no such time zone"),
        (["--set", "page_size=0"], "At least 1 belongs here."),
    ],
)
def test_options_that_cannot_be_are_2(empty_desk: Desk, keys: dict[str, str], more: list[str], said: str) -> None:
    done = empty_desk.call(*flags(keys), *more)
    assert done.code == 2
    assert said in done.err
    assert not empty_desk.config.exists()


def test_without_answers_and_without_a_terminal_it_names_the_options(empty_desk: Desk) -> None:
    done = empty_desk.call("init", "--yes", "--adapter", "woocommerce")
    assert done.code == 2
    assert "`--url` is missing, and with --yes nothing is asked." in done.err
    done = empty_desk.process("init")
    assert done.code == 2
    assert "there is no more input" in done.err


def test_a_folder_that_is_not_there_is_said_before_anything_is_asked(empty_desk: Desk) -> None:
    done = empty_desk.call("--config", "nowhere/config.yaml", "init", typed="woocommerce\n")
    assert done.code == 2
    assert "config.yaml cannot be written: there is no such file." in done.err
    assert "Create the directory" in done.err
    assert "Which kind of system" not in done.err


def test_a_file_with_mistakes_is_not_touched(desk: Desk, keys: dict[str, str]) -> None:
    desk.write(desk.config.read_text(encoding="utf-8") + "    shedule: 1m\n")
    before = desk.config.read_text(encoding="utf-8")
    done = desk.call(*flags(keys))
    assert done.code == 2
    assert "sources.shop.shedule" in done.err
    assert desk.config.read_text(encoding="utf-8") == before


def test_a_source_whose_zone_is_not_said_is_asked_for_it(empty_desk: Desk) -> None:
    empty_desk.book()
    book = empty_desk.folder / "book.json"
    done = empty_desk.call(
        "init", "--yes", "--adapter", "ledger", "--url", "http://l.example", "--set", "key=sesame",
        "--set", f"book={book}", "--timezone", "Europe/Paris",
    )  # fmt: skip
    assert done.code == 0, done.err
    text = empty_desk.config.read_text(encoding="utf-8")
    assert text.count("timezone: Europe/Paris") == 2
