"""A pretend server as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest
import requests

from connector.messages.simulation import texts
from connector.simulation.serve import main

COMMAND = [sys.executable, "-m", "connector.simulation.serve"]


def test_it_serves_until_it_is_interrupted() -> None:
    options = ["woocommerce", "--bulk", "250", "--latency", "1ms", "--faults", "bom", "--seed", "2"]
    with subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        settings = json.loads(process.stdout.readline())
        assert settings["adapter"] == "woocommerce"
        assert settings["url"] in process.stderr.readline()
        answer = requests.get(f"{settings['url']}/wp-json/", timeout=5)
        assert answer.content.startswith(b"\xef\xbb\xbf{")
        process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
        process.wait(timeout=10)
    assert os.name == "nt" or process.returncode == 130


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (["nonesuch"], "unknown"),
        (["woocommerce", "--small", "--faults", "fire:0.1"], "bad_faults"),
        (["woocommerce", "--small", "--faults", "503:2"], "bad_faults"),
        (["woocommerce", "--small", "--latency", "soon"], "bad_latency"),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_wrong_calls_are_told_so(
    options: list[str], key: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*options, "--language", language]) == 2
    said = capsys.readouterr().err
    assert said.startswith(texts.text(language, key).partition("{")[0].strip() or ("'" + options[-1]))


def test_a_port_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["woocommerce", "--small", "--port", str(port)]) == 2
    assert f"Port {port} cannot be used." in capsys.readouterr().err


def test_help_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("en", "benchmarks"), ("de", "Ausprobieren")):
        with pytest.raises(SystemExit) as stopped:
            main(["--help", "--language", language])
        assert stopped.value.code == 0
        assert word in capsys.readouterr().out
