"""How long the figures across shop and service take over a million orders and 300,000 conversations.

    python -m tests.benchmarks.across [--orders 1000000] [--conversations 300000]

The store is filled directly. `ours` is `connector kpi --json` with all figures of section 6 in a fresh process:
start-up, reading, computing, printing; then each figure by itself. Beside the time on the wall stands the processor's,
since only that is the same on a busy machine.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from sqlalchemy import Connection

from connector.conversations import ServiceRules, marking
from connector.instants import DAY, HOUR
from connector.kpi.across.figures import ACROSS
from connector.simulation.clock import FakeClock
from connector.store import open_store
from tests.benchmarks import kpi
from tests.benchmarks.service import NUMBERS, add_desk, run

START, SPAN = kpi.START, kpi.YEARS * 365 * DAY

CONFIG = f"""{kpi.CONFIG}\
  desk: {{adapter: zendesk, url: "https://desk.example", access_token: token}}
"""


def main() -> None:
    """Build the store, time all, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--persons", type=int, default=300_000)
    parser.add_argument("--conversations", type=int, default=300_000)
    parser.add_argument("--each", action="store_true", help="each figure by itself, too")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "connector.db"
        config = path.with_name("config.yaml")
        config.write_text(CONFIG, encoding="utf-8")
        config.chmod(0o600)
        begun = time.perf_counter()
        kpi.build(path, asked.orders, asked.persons)
        with open_store(f"sqlite:///{path}", clock=FakeClock()) as store, store.write() as connection:
            marking.begin(connection, marking.premises(connection, ServiceRules()), everything=False)
            _fill(connection, asked.conversations, asked.persons)
        print(
            f"{asked.orders:,} orders, {asked.conversations:,} conversations, {path.stat().st_size / 1e6:.0f} MB, "
            f"written in {time.perf_counter() - begun:.0f} s"
        )
        begun = time.perf_counter()
        call = ("-m", "connector", "--config", str(config), "kpi")
        run(*call, "orders", "--json")  # settles what is open: persons, and which order a conversation is about
        print(f"settled in {time.perf_counter() - begun:.0f} s")
        sets = {"section 6": [one.id for one in ACROSS]}
        if asked.each:
            sets |= {one.id: [one.id] for one in ACROSS}
        for name, ids in sets.items():
            wall, processor = run(*call, *ids, "--json")
            print(f"{name:26} {wall:5.2f} s ({processor:.2f} s processor)", flush=True)


def _fill(connection: Connection, conversations: int, persons: int) -> None:
    """Conversations of the shop's persons and of strangers; a fifth are chats, a seventh wait, a tenth are rated."""
    send = connection.exec_driver_sql
    add_desk(connection, 2, START + SPAN)
    numbers = NUMBERS.format(count=conversations)
    created = f"({START} + i * {SPAN // conversations})"
    person = f"(1 + (i * 7919) % {persons * 5 // 4})"
    reply, waits = "(30 + (i * 101) % 150000)", "i % 7 = 0"
    address = f"CASE WHEN i % 10 = 3 THEN NULL ELSE 'person' || {person} || '@mail.example.test' END"
    replied = f"CASE WHEN NOT ({waits}) THEN {created} + {reply} * 1000000 END"
    send(
        "INSERT INTO conversations (source_id, conversation_id, channel, status, state, countable, agent_id, "
        f"group_name, tags, created_at, person_id, email, email_key, url) {numbers} SELECT 2, printf('%08d', i), "
        "CASE i % 5 WHEN 0 THEN 'chat' WHEN 1 THEN 'form' ELSE 'email' END, 'open', 'open', 1, 'agent' || (i % 20), "
        f"'team' || (i % 3), '[\"tag' || (i % 40) || '\"]', {created}, CASE WHEN i % 10 = 3 THEN NULL ELSE {person} "
        f"END, {address}, {address}, "
        "'https://desk.example/tickets/' || i FROM n"
    )
    send(
        "INSERT INTO conversation_times (source_id, conversation_id, state, countable, has_messages, has_history, "
        "opened_by, first_customer_message_at, frt_from_at, first_reply_at, frt_seconds, solved_at) "
        f"{numbers} SELECT 2, printf('%08d', i), CASE WHEN {waits} THEN 'open' ELSE 'solved' END, 1, 1, 1, "
        f"'customer', {created}, {created}, {replied}, CASE WHEN NOT ({waits}) THEN {reply} END, {replied} FROM n"
    )
    send(f"INSERT INTO conversation_spans {numbers} SELECT 2, printf('%08d', i), {created}, {replied} FROM n")
    send(
        "INSERT INTO survey_answers (source_id, answer_id, survey, kind, metric, scale, score, answered_at, "
        f"conversation_id, person_id, superseded) {numbers} SELECT 2, 'a' || i, 'rating', 'transactional', 'csat', "
        f"'1-5', 1 + i % 5, {created} + {HOUR * 30}, printf('%08d', i), {person}, 0 FROM n WHERE i % 10 = 1"
    )


if __name__ == "__main__":
    main()
