"""Closes connections on which no request arrives.

uvicorn closes a connection that is idle after an answer, but waits forever for a first request and for the
rest of a half-sent one. A few hundred such connections use up the files that a process may open.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

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
