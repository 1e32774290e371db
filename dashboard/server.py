"""The ASGI app: the dashboard, the map outlines and the guards in front of both.

`create_app` makes the app for any ASGI server; `serve` runs it on uvicorn with room for an over-long address,
so that the reader gets an explanation and not a dropped connection. Nothing here or in the pages calls
another host.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import socket
from collections.abc import Collection
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from time import sleep
from urllib.parse import urlencode

import streamlit as st
import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import net_util

from dashboard import assets
from kpis import paths
from kpis.errors import EngineError, EscalaError

HERE = Path(__file__).resolve().parent
HOME = "world"
PAGES = frozenset(path.stem for path in (HERE / "app_pages").glob("[a-z]*.py"))  # a page's module is its path
QUERY_LIMIT = 8 * 1024  # bytes; ten areas and every control need less than 400
HEADER_ROOM = 1024 * 1024  # bytes uvicorn reads of a request head, so that the guard can answer politely
DAY = 24 * 60 * 60
# Options of glibc's malloc by their numbers in malloc.h, and what they are set to.
M_ARENA_MAX, HEAPS = -8, 2
M_MMAP_THRESHOLD, LARGE = -3, 1024 * 1024
M_TRIM_THRESHOLD, SPARE = -1, 16 * 1024 * 1024
TIDY = 20  # seconds between two looks for what nobody needs any more
QUIET = 60  # seconds after the start, in which whoever waits for the server has come
MOST_PATH = 60  # characters of an unknown path that are repeated in the note

# Streamlit's own page needs inline scripts and styles, and its Arrow and Vega parts `eval`;
# everything else stays on this host, so even a mistake in a page cannot call another one.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: blob: data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}

TOO_LONG = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>414 · Escala</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:1.1rem/1.5 Georgia,serif;max-width:38rem;margin:12vh auto;padding:0 1rem;color:#1B2A33;
background:#FCFBF8}}a{{color:#0B5A5E}}</style></head><body>
<main><h1>The address is too long</h1>
<p>The part after “?” has {size:,} bytes; this dashboard reads at most {limit:,}.
Open <a href="/?lang=en">the first page</a> and choose again.</p>
<section lang="es"><h1>La dirección es demasiado larga</h1>
<p>La parte que sigue a «?» tiene {size} bytes; este tablero lee {limit} como máximo.
Abra <a href="/?lang=es">la primera página</a> y elija de nuevo.</p></section></main></body></html>"""


class QueryGuard:
    """Answers an over-long query string with 414 and a page that says what to do, in both languages."""

    def __init__(self, app: ASGIApp, limit: int = QUERY_LIMIT) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = len(scope.get("query_string", b""))
        if scope["type"] == "http" and size > self.limit:
            page = HTMLResponse(TOO_LONG.format(size=size, limit=self.limit), status_code=414)
            await page(scope, receive, send)
            return
        await self.app(scope, receive, send)


class KnownPaths:
    """Sends a reader from a path that is no page to the first page, with a note of what was asked.

    Streamlit would show its own English message. `home` is the path of the first page.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str], home: str) -> None:
        self.app = app
        self.pages = pages
        self.home = home

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope.get("path", "/").strip("/")
        plain = name and "/" not in name and "." not in name and not name.startswith("_")
        if scope["type"] != "http" or not plain or (name in self.pages and name != self.home):
            await self.app(scope, receive, send)
            return
        query = scope.get("query_string", b"").decode("latin-1")
        asked = "" if name == self.home else urlencode({"page": name[:MOST_PATH]})
        target = "&".join(part for part in (query, asked) if part)
        await RedirectResponse(f"/?{target}" if target else "/", status_code=307)(scope, receive, send)


class SecurityHeaders:
    """Adds the headers of SECURITY_HEADERS to every HTTP answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/geo/"):
                    headers.setdefault("Cache-Control", f"public, max-age={DAY}")
            await send(message)

        await self.app(scope, receive, send_with_headers)


async def favicon(_request: Request) -> Response:
    """The four steps, as SVG."""
    return FileResponse(HERE / "static" / "favicon.svg", media_type="image/svg+xml")


async def takeaway(_request: Request) -> Response:
    """The script that draws pictures of charts in the browser, asked for anew after an update."""
    path = HERE / "static" / "takeaway.js"
    return FileResponse(path, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def create_app() -> st.App:
    """The dashboard as an ASGI app. Streamlit's gzip layer covers the added routes too."""
    # Streamlit asks an outside service for this machine's address when a page is opened from elsewhere.
    net_util.get_external_ip = lambda: None
    return st.App(
        HERE / "app.py",
        routes=[
            Mount("/geo", StaticFiles(directory=paths.data_dir() / "geo", check_dir=False), name="geo"),
            Route("/takeaway.js", takeaway),
            Route("/favicon.svg", favicon),
            Route("/favicon.png", favicon),
            Route("/favicon.ico", favicon),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(QueryGuard),
            Middleware(KnownPaths, pages=PAGES, home=HOME),
            Middleware(assets.Assets, pages=PAGES),
        ],
    )


def bind(host: str, port: int) -> socket.socket:
    """A listening socket on host and port.

    Raises EngineError if the port is taken, not allowed or the host is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except OSError as fault:
        listener.close()
        remedy = f"Choose another one: `escala serve --port {port + 1}` or `make run PORT={port + 1}`."
        if fault.errno == errno.EADDRINUSE:
            raise EngineError(f"Port {port} on {host} is in use by another program. {remedy}") from fault
        if fault.errno == errno.EACCES:
            raise EngineError(f"Port {port} on {host} needs rights you do not have. {remedy}") from fault
        raise EngineError(f"Cannot listen on {host}, port {port}: {fault.strerror or fault}.") from fault
    except OverflowError as fault:
        listener.close()
        raise EngineError(f"Port {port} is out of range. Allowed: 1 to 65535.") from fault
    return listener


def warm_up() -> None:
    """Imports what the pages use, then takes all of it out of the garbage collector's sight.

    Modules live as long as the server; to walk them at every collection takes longer than to draw a page.
    """
    _frugal()
    import_module("dashboard.router")
    gc.collect()
    gc.freeze()


def _frugal() -> None:
    """Has the C library, where it is glibc, give memory back.

    Every run of a page has a thread of its own, and glibc gives threads heaps that each keep what they once
    held: two heaps for all. Large blocks (matrices of draws) go back to the system at once instead of leaving
    holes that nothing else fits in. In the crowd of the benchmark the server took 830 MB without the
    first, 600 with it and 480 with both.
    """
    with suppress(OSError, AttributeError, TypeError):
        for option, value in (
            (M_ARENA_MAX, HEAPS),
            (M_MMAP_THRESHOLD, LARGE),
            (M_TRIM_THRESHOLD, SPARE),
        ):
            ctypes.CDLL(None).mallopt(option, value)


def prepare() -> None:
    """Reads what the first visitors of several pages would otherwise wait for; while the server runs.

    Says nothing if there is no warehouse: the pages say it to the reader, with the remedy.
    """
    from dashboard import ahead

    with suppress(EscalaError):
        ahead.read()
        gc.collect()
        gc.freeze()
        sleep(QUIET)
        ahead.read_later()


def tidy() -> None:
    """Now and then collects what finished runs left behind, and hands free memory back to the system."""
    while True:
        sleep(TIDY)
        gc.collect()
        with suppress(OSError, AttributeError, TypeError):
            ctypes.CDLL(None).malloc_trim(0)


def serve(host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serves the dashboard until interrupted. Raises EngineError if the port cannot be had."""
    listener = bind(host, port)
    warm_up()
    config = uvicorn.Config(
        create_app(),
        http="h11",
        ws="websockets-sansio",
        h11_max_incomplete_event_size=HEADER_ROOM,
        ws_max_size=200 * 1024 * 1024,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host
    print(f"Escala: http://{shown}:{port}", flush=True)
    for job in (prepare, tidy):
        Thread(target=job, name=f"escala-{job.__name__}", daemon=True).start()
    with listener:
        uvicorn.Server(config).run(sockets=[listener])
