"""Starts the app as a reader does: a process of its own, on a free port of this host."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.conftest import ROOT

START_SECONDS = 180  # reached only when something is wrong or the machine is very busy


@dataclass(frozen=True)
class Served:
    """A running server: its address without a final slash, its process id."""

    address: str
    pid: int

    def resident_megabytes(self) -> float:
        """Memory of the process now, in MB; Linux only."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def cpu_seconds(self) -> float:
        """Processor time of the process so far, all its threads; Linux only."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def launch(
    warehouse: Path, program: Sequence[str] = ("-m", "dashboard", "serve"), port: int | None = None
) -> tuple[Served, subprocess.Popen[bytes]]:
    """The app from another folder, answering, and its process. `program` is given `--port` and a free port,
    where none is named.

    Raises RuntimeError with what the server said if it stops or does not answer in START_SECONDS.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile() as printed:  # not a pipe: a full one stops whoever writes to it
        server = subprocess.Popen(
            [sys.executable, *program, "--port", str(port)],
            cwd="/",
            env=os.environ | {"PYTHONPATH": str(ROOT), "ESCALA_WAREHOUSE": str(warehouse)},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(server, address, printed)
        except BaseException:  # also a run broken off by hand leaves no server behind
            _end(server)
            raise
    return Served(address, server.pid), server


@contextmanager
def served(warehouse: Path, program: Sequence[str] = ("-m", "dashboard", "serve")) -> Iterator[Served]:
    """What `launch` starts, until the block ends."""
    running, server = launch(warehouse, program)
    try:
        yield running
    finally:
        _end(server)


def stop(pid: int) -> None:
    """Asks a server that perhaps another process started to end."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:  # a thread of another program's server may wait for the network
        server.kill()
        server.wait()


def _wait(server: subprocess.Popen[bytes], base: str, printed: IO[bytes]) -> None:
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            printed.seek(0)
            raise RuntimeError(f"the app stopped: {printed.read().decode()}")
        try:
            urllib.request.urlopen(base, timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the app did not answer")
