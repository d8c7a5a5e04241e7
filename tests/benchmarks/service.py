"""How long the figures of the service take over half a million conversations, and what reading alone takes.

    python -m tests.benchmarks.service [--conversations 500000] [--messages 3000000]

The store is filled directly, with what conversations come to already told. `ours` is `connector kpi --json` in a fresh
process: start-up, reading, computing, printing; for the headline figures, and for all figures of section 5. `floor` is
a fresh process that reads the same columns into Polars in the same way and computes nothing. Beside the time on the
wall stands the processor's, since only that is the same on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import Connection

from connector.conversations import ServiceRules, marking
from connector.instants import DAY, HOUR
from connector.kpi.service.figures import SERVICE
from connector.simulation.clock import FakeClock
from connector.store import open_store

START = 1_577_836_800_000_000  # 2020-01-01
SPAN = 5 * 365 * DAY

CONFIG = """\
store: sqlite:///connector.db
timezone: Europe/Berlin
language: en
sources:
  desk: {adapter: zendesk, url: "https://desk.example", access_token: token}
"""
HEADLINE = ("contact_volume", "frt", "full_resolution_time", "fcr")

FLOOR = """
import sys
from sqlalchemy import create_engine
from connector.frames import conversations as frames
from connector.kpi.service.figures import SERVICE
wanted = [kpi for kpi in SERVICE if kpi.id in sys.argv[2:]]
besides = set().union(*(kpi.besides for kpi in wanted))
with create_engine("sqlite:///" + sys.argv[1]).connect() as connection:
    frames.read_conversations(connection, set().union(*(kpi.columns for kpi in wanted)))
    for name in besides:
        getattr(frames, "read_" + name)(connection)
"""

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})"


def main() -> None:
    """Build the store, time all, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", type=int, default=500_000)
    parser.add_argument("--messages", type=int, default=3_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "connector.db"
        config = path.with_name("config.yaml")
        config.write_text(CONFIG, encoding="utf-8")
        config.chmod(0o600)
        begun = time.perf_counter()
        build(path, asked.conversations, asked.messages)
        size = path.stat().st_size / 1_000_000
        print(f"{asked.conversations:,} conversations, {asked.messages:,} messages, {size:.0f} MB, "
              f"written in {time.perf_counter() - begun:.0f} s")  # fmt: skip
        run("-m", "connector", "--config", str(config), "kpi", "contact_volume", "--json")  # settles what is open
        for name, ids in (("headline", HEADLINE), ("section 5", tuple(kpi.id for kpi in SERVICE))):
            ours = run("-m", "connector", "--config", str(config), "kpi", *ids, "--json")
            floor = run("-c", FLOOR, str(path), *ids)
            print(
                f"{name:14} ours {ours[0]:5.2f} s ({ours[1]:.2f} s processor)   "
                f"floor {floor[0]:5.2f} s ({floor[1]:.2f} s)   ratio {floor[1] / ours[1]:.2f}"
            )


def build(path: Path, conversations: int, messages: int) -> None:
    """A store with so many conversations, written with plain SQL; six of seven are answered and solved."""
    with open_store(f"sqlite:///{path}", clock=FakeClock()) as store, store.write() as connection:
        # By which hours and bots they were told is noted before there are any, so that nothing is left to tell.
        marking.begin(connection, marking.premises(connection, ServiceRules()), everything=False)
        _fill(connection, conversations, messages)


def add_desk(connection: Connection, number: int, synced_at: int) -> None:
    """A help desk as source `number`, last synced at an instant (microseconds UTC)."""
    connection.exec_driver_sql(
        "INSERT INTO sources (id, name, adapter, url, created_at) "
        "VALUES (?, 'desk', 'zendesk', 'https://desk.example', 0)",
        (number,),
    )
    connection.exec_driver_sql(
        "INSERT INTO stream_states (source_id, stream, last_success_at) VALUES (?, 'tickets', ?)", (number, synced_at)
    )


def _fill(connection: Connection, conversations: int, messages: int) -> None:
    send = connection.exec_driver_sql
    add_desk(connection, 1, START + SPAN)
    numbers = NUMBERS.format(count=conversations)
    created = f"({START} + i * {SPAN // conversations})"
    channels = "CASE i % 5 WHEN 0 THEN 'chat' WHEN 1 THEN 'form' ELSE 'email' END"
    send(
        f"INSERT INTO conversations (source_id, conversation_id, channel, status, state, countable, agent_id, "
        f"group_name, tags, created_at, person_id, email, url) {numbers} SELECT 1, printf('%08d', i), {channels}, "
        f"'solved', 'solved', 1, 'agent' || (i % 20), 'team' || (i % 3), '[\"tag' || (i % 40) || '\"]', {created}, "
        "i % 200000, 'person' || (i % 200000) || '@mail.example.test', 'https://desk.example/tickets/' || i FROM n"
    )
    reply, end = "(600 + i % 50000)", "(7200 + i % 400000)"
    open_ = "i % 7 = 0"
    send(
        "INSERT INTO conversation_times (source_id, conversation_id, state, countable, has_messages, has_history, "
        "opened_by, first_customer_message_at, first_reply_at, frt_from_at, frt_seconds, frt_business_seconds, "
        "frt_created_seconds, frt_created_business_seconds, frt_message_seconds, frt_message_business_seconds, "
        "reply_gap_seconds, reply_gap_business_seconds, first_solved_at, solved_at, first_resolution_seconds, "
        "first_resolution_business_seconds, resolution_seconds, resolution_business_seconds, requester_wait_seconds, "
        "requester_wait_business_seconds, agent_wait_seconds, agent_wait_business_seconds, handle_seconds, "
        "estimated_seconds, customer_messages, replies, bot_replies, agents, reopens, thanks_reopens, missed, offline, "
        "bot_only) "
        f"{numbers} SELECT 1, printf('%08d', i), CASE WHEN {open_} THEN 'open' ELSE 'solved' END, 1, 1, 1, 'customer', "
        f"{created}, CASE WHEN {open_} THEN NULL ELSE {created} + {reply} * 1000000 END, {created}, "
        + ", ".join(f"CASE WHEN {open_} THEN NULL ELSE {span} END" for span in [reply, f"{reply} / 3"] * 4)
        + f", CASE WHEN {open_} THEN NULL ELSE {created} + {end} * 1000000 END"
        f", CASE WHEN {open_} THEN NULL ELSE {created} + {end} * 1000000 END, "
        + ", ".join(f"CASE WHEN {open_} THEN NULL ELSE {span} END" for span in [end, f"{end} / 3"] * 4)
        + f", i % 900, 60 + i % 900, 2, CASE WHEN {open_} THEN 0 ELSE 1 + i % 3 END, 0, 1 + i % 2, i % 13 = 0, 0, "
        "CASE WHEN i % 5 = 0 THEN i % 35 = 0 END, CASE WHEN i % 5 = 0 THEN 0 END, 0 FROM n"
    )
    send(
        f"INSERT INTO conversation_replies SELECT 1, printf('%08d', i), b.b, {created}, {created} + {reply} * 1000000, "
        f"{reply}, {reply} / 3, 'agent1' FROM ({numbers} SELECT i FROM n) CROSS JOIN "
        "(SELECT 1 AS b UNION SELECT 2) b WHERE i % 7 <> 0"
    )
    send(
        f"INSERT INTO conversation_spans {numbers} SELECT 1, printf('%08d', i), {created}, "
        f"CASE WHEN {open_} THEN NULL ELSE {created} + {end} * 1000000 END FROM n"
    )
    send(
        f"INSERT INTO messages (source_id, message_id, conversation_id, created_at, author_role, agent_id, public, "
        f"automatic) {NUMBERS.format(count=messages)} SELECT 1, printf('%09d', i), "
        f"printf('%08d', i % {conversations}), {START} + i * {HOUR // 10}, "
        "CASE i % 2 WHEN 0 THEN 'customer' ELSE 'agent' END, 'agent1', 1, 0 FROM n"
    )
    send(
        "INSERT INTO conversation_events (source_id, event_id, conversation_id, at, kind, seconds, agent_id) "
        f"{numbers} SELECT 1, 'w' || i, printf('%08d', i), {created}, 'work', 300, 'agent' || (i % 20) FROM n "
        "WHERE i % 5 = 0"
    )


def run(*call: str) -> tuple[float, float]:
    """Seconds on the wall and of the processor that a fresh process takes, the best of two."""
    found = []
    for _ in range(2):
        before, used = time.perf_counter(), os.times()
        subprocess.run([sys.executable, *call], check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        spent = after.children_user + after.children_system - used.children_user - used.children_system
        found.append((time.perf_counter() - before, spent))
    return min(found, key=lambda one: one[1])


if __name__ == "__main__":
    main()
