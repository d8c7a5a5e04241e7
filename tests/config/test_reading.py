"""What a config.yaml may say, and how it is understood."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from connector.config.files import config_path
from connector.config.load import load
from connector.errors import SettingsError
from tests.config.conftest import Write, loaded, with_ledger


def test_defaults_and_order_of_sources(write: Write) -> None:
    text = with_ledger().replace("  shop:\n", "  zoo:\n    adapter: ledger\n    url: http://z.example/\n    key: k\n"
                                 "    book: b\n  shop:\n")  # fmt: skip
    config = loaded(write(text))
    assert list(config.sources) == ["zoo", "shop"]
    assert (config.store, config.language, config.timezone) == ("sqlite:///connector.db", "en", "Europe/Berlin")
    assert config.sources["zoo"].url == "http://z.example"
    assert config.sources["shop"].schedule == "15m"
    assert config.options.retention.active_days == 365
    assert config.warnings == ()


def test_history_from_is_said_once_for_all_sources(write: Write) -> None:
    config = loaded(write(with_ledger(top="history_from: 2022-01-01\n")))
    assert config.sources["shop"].history_from == date(2022, 1, 1)
    config = loaded(write(with_ledger(more="    history_from: 2023-01-01\n", top="history_from: 2022-01-01\n")))
    assert config.sources["shop"].history_from == date(2023, 1, 1)


def test_bare_numbers_where_texts_belong_are_read_as_they_are_written(write: Write) -> None:
    config = loaded(
        write(with_ledger(more="    schedule: 0\n    shop: 007\n").replace("key: sesame", "key: 0047110815"))
    )
    source = config.sources["shop"]
    assert (source.schedule, source.shop) == ("0", "007")
    assert source.secrets == ("0047110815",)


def test_options_of_figures_are_keys_of_the_top_level(write: Write) -> None:
    config = loaded(write(with_ledger(top="orders: {date: paid}\nrepeat: {windows: [30], headline: 30}\n")))
    assert config.options.orders.date == "paid"
    assert config.options.repeat.windows == [30]


def test_references_to_the_environment_and_to_files(write: Write, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from-a-file\n", encoding="utf-8")
    text = with_ledger(more="    token: ${file:secret}\n    column: $${kept}\n").replace("key: sesame", "key: ${KEY}")
    source = loaded(write(text), KEY="from-outside").sources["shop"]
    assert set(source.secrets) == {"from-outside", "from-a-file"}
    assert getattr(source, "column") == "${kept}"  # noqa: B009 - a key of the plugin's own


def test_a_reference_is_filled_in_anywhere_in_a_text(write: Write) -> None:
    config = loaded(write(with_ledger().replace("https://ledger.example", "https://${HOST}/x")), HOST="l.example:8443")
    assert config.sources["shop"].url == "https://l.example:8443/x"


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("${NOT_THERE}", "The environment variable NOT_THERE is not set."),
        ("${EMPTY}", "The environment variable EMPTY is empty."),
        ("${file:nowhere}", "The file nowhere cannot be read: there is no such file."),
        ("${file:empty}", "The file empty is empty."),
        ("${1x}", "`${…}` must hold the name of an environment variable or `file:` and a path."),
    ],
)
def test_references_that_lead_nowhere(write: Write, tmp_path: Path, reference: str, said: str) -> None:
    from tests.config.conftest import mistakes

    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    assert mistakes(write(with_ledger().replace("key: sesame", f"key: '{reference}'")), EMPTY=" ") == [
        f"sources.shop.key: {said} (line 6)"
    ]


def test_a_database_password_may_hold_any_character(write: Write) -> None:
    text = with_ledger(top="store: postgresql+psycopg://me:${PGPASSWORD}@${PGHOST}/shop\n")
    config = loaded(write(text), PGPASSWORD="p@ss/w:rd?", PGHOST="db.example:5433")
    assert config.store == "postgresql+psycopg://me:p%40ss%2Fw%3Ard%3F@db.example:5433/shop"
    assert {"p@ss/w:rd?", "p%40ss%2Fw%3Ard%3F"} <= set(config.secrets)
    assert config.store_name == "db.example:5433/shop"
    assert "p@ss" not in repr(config)
    assert "p%40ss" not in repr(config)


def test_secrets_are_not_in_the_representation(write: Write) -> None:
    config = loaded(write(with_ledger()))
    assert config.secrets == ("sesame",)
    assert "sesame" not in repr(config)


def test_paths_start_from_the_file(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "authority.pem").write_text("x", encoding="utf-8")
    file = write(with_ledger(more="    ca_file: authority.pem\n"))
    monkeypatch.chdir(tmp_path.parent)
    config = load(Path(tmp_path.name) / file.name, {})
    assert config.base == tmp_path
    assert config.sources["shop"].ca_file == str(tmp_path / "authority.pem")
    assert config.store_file == tmp_path / "connector.db"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_a_literal_secret_in_a_file_that_others_can_read_draws_a_warning(write: Write) -> None:
    file = write(with_ledger(more="    token: ${TOKEN}\n"))
    file.chmod(0o644)
    (warning,) = loaded(file, TOKEN="t").warnings
    assert str(warning) == (
        f"{file} holds a secret in plain text (sources.shop.key) and can be read by other users of this machine. "
        f"Protect it with: chmod 600 {file}"
    )
    file.write_text(with_ledger().replace("key: sesame", "key: ${KEY}"), encoding="utf-8")
    assert loaded(file, KEY="k").warnings == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "is no UTF-8 text."),
        (b"- a\n- b\n", "holds no settings"),
        (b"a: [1, 2\nb: 3\n", "line 2, column 2: a bracket is not closed, or a comma is missing."),
        (b"a: 'x\n", "a quotation mark is not closed."),
        (b"\ta: 1\n", "line 1, column 1: a tab stands where only blanks may be."),
        (b"a:\n  b: 1\n c: 2\n", "line 3, column 2: the indentation does not fit the lines above."),
        (b"a: 1\n---\nb: 2\n", "a second document begins with ---; there may be only one."),
        (b"a: !!python/object/apply:os.system [ls]\n", "a value that begins with ! belongs in quotes."),
        (b"a: \x00\n", "this place cannot be understood."),
        (b"a: 1\nb: !!int many\n", "line 2, column 4: a value that begins with ! belongs in quotes."),
        (
            b"a: &a\n  b: *a\n",
            "line 1, column 4: an anchor (&) is used inside its own value (*); write that value out.",
        ),
    ],
)
def test_what_is_no_yaml(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "config.yaml"
    file.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load(file, {})
    assert said in str(caught.value)
    assert caught.value.advice is not None


def test_a_byte_order_mark_does_no_harm(write: Write) -> None:
    assert loaded(write("\ufeff" + with_ledger())).timezone == "Europe/Berlin"


def test_a_file_that_is_not_there_names_the_ways_out(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="There is no configuration file") as caught:
        load(tmp_path / "nowhere.yaml", {})
    assert "connector init" in str(caught.value.advice)


def test_which_file_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONNECTOR_CONFIG", raising=False)
    assert config_path(None) == Path("config.yaml")
    monkeypatch.setenv("CONNECTOR_CONFIG", "/etc/connector.yaml")
    assert config_path(None) == Path("/etc/connector.yaml")
    assert config_path("mine.yaml") == Path("mine.yaml")
