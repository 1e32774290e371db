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
from websockets.asyncio.client import connect

from dashboard.serve.connections import REQUEST_TIMEOUT, GatheringProtocol, TimedProtocol
from tests.asgi import awaited


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


async def talkative(scope, receive, send):
    """Says three things at once on a WebSocket, waits for an answer, says one more and closes."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        for text in ("a", "b", "c" * 100_000):
            await send({"type": "websocket.send", "text": text})
        await receive()
        await send({"type": "websocket.send", "text": "last"})
        await send({"type": "websocket.close"})


def test_messages_of_one_moment_go_out_in_one_write_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[int] = []

    class Counted(GatheringProtocol):
        def connection_made(self, transport):
            write = transport.write
            monkeypatch.setattr(transport, "write", lambda data: (writes.append(len(data)), write(data))[1])
            super().connection_made(transport)

    async def talk() -> list[str | bytes]:
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(talkative, http=TimedProtocol, ws=Counted, log_level="error", lifespan="off")
        )
        task = asyncio.create_task(server.serve(sockets=[listener]))
        said: list[str | bytes] = []
        async with connect(f"ws://127.0.0.1:{listener.getsockname()[1]}", proxy=None) as line:
            said = [await line.recv() for _ in range(3)]
            await line.send("go on")
            said += [message async for message in line]
        server.should_exit = True
        await task
        return said

    assert awaited(talk()) == ["a", "b", "c" * 100_000, "last"]
    assert len(writes) <= 4  # the greeting with all three, the last one, the farewell
