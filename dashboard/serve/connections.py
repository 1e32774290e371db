"""Connections that ask nothing end, so that they keep nobody else out.

uvicorn ends a connection that falls silent after an answer, and waits without end for the first request and
for the rest of a half-sent one: a few hundred such connections use up the files that a process may open.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 30.0  # seconds for a request to arrive whole, counted from the connection or the last answer


class PatientProtocol(H11Protocol):
    """HTTP that ends a connection on which no request arrived within `patience` seconds; no WebSocket."""

    patience = PATIENCE

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts to wait for the first request."""
        super().connection_made(transport)
        self._waiting = self.loop.call_later(self.patience, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits no more."""
        self._waiting.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Starts to wait for the next request."""
        self._waiting.cancel()
        self._waiting = self.loop.call_later(self.patience, self._give_up)
        super().on_response_complete()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """A socket has pings of its own."""
        self._waiting.cancel()
        super().handle_websocket_upgrade(event)

    def _give_up(self) -> None:
        answering = self.cycle is not None and not self.cycle.response_complete
        if not answering and not self.transport.is_closing():
            self.transport.close()
