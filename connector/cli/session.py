"""What one call of the program knows: where its config is, which language it speaks, how much it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connector.clock import Clock, SystemClock
from connector.config.files import config_path
from connector.config.language import asked_language, system_language
from connector.errors import ConnectorError, SettingsError
from connector.messages import Message
from connector.messages.cli import texts

if TYPE_CHECKING:
    from connector.config.model import Config
    from connector.store import Store


class Session:
    """One call. Its language is the locale's until a config is read, then the config's."""

    def __init__(self) -> None:
        self.clock: Clock = SystemClock()
        self.language = system_language()
        self.file: Path = config_path(None)
        self.quiet = False
        self.verbose = 0
        self.secrets: tuple[str, ...] = ()
        self._configured = False

    def begin(self, config: str | None, verbose: int, quiet: bool) -> None:
        """Take over the options that stand before the command."""
        from connector.cli import logs

        self.file = config_path(config)
        self.quiet = quiet
        self.verbose = verbose
        logs.set_up(self, verbose)

    def config(self) -> Config:
        """The configuration. Raises SettingsError. Its warnings are said here, once."""
        from connector.config.load import load

        config = load(self.file)
        self.language, self._configured = config.language, True
        self.secrets = config.secrets
        for warning in config.warnings:
            self.warn(warning)
        return config

    def store(self, config: Config, *, create: bool = True) -> Store:
        """The store that the configuration names. Raises StoreError."""
        from connector.store import open_store

        return open_store(config.store, clock=self.clock, base=config.base, create=create)

    def text(self, message: Message) -> str:
        """A message in the language of this call."""
        return message.render(self.language)

    def say(self, message: Message) -> None:
        """Talk: a sentence on stderr, unless the call is quiet."""
        if not self.quiet:
            click.echo(self.text(message), err=True)

    def warn(self, message: Message) -> None:
        """A sentence on stderr that matters, unless the call is quiet."""
        if not self.quiet:
            click.secho(self.text(texts("warning", message=message)), err=True, fg="yellow")

    def complain(self, message: Message, advice: Message | None = None) -> None:
        """What went wrong and what to do about it, on stderr, quiet or not."""
        click.secho(self.text(texts("error", message=message)), err=True, fg="red")
        if advice is not None:
            click.echo(self.text(advice), err=True)

    def complain_of(self, error: ConnectorError) -> None:
        """An error with its advice; of a config.yaml every mistake. In the language that the file asks for."""
        if not self._configured:
            self.language = asked_language(self.file) or self.language
        if isinstance(error, SettingsError):
            from connector.config.problems import ConfigMistakesError

            if isinstance(error, ConfigMistakesError):
                self.complain(error.message)
                for problem in error.problems:
                    click.echo(f"  {problem.render(self.language)}", err=True)
                for hint in (error.hint, error.advice):
                    if hint is not None:
                        click.echo(self.text(hint), err=True)
                return
        self.complain(error.message, error.advice)

    def show(self, message: Message) -> None:
        """A result: a line on stdout."""
        click.echo(self.text(message))

    def document(self, content: Any) -> None:
        """The one JSON document of `--json`, on stdout."""
        click.echo(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False))
