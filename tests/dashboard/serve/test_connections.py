"""Connections on which nothing is asked end; those that ask are let be."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
import uvicorn

from dashboard.serve.connections import REQUEST_TIMEOUT, TimedProtocol


class Hasty(TimedProtocol):
    request_timeout = 0.4


async def slow(scope, _receive, send):
    """Answers after twice the timeout."""
    if scope["type"] == "http":
        await asyncio.sleep(2 * Hasty.request_timeout)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = uvicorn.Server(
        uvicorn.Config(slow, port=0, http=Hasty, log_level="error", lifespan="off", timeout_keep_alive=60)
    )
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(10)


def closed_after(port: int, sent: bytes) -> tuple[float, bytes]:
    """Seconds until the server ends a connection on which something was sent, and what it said."""
    began, said = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(sent)
        while part := line.recv(4096):
            said += part
    return time.monotonic() - began, said


@pytest.mark.parametrize("sent", [b"", b"GET / HTT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_connection_without_a_whole_request_is_ended(port: int, sent: bytes) -> None:
    took, said = closed_after(port, sent)
    assert Hasty.request_timeout * 0.8 < took < 5
    assert said == b""


def test_a_slow_answer_is_waited_for_and_silence_after_it_ends(port: int) -> None:
    took, said = closed_after(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert said.endswith(b"ok")
    assert 3 * Hasty.request_timeout * 0.8 < took < 5


def test_a_trickle_of_half_requests_buys_no_time(port: int) -> None:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line, suppress(OSError):
        while time.monotonic() - began < 5:
            line.sendall(b"G")
            time.sleep(0.1)
    assert time.monotonic() - began < 5


def test_a_reader_has_half_a_minute() -> None:
    assert REQUEST_TIMEOUT == 30
