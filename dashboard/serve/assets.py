"""What a browser loads before it can draw anything: served from memory, packed once, asked for in good time.

Streamlit reads its scripts from disk for every visitor, in pieces and uncompressed. `Assets` serves the same
files from memory, packed for browsers that accept it, and preloads in the head of the page the scripts that
are needed soon. A file that the installed version of Streamlit does not have is not preloaded. In place of
Streamlit's plotting script and fonts, which are most of its weight, stand the files of `static/own`, a third
and a tenth as long (tools/pack/README.md).
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from zipfile import ZipFile

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import loads, paths
from dashboard.components.language import LANGUAGES
from dashboard.components.memory import NARROW
from dashboard.navigation import PAGES
from dashboard.paths import OWN, STYLE_SHEET, made, made_files, stamp
from dashboard.serve import internals, summary
from dashboard.serve.addresses import is_here, origin
from dashboard.serve.patches import patched

STREAMLIT = internals.front_end()
HOME = "/"
HEAD_FILES = (STYLE_SHEET, "shell.js")
LATER_FILES = ("chart.js", "stage.js", *loads.ALL)  # loaded by scripts, with the hash of their content
YEAR = 365 * 24 * 60 * 60
CACHE_FOREVER = f"public, immutable, max-age={YEAR}"  # the name of such a file changes with its content
PACKABLE = {".js", ".css", ".json", ".svg", ".html"}
PACKINGS = {"br": ".br", "gzip": ".gz"}  # and the ending of a file that was packed before
ARCHIVE = "front-end.zip"  # of tools/pack: the scripts of a first visit
FINGERPRINT = 20  # digits of a hash
MIN_PACKED_SIZE = 1024  # bytes; below, the head of the answer weighs more than what is saved

# Scripts of Streamlit that every page needs, by the name before the hash; the last holds the charts.
EARLY = ("Html", "TextInput", "ButtonGroup", "Selectbox", "Checkbox", "BidiComponent")
IMPORTED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
OUTLINES = "./geo/world_110m.json"  # the map of the first page
# Tells Streamlit where the app begins: the address in the browser without the page, whatever folder a proxy
# adds. Otherwise it tries each folder of the address in turn, and a visit costs two answers of 404. The first
# page without its last slash would look for its files one folder too high. With the settings that it would
# otherwise ask for first it opens its socket at once; no page but one of ours may send it messages. A phone
# says what it is; a window as narrow as one has a cookie say it, which the socket brings along.
WHERE = """<script>(() => {
  const path = location.pathname, page = 'PAGE';
  const base = path.endsWith(page) ? path.slice(0, path.length - page.length) : '/';
  if (base.endsWith('/')) window.__streamlit = {
    BACKEND_BASE_URL: location.origin + base,
    HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
  };
  else location.replace(`${base}/${location.search}${location.hash}`);
  const narrow = matchMedia('(width < 600px)').matches, ends = narrow ? '' : '; Max-Age=0';
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  if (narrow || document.cookie.includes('NARROW'))
    document.cookie = `NARROW=1; Path=${base}; SameSite=Lax${secure}${ends}`;
})();</script>"""
# Streamlit's hints for crawlers lead to addresses that are not served.
AGENTS = re.compile(r'<link rel="service-desc"[^>]*>|(?<=to run this app.</p>).*?(?=</noscript>)', re.DOTALL)
# A font as Streamlit's styles and its page name it.
FONT = re.compile(r"(?:\.\.|\./static)/media/([\w-]+(?:\.ttf)?)\.[\w-]+\.woff2")
# What draws charts is begun when the scripts before it have run: modules run in their order. It is asked for
# earlier, behind what draws a page and before the parts of one: its long file fills a slow line while a
# hundred short ones wait for their answers. On .8 Mbit/s and 300 ms the first chart came 1.5 s earlier for
# it, and the headline no later; as the first file of all it would hold up the headline by 3 s.
LATER = '<script type="module">import("{plotly}"); {charts}{outlines}</script>'
CHARTS = ("chart.js", "scales.js", "answer.js", "lines.js", "marks.js")  # at once, not one after the other
OUTLINES_LATER = f"""
document.head.append(Object.assign(document.createElement('link'),
  {{ rel: 'preload', as: 'fetch', crossOrigin: '', href: '{OUTLINES}' }}));"""
PAGE_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
ROOT = '<div id="root"></div>'  # where Streamlit draws
NAME_HASH = 10  # digits of a hash in the name of a file
HEAD = 4096  # bytes at the start of a script within which its imports stand


@dataclass(frozen=True, eq=False)
class File:
    """What is served at a path. packed: by encoding, what was packed before; other files are packed here."""

    name: str
    read: Callable[[], bytes]
    packed: Mapping[str, Path]

    @classmethod
    def at(cls, path: Path) -> File:
        """A file as it lies on the disk, with the packed forms beside it; one of Streamlit's patched."""
        beside = {kind: path.with_name(path.name + ending) for kind, ending in PACKINGS.items()}
        packed = {kind: other for kind, other in beside.items() if other.is_file()}
        if path.suffix == ".js" and path.is_relative_to(STREAMLIT):
            return cls(path.name, lambda: patched(path.read_bytes()), packed)
        return cls(path.name, path.read_bytes, packed)

    @property
    def is_packable(self) -> bool:
        """Whether packing makes it smaller: a font is packed already."""
        return Path(self.name).suffix in PACKABLE


@lru_cache(maxsize=1024)
def content(file: File, packing: str = "") -> bytes:
    """The bytes of a file, packed. gzip by level 6: the last percent would take as long again.

    Raises KeyError for a packing other than gzip that was not made before.
    """
    if packing in file.packed:
        return file.packed[packing].read_bytes()
    if packing == "br":
        return archive()[fingerprint(content(file))]
    return gzip.compress(content(file), 6, mtime=0) if packing else file.read()


def fingerprint(raw: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(raw).hexdigest()[:FINGERPRINT]


@lru_cache(maxsize=1)
def archive() -> dict[str, bytes]:
    """What was packed with Brotli when the files were made, by the fingerprint of the content.

    A script that has changed since is not found and comes with gzip.
    """
    if not (OWN / ARCHIVE).is_file():
        return {}
    with ZipFile(OWN / ARCHIVE) as members:
        return {name: members.read(name) for name in members.namelist()}


@lru_cache(maxsize=1024)
def packings(file: File) -> tuple[str, ...]:
    """In which packings a file can be had, the best first; none where packing does not pay."""
    if not file.is_packable or len(content(file)) < MIN_PACKED_SIZE:
        return ()
    has_brotli = "br" in file.packed or fingerprint(content(file)) in archive()
    return ("br", "gzip") if has_brotli else ("gzip",)


def answer(file: File, accepted: Container[str]) -> Response:
    """A file as an answer that a browser may cache for good; packed where that pays."""
    headers = {"Cache-Control": CACHE_FOREVER, "Vary": "Accept-Encoding"}
    packing = next((kind for kind in packings(file) if kind in accepted), "")
    if packing:
        headers["Content-Encoding"] = packing
    kind = "text/javascript" if file.name.endswith(".js") else mimetypes.guess_type(file.name)[0]
    return Response(content(file, packing), media_type=kind or "application/octet-stream", headers=headers)


@lru_cache(maxsize=1)
def served_files() -> dict[str, File]:
    """Files by their path on the server: all that may be served."""
    theirs = {
        f"/{path.relative_to(STREAMLIT).as_posix()}": File.at(path)
        for path in (STREAMLIT / "static").rglob("*")
        if path.is_file()
    }
    ours = {
        f"/own/{name}": File(name, partial(paths.content, name), {}) for name in (*HEAD_FILES, *LATER_FILES)
    }
    made_once = {f"/own/{entry['file']}": File.at(OWN / entry["file"]) for entry in made_files().values()}
    restyled = {path: file for theirs, (ours, file) in styles().items() for path in (theirs, ours)}
    return theirs | ours | made_once | restyled


@lru_cache(maxsize=1)
def own_fonts() -> dict[str, str]:
    """Addresses of our fonts, seen from a page, by Streamlit's name of what they stand for."""
    return {entry["replaces"]: made(name) for name, entry in made_files().items() if "replaces" in entry}


def with_own_fonts(text: str, root: str) -> str:
    """Styles or a page with our fonts in place of Streamlit's. root: the way from there to a page."""

    def ours(found: re.Match[str]) -> str:
        font = own_fonts().get(found[1])
        return f"{root}{font.removeprefix('./')}" if font else found[0]

    return FONT.sub(ours, text)


def styles() -> dict[str, tuple[str, File]]:
    """Streamlit's main styles with our fonts, by Streamlit's path: our path, and the file.

    Our name changes with the content. Both are served: scripts ask under Streamlit's name when a rare part is
    loaded.
    """
    files = {}
    for path in (STREAMLIT / "static" / "css").glob("index.*.css"):
        text = with_own_fonts(path.read_text(encoding="utf-8"), "../../").encode()
        name = f"index.{hashlib.sha256(text).hexdigest()[:NAME_HASH]}.css"
        files[f"/static/css/{path.name}"] = f"/static/css/{name}", File(name, partial(bytes, text), {})
    return files


def accepted(scope: Scope) -> set[str]:
    """Packings that the browser accepts; none for one on this machine, where unpacking takes longer than it
    saves (a third of a second for the plotting script)."""
    header = Headers(scope=scope).get("accept-encoding", "")
    named = {part.partition(";")[0].strip() for part in header.split(",") if "q=0" not in part.split(";")[1:]}
    return set() if is_here(scope) else named & PACKINGS.keys()


@lru_cache(maxsize=8)
def needed(names: tuple[str, ...], have: str) -> list[str]:
    """File names of Streamlit's scripts and of all that they import, without those in the page `have`."""
    scripts = (file for path, file in served_files().items() if path.startswith("/static/js/"))
    files = {file.name: file for file in scripts}
    files_needed: dict[str, None] = {}
    ahead = [file for name in names for file in files if file.split(".")[0] == name]
    while ahead:
        file = ahead.pop(0)
        if file in files_needed or file in have or file not in files:
            continue
        files_needed[file] = None
        ahead += IMPORTED.findall(content(files[file])[:HEAD].decode(errors="ignore"))
    return list(files_needed)


@lru_cache(maxsize=64)
def page(path: str = HOME) -> str:
    """Streamlit's page with our name, styles, fonts and script, and with the preloads in its head.

    path: of the page within the app; HOME preloads the outlines of its map too.
    """
    html = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    ahead = (made("plotly.js"), *(f"./static/js/{file}" for file in needed(EARLY, html)))
    links = "".join(f'<link rel="modulepreload" crossorigin href="{file}">' for file in ahead)
    outlines = OUTLINES_LATER if path == HOME else ""
    charts = "".join(f'import("{stamp(name)}");' for name in CHARTS)
    later = LATER.format(plotly=made("plotly.js"), charts=charts, outlines=outlines)
    head = f'<script type="module" src="{stamp("shell.js")}"></script>{links}{later}'
    foot = f'<link rel="stylesheet" href="{stamp(STYLE_SHEET)}">'
    for theirs, (ours, _file) in styles().items():
        # Fonts and formulas: what is shown first waits for none of it.
        html = html.replace(f'href=".{theirs}"', f'href=".{ours}" media="print" onload="this.media=\'all\'"')
    html = with_own_fonts(html, "./")
    html = AGENTS.sub("", html).replace("<head>", f"<head>{where(path)}", 1)
    return html.replace("</head>", f"{head}</head>").replace("</body>", f"{foot}</body>")


def where(path: str) -> str:
    """The first script of the page at a path within the app."""
    return WHERE.replace("PAGE", path.removeprefix("/")).replace("NARROW", NARROW)


def first_page(path: str, query: str, languages: str, origin: str = "") -> str:
    """The page at an address, with what it answers in plain HTML. languages: as the browser lists them.

    origin: the whole address of the first page, or "" where it is not known.
    """
    spec = next((spec for spec in PAGES if spec.path == path.removeprefix("/")), PAGES[0])
    first = summary.summary(spec, query, languages, origin)
    html = page(path).replace('<html lang="en">', f'<html lang="{first.lang}">', 1)
    html = html.replace("<title>Streamlit</title>", first.head, 1)
    return html.replace(ROOT, f"{ROOT}{first.body}", 1)


def warm_up() -> None:
    """Makes the pages ready, before the first reader comes."""
    for spec in PAGES:
        for lang in LANGUAGES:
            first_page(HOME if spec is PAGES[0] else f"/{spec.path}", "", lang)


def first_visit() -> list[File]:
    """The scripts and styles that every page asks for."""
    asked = re.findall(r'(?:src|href)="\.(/(?:static/(?:js|css)|own)/[^"?]+)', page())
    return [served_files()[path] for path in dict.fromkeys(asked)]


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
                await answer(served_files()[path], accepted(scope))(scope, receive, send)
                return
            if path == HOME or path.removeprefix("/") in self.pages:
                query = scope.get("query_string", b"").decode("latin-1")
                languages = Headers(scope=scope).get("accept-language", "")
                html = first_page(path, query, languages, origin(scope))
                await HTMLResponse(html, headers=PAGE_HEADERS)(scope, receive, send)
                return
        await self.app(scope, receive, send)
