"""The guards in front of the dashboard."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dashboard.server import HOME, PAGES, QUERY_LIMIT, KnownPaths, QueryGuard, SecurityHeaders, bind
from kpis.errors import EngineError


@dataclass
class Answer:
    """What the app said to one request."""

    status: int
    headers: dict[str, str]
    text: str


def ask(query: str) -> Answer:
    """Asks a page behind the guards, without a network."""
    page = Route("/", lambda request: PlainTextResponse("here"))
    app = Starlette(routes=[page], middleware=[Middleware(SecurityHeaders), Middleware(QueryGuard)])
    sent = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": []}
    with ThreadPoolExecutor(1) as own_loop:  # the browser tests keep a loop running in the main thread
        own_loop.submit(asyncio.run, app(scope, receive, send)).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:]).decode())


def test_a_long_address_is_explained_in_both_languages():
    answer = ask("a" * 500_000)
    assert answer.status == 414
    assert "500,000" in answer.text
    assert f"{QUERY_LIMIT:,}" in answer.text
    assert "demasiado larga" in answer.text


def test_an_ordinary_address_passes_with_headers_that_keep_requests_here():
    answer = ask("kpi=EGDI")
    assert answer.text == "here"
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_port_in_use_names_port_and_remedy():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(EngineError, match=rf"Port {port} .* in use.*--port {port + 1}"):
            bind("127.0.0.1", port)
    with pytest.raises(EngineError, match="out of range"):
        bind("127.0.0.1", 99999)


@pytest.mark.parametrize(
    ("path", "query", "target"),
    [
        ("/world", "kpi=OSI", "/?kpi=OSI"),
        ("/world", "", "/"),
        ("/nowhere", "lang=es", "/?lang=es&page=nowhere"),
        ("/country", "country=COL", None),
        ("/favicon.svg", "", None),
        ("/_stcore/health", "", None),
    ],
)
def test_a_path_that_is_no_page_leads_to_the_first_one(path: str, query: str, target: str | None) -> None:
    sent = []

    async def app(scope, receive, send):
        sent.append({"status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    guard = KnownPaths(app, pages=PAGES, home=HOME)
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    with ThreadPoolExecutor(1) as own_loop:
        own_loop.submit(asyncio.run, guard(scope, None, send)).result()
    location = dict(sent[0].get("headers", [])).get(b"location")
    assert location == (target.encode() if target else None)
