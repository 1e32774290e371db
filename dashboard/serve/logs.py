"""Log lines for programs: one JSON object a line, with nothing about who made a request or what for.

`escala serve --log json` writes them to standard output. They contain no client addresses, no query strings
(choices, plans and notes), no names of sessions and files, no unknown paths (people type names into them).

| event | when | keys besides `time`, `event` |
|---|---|---|
| `start` | the server listens | `version`, `address` |
| `request` | an answer went out | `method`, `route`, `status`, `ms`, `bytes` |
| `session` | a reader's socket closed | `seconds` |
| `message` | a library warns | `level`, `logger`, `message`, and of exceptions `exception`, `at` |
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.serve import internals

BELOW = ("/static/", "/own/", "/geo/", "/media/", "/_stcore/upload_file/")
METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}


class Lines:
    """Writes events as lines of JSON to a stream."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout

    def write(self, event: str, **keys: object) -> None:
        """One line; `keys` are its keys besides time (UTC) and event."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = json.dumps({"time": now, "event": event} | keys, ensure_ascii=False, default=str)
        self.stream.write(f"{line}\n")
        self.stream.flush()


class Requests:
    """Writes a line for every answer and every closed socket.

    routes: paths that are written as they are. Of paths below BELOW the beginning is written, of all others
    `other`.
    """

    def __init__(self, app: ASGIApp, lines: Lines, routes: Collection[str]) -> None:
        self.app = app
        self.lines = lines
        self.routes = frozenset(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        start, counts = time.perf_counter(), {"status": 0, "bytes": 0}

        async def send_and_count(message: Message) -> None:
            if message["type"] == "http.response.start":
                counts["status"] = message["status"]
            counts["bytes"] += len(message.get("body") or b"")
            await send(message)

        try:
            await self.app(scope, receive, send_and_count)
        finally:
            took = time.perf_counter() - start
            if scope["type"] == "websocket":
                self.lines.write("session", seconds=round(took, 1))
            else:
                method = scope["method"] if scope["method"] in METHODS else "other"
                self.lines.write(
                    "request",
                    method=method,
                    route=self.route(scope["path"]),
                    status=counts["status"] or 500,
                    ms=round(1000 * took, 1),
                    bytes=counts["bytes"],
                )

    def route(self, path: str) -> str:
        """What is written of a path."""
        if path in self.routes:
            return path
        return next((start for start in BELOW if path.startswith(start)), "other")


class Messages(logging.Handler):
    """Writes what libraries log; of an exception only its type and the line that raised it."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(logging.WARNING)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """One line for a record."""
        keys: dict[str, object] = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": str(record.msg).partition("\n")[0],  # the template, without the values put into it
        }
        if record.exc_info and record.exc_info[1] is not None:
            fault = record.exc_info[1]
            frames = traceback.extract_tb(fault.__traceback__)
            at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
            keys |= {"exception": type(fault).__name__, "at": at}
        self.lines.write("message", **keys)


def divert(lines: Lines) -> None:
    """Sends what libraries log to `lines` and nowhere else."""
    logging.getLogger().handlers = [Messages(lines)]
    internals.log_to_root({"uvicorn", "streamlit", "asyncio", "websockets"})
