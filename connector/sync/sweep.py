"""The sweep: what vanished or changed without a trace.

Deleted refunds, bulk SQL, late commits and emptied trash move no change date. The ids are listed with their stamps;
what differs is read again, what is missing is asked for singly, and only a 404 to that makes it gone. When too much
would be gone at once, nothing is marked: it is likelier that the shop moved or the key lost a right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from connector.contract import ListsStamps, ReadsOne
from connector.errors import LossSuspected
from connector.messages.sync import texts
from connector.store.sweeps import Comparison, comparing

if TYPE_CHECKING:
    from connector.sync.stream import StreamRun

BELIEVABLE = 20  # so many may always vanish at once
BELIEVABLE_SHARE = 0.05


def sweep_stamps(run: StreamRun) -> None:
    """Compare every id and stamp; read again what differs. Raises `LossSuspected`."""
    assert isinstance(run.adapter, ListsStamps)
    with comparing(run.store, run.source_id, run.stream, run.clock.now()) as comparison:
        for listed in run.adapter.stamps(run.stream):
            comparison.seen(listed.stamps, listed.locators)
        _refuse_sudden_nothing(run, comparison)
        for chunk in comparison.differing():
            # One that was listed a moment ago and is not there now is gone for good: it was seen and then answered 404.
            run.mark_gone(wanted.id for wanted in run.read(chunk))
        _mark_missing(run, comparison)


def sweep_whole(run: StreamRun) -> None:
    """Read everything again, then ask for what did not come. Raises `LossSuspected`."""
    with comparing(run.store, run.source_id, run.stream, run.clock.now()) as comparison:
        for page in run.adapter.pull(run.stream, None):
            run.save(page)
            comparison.seen({record.id: None for record in page.records})
        _refuse_sudden_nothing(run, comparison)
        _mark_missing(run, comparison)


def _mark_missing(run: StreamRun, comparison: Comparison) -> None:
    if not isinstance(run.adapter, ReadsOne):
        return
    held = comparison.count_held
    limit = max(BELIEVABLE, int(held * BELIEVABLE_SHARE))
    gone: list[str] = []
    for chunk in comparison.missing():
        gone.extend(wanted.id for wanted in run.read(chunk))
        if run.accept_loss:
            run.mark_gone(gone)
            gone.clear()
        elif len(gone) > limit:
            raise LossSuspected(
                texts("loss", missing=len(gone), held=held, stream=run.stream.name),
                texts("loss_advice", source=run.source),
            )
    run.mark_gone(gone)


def _refuse_sudden_nothing(run: StreamRun, comparison: Comparison) -> None:
    if comparison.count_seen == 0 and comparison.count_held > 0 and not run.accept_loss:
        raise LossSuspected(
            texts("loss_all", held=comparison.count_held, stream=run.stream.name),
            texts("loss_advice", source=run.source),
        )
