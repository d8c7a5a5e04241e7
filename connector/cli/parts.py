"""Commands, options and arguments whose help comes from the catalogue, in the language of the user's locale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from connector.config.language import system_language
from connector.messages.help import texts


def spoken(key: str) -> str:
    """The help text under `key` in the language of the user's locale."""
    return texts.text(system_language(), key)


class Command(click.Command):
    """A command whose description, example and headings come from the catalogue, under its name."""

    known: Mapping[str, Callable[[], str]] = {}
    """What stands for `{name}` in its description; looked up when help is asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the call apart; an error knows the command it is about, so that the advice can name it."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_short_help_str(self, limit: int = 45) -> str:
        """One line for the list of commands."""
        return spoken(f"{self.name}.short")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how it is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=spoken("usage") + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does, and an example."""
        description = spoken(f"{self.name}.help")
        for name, value in self.known.items():
            description = description.replace(f"{{{name}}}", value())
        for paragraph in description.split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(paragraph)
        with formatter.section(spoken("example")):
            for line in spoken(f"{self.name}.example").splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options, one by one."""
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None]
        if records:
            with formatter.section(spoken("options")):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described in the user's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = spoken("help")
        return option


class Option(click.Option):
    """An option described in the catalogue under `COMMAND.NAME`, or under `any.NAME` where all commands share it."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """How it is written, and what it does."""
        own = f"{ctx.command.name}.{self.name}"
        self.help = spoken(own if own in texts.en else f"any.{self.name}")
        return super().get_help_record(ctx)


def command(name: str, kind: type[Command] = Command) -> Callable[[Callable[..., Any]], Command]:
    """Make a function the command `name`; it is handed the `Session` first."""
    return click.command(name, cls=kind)


def option(*declarations: str, **attributes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option whose help comes from the catalogue."""
    return click.option(*declarations, cls=Option, **attributes)


def as_json(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--json`."""
    return option("--json", "as_json", is_flag=True)(function)
