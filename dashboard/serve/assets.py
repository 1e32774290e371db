"""What a browser loads before it can draw anything: served from memory, compressed once, preloaded.

Streamlit reads its scripts from disk for every visitor, in pieces and uncompressed (7 MB for a page with a
chart), and requests the plotting script only after the first answer of the app. `Assets` serves the same
files from memory, compressed for browsers that accept it, and preloads in the head of the page the scripts
that are needed soon. A file that the installed version of Streamlit does not have is not preloaded.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.paths import STATIC
from dashboard.serve import internals
from dashboard.serve.addresses import is_here
from dashboard.serve.patches import patched

STREAMLIT = internals.front_end()
HOME = "/"
HEAD_FILES = ("escala.css", "shell.js")
LATER_FILES = ("names.js", "search.js")  # loaded by the script of the page, with the hash of their content
YEAR = 365 * 24 * 60 * 60
CACHE_FOREVER = f"public, immutable, max-age={YEAR}"  # the name of such a file changes with its content
PACKABLE = {".js", ".css", ".json", ".svg", ".html"}
MIN_PACKED_SIZE = 1024  # bytes; below, the head of the answer weighs more than what is saved

# Scripts of Streamlit that every page needs, by the name before the hash; the last draws the charts.
EARLY = ("Html", "TextInput", "ButtonGroup", "Selectbox", "Checkbox", "PlotlyChart")
IMPORTED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
OUTLINES = "./geo/world_110m.json"  # the map of the first page
# Tells Streamlit where the app begins: the address in the browser without the page, whatever folder a proxy
# adds. Otherwise it tries each folder of the address in turn, and a visit costs two answers of 404. The first
# page without its last slash would look for its files one folder too high.
WHERE = """<script>(() => {
  const path = location.pathname, page = 'PAGE';
  const base = path.endsWith(page) ? path.slice(0, path.length - page.length) : '/';
  if (base.endsWith('/')) window.__streamlit = { BACKEND_BASE_URL: location.origin + base };
  else location.replace(`${base}/${location.search}${location.hash}`);
})();</script>"""
# Streamlit's hints for crawlers lead to addresses that are not served.
AGENTS = re.compile(r'<link rel="service-desc"[^>]*>|(?<=to run this app.</p>).*?(?=</noscript>)', re.DOTALL)
HEAD = 4096  # bytes at the start of a script within which its imports stand


@lru_cache(maxsize=1024)
def content(path: Path, packed: bool) -> bytes:
    """The bytes of a file, gzipped if `packed`. Level 6: the last percent would take as long again."""
    raw = patched(path.read_bytes()) if path.suffix == ".js" else path.read_bytes()
    return gzip.compress(raw, 6, mtime=0) if packed else raw


def answer(path: Path, packed: bool) -> Response:
    """A file as an answer that a browser may cache for good; gzipped where that pays."""
    headers = {"Cache-Control": CACHE_FOREVER, "Vary": "Accept-Encoding"}
    packed = packed and path.suffix in PACKABLE and len(content(path, False)) >= MIN_PACKED_SIZE
    if packed:
        headers["Content-Encoding"] = "gzip"
    kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
    return Response(content(path, packed), media_type=kind or "application/octet-stream", headers=headers)


@lru_cache(maxsize=1)
def served_files() -> dict[str, Path]:
    """Files by their path on the server: all that may be served."""
    theirs = {
        f"/{path.relative_to(STREAMLIT).as_posix()}": path
        for path in (STREAMLIT / "static").rglob("*")
        if path.is_file()
    }
    return theirs | {f"/own/{name}": STATIC / name for name in (*HEAD_FILES, *LATER_FILES)}


def wants_packed(scope: Scope) -> bool:
    """Whether the browser accepts gzip and runs elsewhere: on the same machine unpacking takes longer than it
    saves (a third of a second for the plotting script)."""
    return "gzip" in Headers(scope=scope).get("accept-encoding", "") and not is_here(scope)


def stamp(name: str) -> str:
    """Address of a file in `dashboard/static`, relative to a page.

    It contains a hash of the content, so that the file may be cached for good.
    """
    return f"./own/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def needed(names: tuple[str, ...], have: str) -> list[str]:
    """File names of Streamlit's scripts and of all that they import, without those in the page `have`."""
    files = {path.name: path for path in (STREAMLIT / "static" / "js").glob("*.js")}
    files_needed: dict[str, None] = {}
    ahead = [file for name in names for file in files if file.split(".")[0] == name]
    while ahead:
        file = ahead.pop(0)
        if file in files_needed or file in have or file not in files:
            continue
        files_needed[file] = None
        ahead += IMPORTED.findall(files[file].read_text(encoding="utf-8")[:HEAD])
    return list(files_needed)


@lru_cache(maxsize=64)
def page(path: str = HOME) -> str:
    """Streamlit's page with our name, style sheet and script, and with the preloads in its head.

    path: of the page within the app; HOME preloads the outlines of its map too.
    """
    html = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    early = needed(EARLY, html)
    links = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{file}">' for file in early)
    plot = [file for file in early if file.startswith("PlotlyChart.")]
    start = f'<script type="module">import("./static/js/{plot[0]}")</script>' if plot else ""
    if path == HOME:
        links += f'<link rel="preload" as="fetch" crossorigin href="{OUTLINES}">'
    head = f'<script type="module" src="{stamp("shell.js")}"></script>{links}{start}'
    foot = f'<link rel="stylesheet" href="{stamp("escala.css")}">'
    html = html.replace("<title>Streamlit</title>", "<title>Escala</title>")
    html = AGENTS.sub("", html).replace("<head>", f"<head>{WHERE.replace('PAGE', path.removeprefix('/'))}", 1)
    return html.replace("</head>", f"{head}</head>").replace("</body>", f"{foot}</body>")


class Assets:
    """Serves Streamlit's files and the page itself; all else goes on to the app.

    pages: paths of pages besides the root.
    """

    def __init__(self, app: ASGIApp, pages: frozenset[str]) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            path = scope["path"]
            if path in served_files():
                await answer(served_files()[path], wants_packed(scope))(scope, receive, send)
                return
            if path == HOME or path.removeprefix("/") in self.pages:
                await HTMLResponse(page(path), headers={"Cache-Control": "no-cache"})(scope, receive, send)
                return
        await self.app(scope, receive, send)
