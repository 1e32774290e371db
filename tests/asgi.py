"""Asks an ASGI app without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Result = TypeVar("Result")
BEHIND = 299  # what `behind` answers


@dataclass(frozen=True)
class Answer:
    """What the app said to one request."""

    status: int
    headers: dict[str, str]
    text: str


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """An app behind a guard: answers 299 and the path it was asked, after reading the whole request."""
    size = 0
    while scope["method"] == "PUT":
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": BEHIND, "headers": []})
    await send({"type": "http.response.body", "body": f"{scope['path']} {size}".encode()})


def awaited(work: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine returns; in a thread, as the browser tests keep a loop running in the main one."""
    with ThreadPoolExecutor(1) as own_loop:
        return own_loop.submit(asyncio.run, work).result()


def ask(
    app: ASGIApp,
    path: str,
    query: str = "",
    *,
    method: str = "GET",
    client: str = "10.0.0.7",
    parts: Iterable[bytes] = (b"",),
    raw: str | None = None,
    **headers: str,
) -> Answer:
    """The answer to a request; `parts` are the pieces its body arrives in, `raw` the path before decoding."""
    sent: list[Message] = []
    pieces = list(parts)

    async def receive() -> Message:
        if not pieces:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": (raw or quote(path)).encode(),
        "query_string": query.encode(),
        "client": (client, 1),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    awaited(app(scope, receive, send))
    headers_sent = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(
        sent[0]["status"],
        headers_sent,
        b"".join(part.get("body", b"") for part in sent[1:]).decode(errors="replace"),
    )
