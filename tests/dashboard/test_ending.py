"""Ctrl-C ends a command with code 130 and without a word, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dashboard import ending
from tests.conftest import ROOT
from tests.kpis.warehouse.test_place import seen
from tests.serving import free_port

MOMENTS = (0.4, 1.2, 2.0, 2.6)  # while modules are read, and while the warehouse is built


def stopped(args: list[str], after: float, number: int, home: Path) -> tuple[int, str]:
    """How a command ended that was stopped after some seconds: its code, and all that it printed."""
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "ESCALA_WAREHOUSE": str(home)},
    ) as command:
        time.sleep(after)
        command.send_signal(number)
        printed, _ = command.communicate(timeout=30)
        return command.returncode, printed


@pytest.mark.parametrize("after", MOMENTS)
def test_a_build_ends_quietly(tmp_path: Path, after: float) -> None:
    code, printed = stopped(["build"], after, signal.SIGINT, tmp_path / "w.duckdb")
    if code == 0:
        pytest.skip("the build was done before")
    assert (code, printed) == (130, "")
    assert set(seen(tmp_path)) <= {"w.duckdb"}


def test_a_build_that_is_terminated_tidies_up(tmp_path: Path) -> None:
    code, printed = stopped(["build"], 2.0, signal.SIGTERM, tmp_path / "w.duckdb")
    assert (code, printed) == (-signal.SIGTERM, "")
    assert set(seen(tmp_path)) <= {"w.duckdb"}


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_server_ends_quietly(home: Path, number: int, code: int) -> None:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as server:
        assert server.stdout is not None
        assert "Escala: http://" in server.stdout.readline()
        time.sleep(1)
        server.send_signal(number)
        printed, _ = server.communicate(timeout=30)
    assert (server.returncode, printed) == (code, "")


def test_handlers_are_put_back_and_other_threads_are_left_alone() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with ending.quietly():
        assert signal.getsignal(signal.SIGINT) is not before[0]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
    with pytest.raises(ValueError, match="as it is"), ending.quietly():
        raise ValueError("as it is")
    seen_there = []

    def elsewhere() -> None:
        with ending.quietly():
            seen_there.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert seen_there == [before[0]]
