"""The units that start the daemon are well-formed and call what exists."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / "docs" / "run"


def test_the_systemd_unit_is_understood(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd here")
    text = (RUN / "connector.service").read_text(encoding="utf-8")
    called = re.search(r"^ExecStart=(\S+)", text, re.MULTILINE)
    assert called
    unit = tmp_path / "connector.service"
    unit.write_text(text.replace(called[1], sys.executable), encoding="utf-8")
    done = subprocess.run([program, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_systemd_unit_leaves_the_daemon_the_time_it_needs() -> None:
    text = (RUN / "connector.service").read_text(encoding="utf-8")
    assert int(re.findall(r"TimeoutStopSec=(\d+)", text)[0]) > 10
    assert "RestartPreventExitStatus=2 4" in text


def test_the_windows_task_is_well_formed_and_calls_the_daemon() -> None:
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    task = ElementTree.parse(RUN / "windows-task.xml").getroot()  # noqa: S314 - our own file
    assert task.findtext("t:Settings/t:ExecutionTimeLimit", namespaces=space) == "PT0S"
    arguments = task.findtext("t:Actions/t:Exec/t:Arguments", namespaces=space)
    assert arguments is not None
    assert "connector.exe --config C:\\connector\\config.yaml daemon" in arguments


def test_the_property_list_in_the_instructions_is_well_formed() -> None:
    import plistlib

    text = (RUN / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```xml\n(.*?)```", text, re.DOTALL)
    agent = plistlib.loads(block.encode())
    assert agent["ProgramArguments"][-1] == "daemon"
