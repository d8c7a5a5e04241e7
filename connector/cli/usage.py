"""What click finds wrong with a call, in our words and the owner's language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

import click

from connector.errors import UsageError
from connector.messages import Message
from connector.messages.cli import texts


def no_such_command(name: str, known: Sequence[str]) -> UsageError:
    """A command that does not exist."""
    return UsageError(like("no_command", name, known), texts("usage_advice", command="connector"))


def like(key: str, name: str, known: Sequence[str], **values: object) -> Message:
    """The text `key`, or `key_like` where a known name is near."""
    close = difflib.get_close_matches(name, known, n=1)
    return texts(f"{key}_like", name=name, like=close[0], **values) if close else texts(key, name=name, **values)


def translated(error: click.ClickException) -> UsageError:
    """The same as an error of ours."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "connector"
    return UsageError(_message(error, context), texts("usage_advice", command=command))


def _message(error: click.ClickException, context: click.Context | None) -> Message:
    if isinstance(error, click.NoSuchOption):
        options = _options(context)
        if context and context.parent and error.option_name in _options(context.parent):
            return texts("option_before", name=error.option_name, command=context.info_name)
        return like("no_option", error.option_name, options)
    if isinstance(error, click.MissingParameter):
        key = "missing_option" if isinstance(error.param, click.Option) else "missing_argument"
        return texts(key, name=_name(error.param, context))
    if isinstance(error, click.BadOptionUsage):
        key = "option_takes_none" if "not take" in error.message else "option_wants_value"
        return texts(key, name=error.option_name)
    if isinstance(error, click.BadParameter):
        return _bad_value(error, context)
    extra = re.search(r"unexpected extra arguments? \((.*)\)", error.message)
    return texts("extra_arguments", names=extra[1]) if extra else texts("bad_call")


def _options(context: click.Context | None) -> list[str]:
    return [name for param in context.command.params for name in param.opts] if context else []


def _bad_value(error: click.BadParameter, context: click.Context | None) -> Message:
    name = _name(error.param, context)
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return texts("bad_choice", name=name, choices=", ".join(str(choice) for choice in kind.choices))
    if isinstance(kind, click.IntRange | type(click.INT)):
        return texts("bad_whole", name=name)
    if isinstance(kind, click.Path | click.File):
        return texts("bad_file", name=name)
    return texts("bad_value", name=name)


def _name(param: click.Parameter | None, context: click.Context | None) -> str:
    if param is None:
        return "?"
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(context) if context else str(param.name)
