"""Who goes first when few requests may be under way at once."""

from __future__ import annotations

import threading

from connector.transport.slots import Slots


def waiting(slots: Slots, number: int) -> None:
    """Return when so many wait for a slot."""
    while len(slots._waiting) < number:
        threading.Event().wait(0.001)


def test_whoever_began_last_goes_first_and_in_one_walk_the_first_to_come() -> None:
    slots = Slots(1)
    walk, look_up = slots.begin(), slots.begin()
    served: list[str] = []

    def take(name: str, rank: int) -> None:
        with slots.one(rank):
            served.append(name)

    threads = []
    with slots.one(walk):
        for number, (name, rank) in enumerate((("page 2", walk), ("page 3", walk), ("look-up", look_up)), start=1):
            threads.append(threading.Thread(target=take, args=(name, rank)))
            threads[-1].start()
            waiting(slots, number)
        assert served == []
    for thread in threads:
        thread.join()
    assert served == ["look-up", "page 2", "page 3"]


def test_a_slot_comes_back_when_a_request_fails() -> None:
    slots = Slots(1)
    for _ in range(3):
        try:
            with slots.one(slots.begin()):
                raise OSError
        except OSError:
            pass
    with slots.one(slots.begin()):
        pass
