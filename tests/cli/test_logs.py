"""What the log says on the screen: in the owner's language, and a daemon less than a call that somebody waits for."""

from __future__ import annotations

import logging

import pytest

from connector.cli import logs
from connector.cli.session import Session
from connector.messages.transport import texts


@pytest.mark.parametrize(("journal", "shown"), [(False, True), (True, False)])
def test_a_wait_is_told_in_the_owners_language_to_whoever_waits(
    journal: bool, shown: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    session = Session()
    session.language = "de"
    logs.set_up(session, 0, journal=journal)
    log = logging.getLogger("connector.transport")
    log.warning("%s", texts("asking_again", what=texts("no_list", url="https://shop.example", key="x"), minutes=5))
    log.info("GET https://shop.example: no connection; try 2 follows in 0.3 s")
    said = capsys.readouterr().err
    assert ("enthält keine Liste `x`. Es wird weiter gefragt, noch bis zu 5 min." in said) is shown
    assert "no connection" not in said
