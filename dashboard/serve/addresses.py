"""Which paths there are, and in which folder of a host the dashboard is served.

Behind a proxy that may be a folder (`https://host/escala/`). Nothing the dashboard writes names the folder:
paths of pages have one part, and links, files and redirects are relative to them (`./country?…`). A proxy
that strips the folder therefore needs no setting; for one that does not, `BasePath` strips it. Only the
address of the socket must be absolute, and the browser works that out itself (`WHERE` in `assets.py`).
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

MAX_QUOTED = 60  # characters of an unknown path that the note repeats
HOST_NAME = re.compile(r"\*|(\*\.)?[\w-]+(\.[\w-]+)*\.?|[0-9a-f]*(:[0-9a-f]*){2,7}", re.IGNORECASE)
FOLDER = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")
HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
FOLDER_HERE = "escala.folder"  # in the scope: the folder that was stripped from the path
PREFIX = "x-forwarded-prefix"  # a proxy's word for the folder, where it sends one

# Streamlit's own addresses that the dashboard needs, whole or as the beginning of a path.
STREAMLIT_PATHS = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream")
STREAMLIT_FOLDERS = ("/_stcore/upload_file/", "/media/")
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
        "picture",
        "ready",
        "readyz",
        "rest",
        "static",
        "status",
    ]
)


def folder(base_path: str | None) -> str:
    """A base path as it is used: with a leading slash and none at the end; empty for the root of the host.

    Raises RequestError for what cannot be a folder of an address.

    >>> folder("escala/"), folder("/"), folder(None)
    ('/escala', '', '')
    """
    path = (base_path or "").strip().strip("/")
    if path and not FOLDER.fullmatch(f"/{path}"):
        raise RequestError(
            f"Base path '{path[:MAX_QUOTED]}' is no folder of an address. Allowed: letters, digits, '-', "
            "'_', '.' and '~', parts divided by '/', as in /escala."
        )
    return f"/{path}" if path else ""


def host_names(texts: Iterable[str]) -> list[str]:
    """Names of the host as they are compared with what a browser sends; several may stand in one text.

    Raises RequestError for what is no name, as an address or a name with a port: nobody would be answered.

    >>> host_names(["data.example.org, *.example.com", "[::1]"])
    ['data.example.org', '*.example.com', '::1']
    """
    names = [name.strip("[]") for text in texts for name in re.split(r"[,\s]+", text.strip())]
    for name in names:
        if not HOST_NAME.fullmatch(name):
            raise RequestError(
                f"Allowed host '{name[:MAX_QUOTED]}' is no name of a host. Allowed: a name without https://, "
                "port and path, as data.example.org, or *.example.org for all below it."
            )
    return names


def root(scope: Scope) -> str:
    """The relative way from the requested path to the first page: "./" from a page, "../" from two parts.

    Counted on the path as the browser wrote it, in which an encoded slash divides nothing.
    """
    raw_path = scope.get("raw_path") or scope["path"].encode()
    return "../" * (raw_path.partition(b"?")[0].count(b"/") - 1) or "./"


def origin(scope: Scope) -> str:
    """The whole address of the first page as the browser wrote it, for programs that take no relative one.

    Empty where the request names no host. What a proxy says of scheme and folder is taken: a forged word
    only misleads who forged it.
    """
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not HOST.fullmatch(host):
        return ""
    said = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    scheme = said if said in ("http", "https") else scope.get("scheme", "http")
    return f"{scheme}://{host}{scope.get(FOLDER_HERE) or _forwarded_folder(scope)}/"


class BasePath:
    """Strips the folder from the requested path where it is still there.

    base: the folder as `folder` returns it. The one in `X-Forwarded-Prefix` is stripped as well: a forged one
    only changes which of our pages is served. A request for the folder without its last slash is redirected.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            for base in dict.fromkeys((self.base, _forwarded_folder(scope))):
                if base and scope["path"] == base and scope["type"] == "http":
                    query = scope.get("query_string", b"").decode("latin-1")
                    target = f"./{base.rpartition('/')[2]}/" + (f"?{query}" if query else "")
                    await RedirectResponse(target, status_code=307)(scope, receive, send)
                    return
                if base and scope["path"].startswith(f"{base}/"):
                    raw_path = scope.get("raw_path") or scope["path"].encode()
                    below = {"path": scope["path"][len(base) :], "raw_path": raw_path[len(base) :]}
                    scope = {**scope, **below, FOLDER_HERE: base}
                    break
        await self.app(scope, receive, send)


def _forwarded_folder(scope: Scope) -> str:
    """The folder that a proxy names; empty without one or if it can be none."""
    prefix = Headers(scope=scope).get(PREFIX, "").partition(",")[0].strip().rstrip("/")
    return prefix if FOLDER.fullmatch(prefix) else ""


class PathGuard:
    """Passes paths that exist, redirects readers from a path that is no page to the first page, else 404.

    Streamlit would answer every path with its own page, and a page two parts down would not find its scripts.
    A note on the first page names the path. Files (a part with a dot) and reserved paths are 404.

    pages: paths of the pages. home: the path of the first page. ours: paths, and beginnings of paths (ending
    in "/"), that the app answers besides.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str], home: str, ours: Collection[str] = ()) -> None:
        self.app = app
        self.pages = pages
        self.home = home
        self.whole = frozenset(path for path in ours if not path.endswith("/")) | frozenset(STREAMLIT_PATHS)
        self.below = (*STREAMLIT_FOLDERS, *(path for path in ours if path.endswith("/")))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        """The answer to a path that does not exist; None for one that does."""
        path, name = scope["path"], self._named(scope["path"])
        kind = self._kind(path)
        if kind == "there" or (kind == "metrics" and is_here(scope)):
            return None
        if kind in {"nothing", "metrics"} or scope["method"] not in {"GET", "HEAD"}:
            return refusals.plain(refusals.NOTHING_HERE, 404)
        page = name if name in self.pages and name != self.home else ""
        query = scope.get("query_string", b"").decode("latin-1")
        unknown_page = urlencode({"page": name[:MAX_QUOTED]}) if name not in self.pages else ""
        query = "&".join(part for part in (query, unknown_page) if part)
        return RedirectResponse(root(scope) + page + (f"?{query}" if query else ""), status_code=307)

    def _named(self, path: str) -> str:
        """The page that a path means, whatever its case and the punctuation that a text put behind it."""
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
FORWARDED = {"forwarded", "x-forwarded-for", "via"}  # headers of a proxy, whose browsers are elsewhere


def is_here(scope: Scope) -> bool:
    """Whether the browser runs on this machine, as far as the connection and headers of a proxy tell."""
    return (scope.get("client") or ("",))[0] in LOOPBACK and not FORWARDED.intersection(Headers(scope=scope))
