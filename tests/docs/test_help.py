"""Every command is listed, described and shown with an example, in both languages; and what examples call exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from connector.cli import main
from connector.cli.parts import Option
from connector.cli.program import COMMANDS
from connector.messages import LANGUAGES
from connector.messages.help import texts

PROJECT = Path(__file__).parents[2]
LOCALES = {"en": "C.UTF-8", "de": "de_DE.UTF-8"}


def shown(*arguments: str, language: str = "en") -> str:
    environment = {"LANG": LOCALES[language], "LC_ALL": None, "LC_MESSAGES": None, "LANGUAGE": None}
    done = CliRunner(env=environment).invoke(main, [*arguments, "--help"], terminal_width=100)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_lists_every_command_with_a_line(language: str) -> None:
    listed = shown(language=language)
    for name in COMMANDS:
        line = next(line for line in listed.splitlines() if line.split()[:1] == [name])
        assert line.split(maxsplit=1)[1] in texts.text(language, f"{name}.short")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_described_with_an_example(name: str, language: str) -> None:
    said = shown(name, language=language)
    assert {"en": "Example:", "de": "Beispiel:"}[language] in said
    assert {"en": "Usage: connector", "de": "Aufruf: connector"}[language] in said
    assert f"connector {name}" in texts.text(language, f"{name}.example") or f" {name}" in said
    for option in (param for param in commands()[name].params if isinstance(param, Option)):
        lines = said.splitlines()
        at = next(number for number, line in enumerate(lines) if line.split()[:1] == [option.opts[0]])
        assert len(lines[at].split()) > 1 + bool(option.metavar) or lines[at + 1].strip(), option.name


def test_every_command_is_there() -> None:
    assert list(commands()) == list(COMMANDS)
    assert all(command.name == name for name, command in commands().items())


def test_no_help_text_is_left_over() -> None:
    known = {"usage", "options", "commands", "example", "help"}
    for name, command in [("connector", main), *commands().items()]:
        known |= {f"{name}.help", f"{name}.example", f"{name}.short"}
        for param in command.params:
            known |= {f"{name}.{param.name}", f"any.{param.name}"}
    assert {key for key in texts.en if key not in known} == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_call_what_exists(name: str) -> None:
    for language in LANGUAGES:
        for line in texts.text(language, f"{name}.example").replace("\\\n", " ").splitlines():
            words = shlex.split(line)
            assert words[0] == "connector"
            context = main.make_context("connector", words[1:], resilient_parsing=True)
            called = next(word for word in words[1:] if word in COMMANDS)
            assert called == name
            rest = words[words.index(called) + 1 :]
            commands()[called].make_context(called, rest, parent=context)


def written_calls() -> list[str]:
    """Every call of the program that the README and the instructions show at the end of a line of its own."""
    found = []
    for path in (PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))):
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        found += re.findall(r"(?:^ {4,}|[/\\](?:bin/|Scripts\\))(connector [a-z-][^`\n]*)$", text, re.MULTILINE)
    return found


@pytest.mark.parametrize("line", written_calls())
def test_documents_call_what_exists(line: str) -> None:
    words = shlex.split(line, comments=True)
    context = main.make_context("connector", words[1:], resilient_parsing=True)
    at = next(number for number, word in enumerate(words) if word in COMMANDS)
    commands()[words[at]].make_context(words[at], words[at + 1 :], parent=context)


def test_help_comes_quickly_since_commands_are_imported_when_called() -> None:
    import subprocess
    import sys

    code = (
        "import sys\nfrom connector.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'pydantic', 'sqlalchemy', 'sqlmodel', 'polars',"
        " 'requests', 'rich', 'apscheduler', 'ruamel', 'msgspec'}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
