"""The ASGI app: the dashboard, the map outlines and the guards in front of both.

`create_app` makes the app for any ASGI server; `serve` runs it on uvicorn with room for an over-long address,
so that the reader gets an explanation and not a dropped connection. No part of it calls another host.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from threading import Thread
from time import sleep
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from uvicorn.config import LOGGING_CONFIG

from dashboard.components import embed
from dashboard.navigation import PATHS
from dashboard.paths import SCRIPT, STATIC
from dashboard.reads.workplace import WORKPLACE, is_this_machine
from dashboard.serve import assets, finding, health, internals, log_in, logs, memory, picturing
from dashboard.serve.addresses import METRICS, STREAMLIT_PATHS, BasePath, PathGuard, folder, host_names
from dashboard.serve.connections import GatheringProtocol, TimedProtocol
from dashboard.serve.embedding import Embedding, sites
from dashboard.serve.guards import QUERY_LIMIT, AllowedHosts, QueryGuard, SecurityHeaders, Uploads
from kpis import paths
from kpis.errors import EngineError, EscalaError
from kpis.version import __version__

HOME = "world"
PAGES = frozenset(PATHS)
FAVICONS = ("/favicon.svg", "/favicon.png", "/favicon.ico")
EXTRA_PATHS = (
    *FAVICONS,
    "/takeaway.js",
    finding.PATH,
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/geo/",
    picturing.FOLDER,
)  # answered besides the pages
ROUTES = (
    "/",
    *(f"/{page}" for page in PAGES),
    *(f"{embed.FOLDER}/{page}" for page in ("", *PAGES)),
    *EXTRA_PATHS,
    *STREAMLIT_PATHS,
    METRICS,
    *log_in.PATHS,
)  # written into the log as they are
BASE_ENV = "STREAMLIT_SERVER_BASE_URL_PATH"
HEADER_ROOM = 1024 * 1024  # bytes uvicorn reads of a request head, so that the guard can answer politely
DAY = 24 * 60 * 60
PAUSE = 60  # seconds after the start before slow reads begin: the first readers have been served by then


class Outlines(StaticFiles):
    """The outlines of the map, which a browser keeps for a day."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """A file as StaticFiles answers it, with that age."""
        response = super().file_response(*args, **kwargs)
        response.headers.setdefault("Cache-Control", f"public, max-age={DAY}")
        return response


async def favicon(_request: Request) -> Response:
    """The icon: four steps, as SVG."""
    return FileResponse(STATIC / "favicon.svg", media_type="image/svg+xml")


async def takeaway(_request: Request) -> Response:
    """The script that draws pictures of charts in the browser; checked for a new version at each use."""
    path = STATIC / "takeaway.js"
    return FileResponse(path, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def create_app(
    base_path: str | None = None,
    allowed_hosts: Sequence[str] = (),
    lines: logs.Lines | None = None,
    embed_for: Sequence[str] = (),
) -> st.App:
    """The dashboard as an ASGI app. Streamlit's gzip layer covers the added routes too.

    base_path: the folder of the host under which a proxy that does not strip it passes requests on; without
    one the setting `server.baseUrlPath` of Streamlit. allowed_hosts: names of the host; empty: any. lines:
    the log of answers. embed_for: sites that may show charts in frames. Raises RequestError for what is no
    folder, no name of a host or no site.
    """
    internals.ask_no_outside_address()
    internals.hand_over_in_batches()
    internals.read_theme_once()
    internals.take_html_as_it_is()
    embed.allow(sites(embed_for))
    base = folder(base_path if base_path is not None else os.environ.get(BASE_ENV))
    request_log = [Middleware(logs.Requests, lines=lines, routes=ROUTES)] if lines else []
    app = st.App(
        SCRIPT,
        routes=[
            Mount("/geo", Outlines(directory=paths.data_dir() / "geo", check_dir=False), name="geo"),
            Route("/takeaway.js", takeaway),
            Route(finding.PATH, finding.find),
            Route(picturing.PATH, picturing.picture),
            *(Route(path, favicon) for path in FAVICONS),
            Route("/healthz", health.alive),
            Route("/readyz", health.ready),
            Route("/robots.txt", health.robots),
        ],
        middleware=[
            Middleware(BasePath, base=base),
            *request_log,
            Middleware(SecurityHeaders),
            Middleware(Embedding, allowed=embed.SETTING.sites),
            Middleware(AllowedHosts),
            Middleware(QueryGuard, limit=QUERY_LIMIT),
            Middleware(assets.Assets, pages=PAGES - {HOME}),
            Middleware(PathGuard, pages=PAGES, home=HOME, ours=(*EXTRA_PATHS, *log_in.PATHS)),
            Middleware(log_in.LogIn, pages=PAGES),
            Middleware(Uploads),
        ],
    )
    internals.strip_no_folder()
    if allowed_hosts:
        internals.allow_hosts(host_names(allowed_hosts))
    return app


def bind(host: str, port: int) -> socket.socket:
    """A listening socket on host and port; port 0: any free one.

    Raises EngineError if the port is taken, not allowed or the host is empty or not one of this machine.
    """
    if not host.strip():  # the system would take it for every address of the machine
        raise EngineError(
            "No address to listen on: the host is empty. Use 127.0.0.1 for this machine alone, 0.0.0.0 for "
            "the network."
        )
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
        raise EngineError(f"Port {port} is out of range. Allowed: 0 (any free port) to 65535.") from fault
    return listener


def warm_up() -> None:
    """Imports what the pages use, before the first reader comes."""
    memory.limit_heaps()
    memory.collect_seldom()
    import_module("dashboard.router")
    assets.warm_up()
    memory.freeze()


def preload() -> None:
    """Reads what the first visitors of several pages would otherwise wait for; while the server runs.

    Without a warehouse nothing is read: the pages tell the reader so, with the remedy.
    """
    from dashboard.serve import ahead

    with suppress(EscalaError):
        ahead.answer()
        ahead.read()
        memory.freeze()
        sleep(PAUSE)
        ahead.read_later()


def serve(
    host: str = "127.0.0.1",
    port: int = 8501,
    *,
    base_path: str | None = None,
    allowed_hosts: Sequence[str] = (),
    embed_for: Sequence[str] = (),
    json_log: bool = False,
) -> None:
    """Serves the dashboard until interrupted; base_path, allowed_hosts and embed_for as for `create_app`.

    json_log: write what happens as lines of JSON (`dashboard/serve/logs.py`). Raises EngineError if the port
    cannot be had, RequestError as `create_app` does.
    """
    listener = bind(host, port)
    WORKPLACE.is_for_others = not is_this_machine(host)
    lines = logs.Lines() if json_log else None
    app = create_app(base_path, allowed_hosts, lines, embed_for)
    warm_up()
    if lines:
        logs.divert(lines)
    settings = uvicorn.Config(
        app,
        http=TimedProtocol,
        ws=GatheringProtocol,
        h11_max_incomplete_event_size=HEADER_ROOM,
        ws_max_size=200 * 1024 * 1024,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        log_config=None if lines else LOGGING_CONFIG,
    )
    address = browser_address(host, listener.getsockname()[1], folder(base_path))
    if lines:
        lines.write("start", version=__version__, address=address)
    else:
        print(f"Escala: {address}", flush=True)
    for job in (preload, memory.collect_forever):
        Thread(target=job, name=f"escala-{job.__name__}", daemon=True).start()
    with listener:
        uvicorn.Server(settings).run(sockets=[listener])


def browser_address(host: str, port: int, base: str = "") -> str:
    """The address to open in a browser on this machine.

    >>> browser_address("::1", 80), browser_address("fe80::1", 80, "/escala")
    ('http://localhost:80', 'http://[fe80::1]:80/escala/')
    """
    everywhere = {"127.0.0.1", "0.0.0.0", "::", "::1"}  # noqa: S104 - only compared
    name = "localhost" if host in everywhere else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}" + (f"{base}/" if base else "")
