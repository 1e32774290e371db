"""Closes connections on which no request arrives; sends what a run says in few writes.

uvicorn closes a connection that is idle after an answer, but waits forever for a first request and for the
rest of a half-sent one. A few hundred such connections use up the files that a process may open.
"""

from __future__ import annotations

import asyncio
from asyncio import BaseTransport, Transport
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

REQUEST_TIMEOUT = (
    30.0  # seconds for a request to arrive whole, counted from the connection or the last answer
)


class TimedProtocol(H11Protocol):
    """HTTP/1.1 that closes a connection without a whole request in time; no WebSocket."""

    request_timeout = REQUEST_TIMEOUT

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts the timer for the first request."""
        super().connection_made(transport)
        self._waiting = self.loop.call_later(self.request_timeout, self._time_out)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the timer."""
        self._waiting.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Starts the timer for the next request."""
        self._waiting.cancel()
        self._waiting = self.loop.call_later(self.request_timeout, self._time_out)
        super().on_response_complete()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Stops the timer: a WebSocket has pings of its own."""
        self._waiting.cancel()
        super().handle_websocket_upgrade(event)

    def _time_out(self) -> None:
        answering = self.cycle is not None and not self.cycle.response_complete
        if not answering and not self.transport.is_closing():
            self.transport.close()


class GatheringProtocol(WebSocketsSansIOProtocol):
    """A WebSocket whose messages of one moment go out in one write: a run sends seventy at a time."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Puts the gathering before the transport."""
        super().connection_made(cast(Transport, Gathered(cast(Transport, transport), self.loop)))


class Gathered:
    """A transport that hands on what is written once the loop has done what is at hand, or before it closes.

    Each write of its own took a seventh of what a run costs the loop, and woke the other side once more.
    """

    def __init__(self, transport: Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Takes bytes to be sent after those before."""
        if not self._waiting:
            self._loop.call_soon(self._hand_on)
        self._waiting.append(data)

    def close(self) -> None:
        """Sends what waits, then closes."""
        self._hand_on()
        self._transport.close()

    def _hand_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._transport.write(b"".join(waiting))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
