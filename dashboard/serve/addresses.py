"""Which paths there are, and in which folder of a host the dashboard stands.

Behind a proxy the dashboard may stand in a folder (`https://host/escala/`). Nothing it writes names that
folder: its pages are one part long, its links, files and redirects relative to them (`./country?…`). So a
proxy that strips the folder needs to tell nothing; for one that does not, `BasePath` strips it. The one
thing that must be absolute, the address of the socket, is told by the browser itself (`WHERE` in
`assets.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Literal
from urllib.parse import urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.serve import refusals
from kpis.errors import RequestError

MOST_PATH = 60  # characters of an unknown path that are repeated in the note
HOST_NAME = re.compile(r"\*|(\*\.)?[\w-]+(\.[\w-]+)*\.?|[0-9a-f]*(:[0-9a-f]*){2,7}", re.IGNORECASE)
FOLDER = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")
PREFIX = "x-forwarded-prefix"  # a proxy's word for the folder, where it sends one

# Streamlit's own addresses that the dashboard needs, whole or as the beginning of a path.
THEIRS = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream")
THEIRS_BELOW = ("/_stcore/upload_file/", "/media/")
METRICS = "/_stcore/metrics"  # times and sizes of caches: for this machine alone
# First parts of paths that other programs and Streamlit's other settings use: never a page of ours.
RESERVED = frozenset(
    [
        "api",
        "app",
        "auth",
        "component",
        "embed",
        "favicon.ico",
        "geo",
        "graphql",
        "health",
        "healthz",
        "login",
        "logout",
        "media",
        "metrics",
        "oauth2callback",
        "own",
        "ready",
        "readyz",
        "rest",
        "static",
        "status",
    ]
)


def folder(given: str | None) -> str:
    """A base path as it is used: with a leading slash and none at the end; empty for the root of the host.

    Raises RequestError for what cannot be a folder of an address.

    >>> folder("escala/"), folder("/"), folder(None)
    ('/escala', '', '')
    """
    named = (given or "").strip().strip("/")
    if named and not FOLDER.fullmatch(f"/{named}"):
        raise RequestError(
            f"Base path '{named[:MOST_PATH]}' is no folder of an address. Allowed: letters, digits, '-', "
            "'_', '.' and '~', parts divided by '/', as in /escala."
        )
    return f"/{named}" if named else ""


def host_names(given: Iterable[str]) -> list[str]:
    """Names of the host as they are compared with what a browser sends; several may stand in one text.

    Raises RequestError for what is no name, as an address or a name with a port: nobody would be answered.

    >>> host_names(["data.example.org, *.example.com", "[::1]"])
    ['data.example.org', '*.example.com', '::1']
    """
    named = [name.strip("[]") for text in given for name in re.split(r"[,\s]+", text.strip())]
    for name in named:
        if not HOST_NAME.fullmatch(name):
            raise RequestError(
                f"Allowed host '{name[:MOST_PATH]}' is no name of a host. Allowed: a name without https://, "
                "port and path, as data.example.org, or *.example.org for all below it."
            )
    return named


def root(scope: Scope) -> str:
    """The way from the asked path to the first page, relative: "./" from a page, "../" from two parts.

    Counted on the path as the browser wrote it, in which an encoded slash divides nothing.
    """
    asked = scope.get("raw_path") or scope["path"].encode()
    return "../" * (asked.partition(b"?")[0].count(b"/") - 1) or "./"


class BasePath:
    """Takes the folder off the asked path where it is still there; the app behind sees paths of its own.

    base: the folder as `folder` gives it. What `X-Forwarded-Prefix` names is taken off as well: whoever
    lies in it only changes which of our own pages he gets. The folder without its last slash is sent on to
    itself with it.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            for base in dict.fromkeys((self.base, _told(scope))):
                if base and scope["path"] == base and scope["type"] == "http":
                    query = scope.get("query_string", b"").decode("latin-1")
                    target = f"./{base.rpartition('/')[2]}/" + (f"?{query}" if query else "")
                    await RedirectResponse(target, status_code=307)(scope, receive, send)
                    return
                if base and scope["path"].startswith(f"{base}/"):
                    asked = scope.get("raw_path") or scope["path"].encode()
                    scope = {**scope, "path": scope["path"][len(base) :], "raw_path": asked[len(base) :]}
                    break
        await self.app(scope, receive, send)


def _told(scope: Scope) -> str:
    """The folder that a proxy names; empty without one or if it can be none."""
    said = Headers(scope=scope).get(PREFIX, "").partition(",")[0].strip().rstrip("/")
    return said if FOLDER.fullmatch(said) else ""


class KnownPaths:
    """Lets pass what is there; leads a reader from a path that is no page to the first page; else 404.

    Streamlit would answer every path with its own page, and a page two parts down finds none of its
    scripts. The note on the first page says what was asked. Files (a part with a dot) and reserved paths
    are 404.

    pages: paths of the pages; home: the path of the first page; ours: paths and beginnings (ending in "/") of
    what the app behind answers besides.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str], home: str, ours: Collection[str] = ()) -> None:
        self.app = app
        self.pages = pages
        self.home = home
        self.whole = frozenset(path for path in ours if not path.endswith("/")) | frozenset(THEIRS)
        self.below = (*THEIRS_BELOW, *(path for path in ours if path.endswith("/")))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        """The answer to a path that goes no further; None for one that is there."""
        path, name = scope["path"], self._named(scope["path"])
        kind = self._kind(path)
        if kind == "there" or (kind == "metrics" and is_here(scope)):
            return None
        if kind in {"nothing", "metrics"} or scope["method"] not in {"GET", "HEAD"}:
            return refusals.plain(refusals.NOT_FOUND, 404)
        page = name if name in self.pages and name != self.home else ""
        query = scope.get("query_string", b"").decode("latin-1")
        asked = urlencode({"page": name[:MOST_PATH]}) if name not in self.pages else ""
        query = "&".join(part for part in (query, asked) if part)
        return RedirectResponse(root(scope) + page + (f"?{query}" if query else ""), status_code=307)

    def _named(self, path: str) -> str:
        """The page that a path means: in capitals too, and with a sign or blank that a text put behind it."""
        name = path.strip("/")
        meant = name.casefold().rstrip(" .,;:!?)]}>\"'»”’\u00a0\u200b")
        return meant if meant in self.pages else name

    def _kind(self, path: str) -> Literal["there", "astray", "nothing", "metrics"]:
        name = path[1:]
        if path == "/" or (name in self.pages and name != self.home):
            return "there"
        if path in self.whole or path.startswith(self.below) or path.startswith("//"):  # the last: refused
            return "there"
        if path == METRICS:
            return "metrics"
        if self._named(path) in self.pages:
            return "astray"
        parts = name.strip("/").split("/")
        file = any("." in part for part in parts) or any(ord(sign) < 32 or sign == "\\" for sign in name)
        if file or parts[0].startswith("_") or parts[0].lower() in RESERVED:
            return "nothing"
        return "astray"


LOOPBACK = {"127.0.0.1", "::1"}
FORWARDED = {"forwarded", "x-forwarded-for", "via"}  # a proxy on this machine speaks for browsers elsewhere


def is_here(scope: Scope) -> bool:
    """Whether the browser sits on this machine, as far as the connection and a proxy's headers tell."""
    return (scope.get("client") or ("",))[0] in LOOPBACK and not FORWARDED.intersection(Headers(scope=scope))
