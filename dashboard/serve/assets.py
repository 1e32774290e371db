"""What a browser loads before it can draw anything: from memory, packed once, asked for in good time.

Streamlit reads its own scripts from disk for every visitor, in pieces and unpacked (7 MB for a page with a
chart), and asks for the plotting script only when the first answer of the app has arrived. `Assets` stands
in front: it hands out the same files from memory, packed for whoever takes that, and writes into the head of
the page which scripts are needed soon. A file that this version of Streamlit does not have is not asked for.
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
from dashboard.serve.mended import mended

STREAMLIT = internals.front_end()
HOME = "/"
OWN = ("escala.css", "shell.js")
LATER = ("names.js",)  # what the script of the page asks for itself, with the mark of its content
YEAR = 365 * 24 * 60 * 60
FOREVER = f"public, immutable, max-age={YEAR}"  # the name of such a file changes with its content
PACKABLE = {".js", ".css", ".json", ".svg", ".html"}
LEAST_PACKED = 1024  # bytes; below, the head of the answer weighs more than what is saved

# Parts of Streamlit that every page draws with, by the name before the hash; the last draws the charts.
EARLY = ("Html", "TextInput", "ButtonGroup", "Selectbox", "Checkbox", "PlotlyChart")
IMPORTED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
OUTLINES = "./geo/world_110m.json"  # what the map of the first page is drawn from
# Tells Streamlit where the app begins: the address in the browser less the page, whatever folder a proxy
# has put before both. Otherwise it tries each folder of the address in turn, and a page costs two answers
# of 404. The first page without its last slash would look for its files one folder too high.
WHERE = """<script>(() => {
  const path = location.pathname, page = 'PAGE';
  const base = path.endsWith(page) ? path.slice(0, path.length - page.length) : '/';
  if (base.endsWith('/')) window.__streamlit = { BACKEND_BASE_URL: location.origin + base };
  else location.replace(`${base}/${location.search}${location.hash}`);
})();</script>"""
# Streamlit's hints for programs lead to addresses that are not served.
AGENTS = re.compile(r'<link rel="service-desc"[^>]*>|(?<=to run this app.</p>).*?(?=</noscript>)', re.DOTALL)
HEAD = 4096  # bytes at the start of a script within which its imports stand


@lru_cache(maxsize=1024)
def content(path: Path, packed: bool) -> bytes:
    """The bytes of a file, gzipped if asked for. Level 6: the last percent would cost as much again."""
    raw = mended(path.read_bytes()) if path.suffix == ".js" else path.read_bytes()
    return gzip.compress(raw, 6, mtime=0) if packed else raw


def answer(path: Path, packed: bool) -> Response:
    """A file as an answer that may be kept for good; packed where that is worth it."""
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    packed = packed and path.suffix in PACKABLE and len(content(path, False)) >= LEAST_PACKED
    if packed:
        headers["Content-Encoding"] = "gzip"
    kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
    return Response(content(path, packed), media_type=kind or "application/octet-stream", headers=headers)


@lru_cache(maxsize=1)
def known() -> dict[str, Path]:
    """Files by their path on the server: what may be handed out, and nothing else."""
    theirs = {
        f"/{path.relative_to(STREAMLIT).as_posix()}": path
        for path in (STREAMLIT / "static").rglob("*")
        if path.is_file()
    }
    return theirs | {f"/own/{name}": STATIC / name for name in (*OWN, *LATER)}


def wants_packed(scope: Scope) -> bool:
    """Whether the browser takes gzip and sits elsewhere: on the same machine unpacking takes longer than it
    saves (a third of a second for the plotting script)."""
    return "gzip" in Headers(scope=scope).get("accept-encoding", "") and not is_here(scope)


def stamp(name: str) -> str:
    """Address, seen from a page, of a file in `dashboard/static`.

    It has a mark of the content, so that the file may be kept for good.
    """
    return f"./own/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def needed(names: tuple[str, ...], have: str) -> list[str]:
    """File names of Streamlit's parts and of all that they import, without those that stand in `have`."""
    files = {path.name: path for path in (STREAMLIT / "static" / "js").glob("*.js")}
    found: dict[str, None] = {}
    ahead = [file for name in names for file in files if file.split(".")[0] == name]
    while ahead:
        file = ahead.pop(0)
        if file in found or file in have or file not in files:
            continue
        found[file] = None
        ahead += IMPORTED.findall(files[file].read_text(encoding="utf-8")[:HEAD])
    return list(found)


@lru_cache(maxsize=64)
def page(path: str = HOME) -> str:
    """Streamlit's page with our name, style sheet and script, and with the early requests in its head.

    path: the page's, within the app; HOME's asks for the outlines of its map too.
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
    """Answers for Streamlit's files and for the page itself; all else goes on to the app.

    pages: paths of pages besides the root.
    """

    def __init__(self, app: ASGIApp, pages: frozenset[str]) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            path = scope["path"]
            if path in known():
                await answer(known()[path], wants_packed(scope))(scope, receive, send)
                return
            if path == HOME or path.removeprefix("/") in self.pages:
                await HTMLResponse(page(path), headers={"Cache-Control": "no-cache"})(scope, receive, send)
                return
        await self.app(scope, receive, send)
