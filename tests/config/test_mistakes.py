"""Everything that is wrong with a config.yaml is said at once, each with its path, and no value is ever shown."""

from __future__ import annotations

import pytest

from connector.config.problems import ConfigMistakesError
from connector.errors import SettingsError
from tests.config.conftest import Write, loaded, mistakes, with_ledger


def test_unknown_key_missing_secret_and_wrong_type_are_reported_together(write: Write) -> None:
    file = write(
        "timezone: Europe/Berlin\n"
        "sources:\n"
        "  outlet:\n"
        "    adapter: ledger\n"
        "    url: https://ledger.example\n"
        "    key: ${OUTLET_KEY}\n"
        "    book: book.json\n"
        "    page_size: many\n"
        "    shedule: 15m\n"
    )
    assert mistakes(file) == [
        "sources.outlet.key: The environment variable OUTLET_KEY is not set. (line 6)",
        "sources.outlet.page_size: A whole number belongs here. (line 8)",
        "sources.outlet.shedule: This key is not known here. Did you mean `schedule`? (line 9)",
    ]


def test_mistakes_of_the_top_level_the_options_and_the_sources_come_in_the_order_of_the_file(write: Write) -> None:
    file = write(
        "stor: sqlite:///x.db\n"
        "timezone: Europe/Berlinn\n"
        "orders: {date: payed}\n" + with_ledger(more="    retry_for: long\n").removeprefix("timezone: Europe/Berlin\n")
    )
    assert mistakes(file) == [
        "stor: This key is not known here. Did you mean `store`? (line 1)",
        "timezone: There is no such time zone; write it like Europe/Berlin. (line 2)",
        "orders.date: One of these belongs here: created, paid, completed. Did you mean `paid`? (line 3)",
        "sources.shop.retry_for: Write a duration as 90s, 15m, 24h, 7d or 36mo. (line 10)",
    ]


def test_they_are_said_in_the_language_that_the_file_asks_for(write: Write) -> None:
    file = write(with_ledger(top="language: de\nstor: x\n"))
    with pytest.raises(ConfigMistakesError) as caught:
        loaded(file)
    assert caught.value.language == "de"
    assert caught.value.message.render("de") == f"In {file} steht ein Fehler:"
    assert mistakes(file, "de") == ["stor: Diesen Schlüssel gibt es hier nicht. Meinten Sie `store`? (Zeile 3)"]


def test_a_key_that_stands_twice_is_reported_with_both_lines_and_with_the_rest(write: Write) -> None:
    file = write(with_ledger(more="    book: other.json\n    pagesize: 3\n"))
    assert mistakes(file) == [
        "sources.shop.book: This key stands twice; it is already in line 7. Remove one of the two. (line 8)",
        "sources.shop.pagesize: This key is not known here. Did you mean `page_size`? (line 9)",
    ]


def test_a_missing_key_is_reported_at_the_line_of_its_block(write: Write) -> None:
    file = write("sources:\n  shop:\n    adapter: ledger\n    url: https://ledger.example\n    book: b\n")
    assert mistakes(file) == ["timezone: This key is missing.", "sources.shop.key: This key is missing. (line 2)"]


def test_an_unknown_adapter_is_named_with_the_nearest_and_its_other_keys_are_checked_all_the_same(write: Write) -> None:
    file = write(with_ledger(more="    page_size: 0\n").replace("ledger\n", "legder\n"))
    adapter, page_size = mistakes(file)
    assert adapter.startswith(
        "sources.shop.adapter: No adapter named `legder` is installed. Did you mean `ledger`? There are: broken, half, "
    )
    assert page_size == "sources.shop.page_size: At least 1 belongs here. (line 8)"


def test_a_broken_adapter_is_named_with_its_package_and_the_reason(write: Write) -> None:
    found = mistakes(write(with_ledger().replace("adapter: ledger", "adapter: broken")))
    assert found == [
        "sources.shop.adapter: The adapter `broken` from the package pretend-shop cannot be used: "
        "ModuleNotFoundError: No module named 'pretend_shop_that_is_not_there'. (line 4)"
    ]
    found = mistakes(write(with_ledger().replace("adapter: ledger", "adapter: half")))
    assert "it lacks streams, check, pull, cursor_at, admit, normalise." in found[0]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("    schedule: 15\n", "sources.shop.schedule: Write a schedule as a duration"),
        ("    schedule: '61 * * * *'\n", "sources.shop.schedule: `61` cannot stand in the field minute"),
        ("    schedule: 0.5s\n", "sources.shop.schedule: Once a second is as often"),
        ("    schedule: 1000000000mo\n", "sources.shop.schedule: Write a schedule as a duration"),
        ("    schedule: !!binary aGk=\n", "sources.shop.schedule: Write a schedule as a duration"),
        ("    retry_for: 101y\n", "sources.shop.retry_for: A duration can be 100 years at most."),
        ("    sweep: weekly\n", "sources.shop.sweep: Write `daily`, a cron line"),
        ("    auth: body\n", "sources.shop.auth: One of these belongs here: header, query."),
        ("    enabled: perhaps\n", "sources.shop.enabled: true or false belongs here."),
        ("    timeouts: 10s\n", "sources.shop.timeouts: A block of further keys belongs here."),
        ("    timeouts: {connect: 0s}\n", "sources.shop.timeouts.connect: More than 0"),
        ("    timeouts: {conect: 1s}\n", "sources.shop.timeouts.conect: This key is not known here. Did you mean `c"),
        ("    ca_file: nowhere.pem\n", "sources.shop.ca_file: The certificate file nowhere.pem cannot be read: there"),
        ('    ca_file: "a\\0b"\n', "sources.shop.ca_file: The certificate file a\0b cannot be read: there"),
        ("    business_hours: {mon: 9-5}\n", "sources.shop.business_hours.mon: Write opening hours as"),
        ("    column: nothing\n", "sources.shop.column: This value does not fit: there is no column nothing."),
    ],
)
def test_what_a_source_cannot_say(write: Write, more: str, said: str) -> None:
    (found,) = mistakes(write(with_ledger(more)))
    assert found.startswith(said)


@pytest.mark.parametrize(
    ("top", "said"),
    [
        ("store: connector.db\n", "store: Write the store as sqlite:///connector.db"),
        ("store: mysql://root@host/db\n", "store: Write the store as"),
        ("language: fr\n", "language: One of these belongs here: de, en."),
        ("history_from: 2022-13-01\n", "history_from: A date belongs here, written 2022-01-31."),
        ("privacy: {keep: 36m}\n", "privacy.keep: Personal data is kept for a day at least; months are written 36mo"),
        ("privacy: {keep: 0}\n", "privacy.keep: Personal data is kept for a day at least; months are written 36mo"),
        ("privacy: {message_text: some}\n", "privacy.message_text: One of these belongs here: none, full."),
        ("surveys: []\n", "surveys: A block of further keys belongs here."),
        ("business_hours: {mon-sun: '9:00-18:00'}\n", "business_hours.mon-sun: Write opening hours as"),
        ("business_hours: {monday: '09:00-18:00'}\n", "business_hours.monday: Days are written mon, tue,"),
        ("business_hours: {holidays: bavaria}\n", "business_hours.holidays: Write a region such as DE-BY"),
        ("business_hours: {holidays: DE-XX}\n", "business_hours.holidays: The holidays of DE-XX are not known."),
        (
            "business_hours: {groups: {VIP: {mon: 9-5}}}\n",
            "business_hours.groups.VIP.mon: Write opening hours as",
        ),
        (
            "order_links: [{conversation: nowhere/1, order: null}]\n",
            "order_links[0].conversation: Write SOURCE/ID: the name of one of the sources",
        ),
        ("identity: {ignore: [nobody]}\n", "identity.ignore:"),
        ("repeat: {windows: []}\n", "repeat.windows: At least 1 entries or characters belong here."),
        ("2024: x\n", "2024: A key must be text; put it in quotes."),
    ],
)
def test_what_the_top_level_cannot_say(write: Write, top: str, said: str) -> None:
    (found,) = mistakes(write(with_ledger(top=top)))
    assert found.startswith(said)


def test_a_file_of_a_newer_version_is_called_that(write: Write) -> None:
    with pytest.raises(ConfigMistakesError) as caught:
        loaded(write(with_ledger(top="teleport: true\n")))
    assert caught.value.hint is not None
    assert "update the program: this is version 0.1.0" in str(caught.value.hint)


@pytest.mark.parametrize("name", ["-shop", "a/b", "my shop", "x" * 61, '""'])
def test_a_source_name_that_would_not_work_as_an_address_or_a_file(write: Write, name: str) -> None:
    (found,) = mistakes(write(with_ledger().replace("  shop:", f"  {name}:")))
    assert "A source's name consists of letters" in found


def test_two_names_that_differ_in_case_only(write: Write) -> None:
    source = "    adapter: ledger\n    url: https://l.example\n    key: k\n    book: b\n"
    found = mistakes(write(f"timezone: UTC\nsources:\n  Shop:\n{source}  shop:\n{source}"))
    assert found == [
        "sources.shop: This name differs from `Shop` only in upper and lower case. Choose another. (line 8)"
    ]


def test_no_sources_at_all(write: Write) -> None:
    assert mistakes(write("timezone: UTC\nsources: {}\n"))[0].startswith("sources: No source is configured.")
    assert mistakes(write(""))[0] == "sources: This key is missing."


SECRET = "cs_Gr8&Secret-98765"


@pytest.mark.parametrize(
    "text",
    [
        with_ledger().replace("key: sesame", f"key: [{SECRET}]"),
        with_ledger().replace("key: sesame", f"key: {{{SECRET}: 1}}"),
        with_ledger().replace("key: sesame", f"key: *{SECRET}"),
        with_ledger().replace("key: sesame", f"key: !{SECRET} x"),
        with_ledger().replace("key: sesame", f"key: {SECRET}: 1"),
        with_ledger().replace("key: sesame", f'key: "{SECRET}'),
        with_ledger().replace("key: sesame", f"key: %{SECRET}"),
        with_ledger().replace("key: sesame", f"key: {SECRET}\n    key: {SECRET}"),
        with_ledger(more="    page_size: ${KEY}\n"),
        with_ledger(more="    column: no-${KEY}\n"),
        with_ledger(more="    auth: ${KEY}\n"),
        with_ledger(more="    schedule: ${KEY}\n"),
        with_ledger(more="    timezone: ${KEY}\n"),
        with_ledger(top="store: postgresql://u:${KEY}@h/d\n"),
        with_ledger().replace("url: https://ledger.example", f"url: https://u:{SECRET}@ledger.example"),
    ],
)
def test_no_message_holds_a_value(write: Write, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(write(text), KEY=SECRET)
    error = caught.value
    said = [str(error), repr(error), error.message.render("de"), str(error.advice)]
    said += [problem.render("de") for problem in getattr(error, "problems", ())]
    assert SECRET not in " ".join(said)
