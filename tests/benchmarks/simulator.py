"""How fast the pretend shop answers, so that it is never what a benchmark of the sync measures.

    python tests/benchmarks/simulator.py [SIZE]

Starts it as a process of its own, walks all orders 100 at a time over one kept-alive connection, then the ids alone,
and prints requests, megabytes and orders a second, the time it took to start and its memory.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from woocommerce.oauth import OAuth


def main(size: int = 100_000) -> None:
    began = time.perf_counter()
    command = [sys.executable, "-m", "connector.simulation.serve", "woocommerce", "--bulk", str(size), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        settings = json.loads(process.stdout.readline())
        print(f"ready after {time.perf_counter() - began:.1f} s with {size} orders, {resident(process.pid)} resident")
        try:
            for what, more in (("full orders", ""), ("stamps only", "&_fields=id,date_modified_gmt,status,refunds")):
                before = cpu_seconds(process.pid)
                walk(settings, size, more, what)
                used = cpu_seconds(process.pid) - before
                print(f"    the server's own work: {used / (size / 100) * 1000:.2f} ms a request")
        finally:
            process.terminate()


def walk(settings: dict[str, str], size: int, more: str, what: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(settings["url"]).netloc)
    received = requests = 0
    began = time.perf_counter()
    for offset in range(0, size, 100):
        query = f"per_page=100&orderby=id&order=asc&offset={offset}{more}"
        address = f"{settings['url']}/wp-json/wc/v3/orders?{query}"
        signed = OAuth(address, settings["consumer_key"], settings["consumer_secret"], version="wc/v3").get_oauth_url()
        connection.request("GET", signed.removeprefix(settings["url"]), headers={"Accept": "application/json"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        received += len(body)
        requests += 1
    seconds = time.perf_counter() - began
    print(
        f"{what}, 100 a page: {requests / seconds:.0f} requests/s, {received / seconds / 1e6:.0f} MB/s, "
        f"{size / seconds:.0f} orders/s, {received / size:.0f} bytes an order"
    )


def cpu_seconds(pid: int) -> float:
    """What the process has worked so far; not a number where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> str:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return "unknown"
    return f"{next(int(line.split()[1]) for line in lines if line.startswith('VmRSS')) // 1024} MB"


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
