"""Ctrl-C ends a command with code 130 and without a word, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from dashboard import ending
from tests import few
from tests.conftest import ROOT
from tests.kpis.warehouse.test_place import seen
from tests.serving import free_port

pytestmark = pytest.mark.long

# A build that waits at a moment, or is in the middle of a query there, after it has said so.
COMMAND = """
import sys, time
def reached():
    print("reached", flush=True)
{moment}
sys.argv = ["escala", *{arguments}]
from dashboard.command import main
main()
"""
MOMENTS = {
    "modules are read": """
class Waiting:
    def find_spec(name, path=None, target=None):
        if name == "duckdb":
            reached()
            time.sleep(60)
sys.meta_path.insert(0, Waiting)
""",
    "a query runs": """
import kpis.building.build
def ask(con, models):
    reached()
    for _ in range(60):
        con.execute("select count(*) from range(10000) a, range(10000) b where a.range * b.range = 7")
kpis.building.build.run_models = ask
""",
    "the file is whole, not yet in place": """
import os
import kpis.building.build
def wait(*_):
    reached()
    time.sleep(60)
os.replace = wait
""",
}


# The fault of a renewal is kept while a good warehouse can be served; here the file is taken for one.
STALE = """
import kpis.building.opening as opening
opening.published_state = lambda path: ("older figures", 2026, False)
"""


def stopped(
    moment: str, number: int, home: Path, arguments: Sequence[str] = ("build",), before: str = ""
) -> tuple[int, str]:
    """How a command ended that was stopped at a moment: its code, and all that it printed from there on."""
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND.format(moment=MOMENTS[moment] + before, arguments=list(arguments))],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "ESCALA_WAREHOUSE": str(home)},
    ) as command:
        assert command.stdout is not None
        assert command.stdout.readline() == "reached\n"
        time.sleep(0.1)  # the query has begun
        command.send_signal(number)
        try:
            printed, _ = command.communicate(timeout=30)
        finally:
            command.kill()
        return command.returncode, printed


@pytest.fixture
def few_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One figure, so that a build takes a moment."""
    monkeypatch.setenv("ESCALA_DATA", str(few.folder(tmp_path / "data", few.ONE)))


@pytest.mark.usefixtures("few_figures")
@pytest.mark.parametrize(
    ("moment", "number", "code"),
    [
        pytest.param("modules are read", signal.SIGINT, 130, marks=pytest.mark.whole),
        ("a query runs", signal.SIGINT, 130),
        pytest.param("the file is whole, not yet in place", signal.SIGINT, 130, marks=pytest.mark.whole),
        ("the file is whole, not yet in place", signal.SIGTERM, -signal.SIGTERM),
    ],
)
def test_a_build_ends_quietly_and_tidies_up(tmp_path: Path, moment: str, number: int, code: int) -> None:
    home = tmp_path / "home" / "w.duckdb"
    home.parent.mkdir()
    assert stopped(moment, number, home) == (code, "")
    assert seen(home.parent) == {}


@pytest.mark.usefixtures("few_figures")
def test_a_server_that_is_told_to_end_while_it_builds_does_not_begin_to_serve(tmp_path: Path) -> None:
    arguments = ("serve", "--port", str(free_port()))
    ended = stopped("a query runs", signal.SIGTERM, tmp_path / "w.duckdb", arguments, STALE)
    assert ended == (-signal.SIGTERM, "")


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, -signal.SIGTERM, marks=pytest.mark.whole)],
)
@pytest.mark.usefixtures("home")
def test_a_server_ends_quietly(number: int, code: int) -> None:
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
