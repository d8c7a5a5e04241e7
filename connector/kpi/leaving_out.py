"""Which figures of the headline set are named as left out: those that could be had if it were not for the filters."""

from __future__ import annotations

from dataclasses import replace

from connector.frames.reading import Reads
from connector.kpi.question import Question
from connector.kpi.registry import chosen
from connector.kpi.result import LeftOut
from connector.kpi.subject import reader


def left_out(store: Reads, question: Question, now: int) -> tuple[LeftOut, ...]:
    """What to name: figures of the shop, and of other subjects only where some source delivers what they need.

    The headline set has those others only with a help desk; a shop without one misses nothing. `now` in microseconds
    UTC. Raises StoreError from the store.
    """
    kpis = {one.id: chosen((one.id,), question.options)[0] for one in question.left_out}
    subjects = {kpi.subject for kpi in kpis.values()} - {"shop"}
    if not subjects:
        return question.left_out
    bare = replace(question, kpis=(), filters={}, by=None)
    with store.read() as connection:
        read = {name: reader(name)(connection, bare, now, rows=False) for name in subjects}
    return tuple(
        one
        for one in question.left_out
        if kpis[one.id].subject == "shop" or not read[kpis[one.id].subject].unavailable(kpis[one.id])
    )
