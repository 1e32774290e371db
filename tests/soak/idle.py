"""More silent connections than the server may open files: others wait for half a minute, not without end."""

from __future__ import annotations

import socket
import tempfile
import time
from contextlib import suppress
from urllib.parse import urlsplit
from urllib.request import urlopen

from dashboard.serve.connections import REQUEST_TIMEOUT
from tests.serving import served
from tests.soak.figures import built

FILES, SILENT = 160, 260
LIMITED = (
    f"import resource, sys; resource.setrlimit(resource.RLIMIT_NOFILE, ({FILES}, {FILES})); "
    "sys.argv = ['escala', 'serve', *sys.argv[1:]]; from dashboard.command import main; main()"
)
HALF = b"GET / HTTP/1.1\r\nHost: x\r\n"


def main() -> int:
    """Prints how long another reader waited, for connections that say nothing and that stop half-way."""
    failed = 0
    for kind, sent in (("nothing sent", b""), ("half a request", HALF)):
        with tempfile.TemporaryDirectory() as home, served(built(home), ("-c", LIMITED)) as app:
            place = urlsplit(app.address).hostname, urlsplit(app.address).port
            lines = [socket.create_connection(place) for _ in range(SILENT)]  # type: ignore[arg-type]
            for line in lines:
                line.sendall(sent)
            time.sleep(1)
            shut_out, waited = not _answers(app.address), _wait(app.address)
            ended = sum(_ended(line) for line in lines)
            for line in lines:
                line.close()
        good = waited < 2 * REQUEST_TIMEOUT + 10
        failed += not good
        first = "shut out at first" if shut_out else "served"
        print(
            f"{SILENT} connections, {kind}, {FILES} files: others {first}, answered after {waited:.0f} s, ",
            end="",
        )
        print(f"{ended} ended by then: {'good' if good else 'TOO LONG'}", flush=True)
    return failed


def _answers(address: str) -> bool:
    with suppress(OSError), urlopen(f"{address}/healthz", timeout=1):
        return True
    return False


def _wait(address: str) -> float:
    began = time.monotonic()
    while not _answers(address) and time.monotonic() - began < 5 * REQUEST_TIMEOUT:
        time.sleep(0.5)
    return time.monotonic() - began


def _ended(line: socket.socket) -> bool:
    line.settimeout(0.01)
    try:
        return line.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True
