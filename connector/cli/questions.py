"""Questions on a terminal. Each has a default or an option that answers it, so that a script need not be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from connector.cli.session import Session
from connector.errors import UsageError
from connector.messages import Message
from connector.messages.cli import texts as common
from connector.messages.init import texts


class Questions:
    """Asks on stderr, so that stdout stays for results; with `silent` it takes the default or says what is missing."""

    def __init__(self, session: Session, *, silent: bool) -> None:
        self._session = session
        self.silent = silent

    def text(
        self,
        question: Message,
        *,
        option: str,
        default: str | None = None,
        choices: Sequence[str] = (),
        check: Callable[[str], Message | None] = lambda answer: None,
    ) -> str:
        """An answer that `check` has nothing against. `option` is what a script would have said it with."""
        if self.silent:
            if default is None:
                raise UsageError(texts("need", option=option), texts("need_advice"))
            return default
        while True:
            answer = click.prompt(
                self._session.text(question), default=default or "", show_default=bool(default), err=True
            ).strip()
            if choices and answer not in choices:
                problem: Message | None = texts("answer_one_of", choices=", ".join(choices))
            else:
                problem = check(answer) if answer else texts("answer_needed")
            if problem is None:
                return str(answer)
            self._session.complain(problem)

    def optional(self, question: Message, *, secret: bool) -> str | None:
        """An answer, or None where Enter alone is pressed. A secret is not shown while it is typed."""
        if self.silent:
            return None
        shown = f"{self._session.text(question)} – {self._session.text(texts('optional'))}"
        answer = click.prompt(shown, default="", show_default=False, hide_input=secret, err=True).strip()
        return answer or None

    def secret(self, question: Message, *, option: str) -> str:
        """An answer that is not shown while it is typed."""
        if self.silent:
            raise UsageError(texts("need", option=option), texts("need_advice"))
        while True:
            answer = click.prompt(
                self._session.text(question), default="", show_default=False, hide_input=True, err=True
            ).strip()
            if answer:
                return str(answer)
            self._session.complain(texts("answer_needed"))

    def agreed(self, question: Message) -> bool:
        """Yes or no; no where nobody is asked."""
        return not self.silent and yes_or_no(self._session, question, default=True)


def yes_or_no(session: Session, question: Message, *, default: bool) -> bool:
    """The answer to a question, in the language it is asked in."""
    yes, no = session.text(common("yes")), session.text(common("no"))
    shown = f"{session.text(question)} ({yes}/{no})"
    while True:
        answer = click.prompt(shown, default=yes if default else no, err=True).strip().lower()
        if answer and yes.startswith(answer):
            return True
        if answer and no.startswith(answer):
            return False
        session.complain(texts("answer_one_of", choices=f"{yes}, {no}"))
