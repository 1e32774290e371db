"""Charts inside the pages of other sites: `/embed/<page>?…`, and which sites may show them.

`/embed` is one more folder in which the app is served: the browser finds scripts and socket there, and a page
knows by its address that it is to show one chart without what stands around it (`components/embed.py`).
Every other address stays closed to frames.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.components.embed import FOLDER
from dashboard.serve.addresses import MAX_QUOTED
from dashboard.serve.guards import CLOSED, CONTENT_POLICY
from kpis.errors import RequestError

# As a browser compares it: scheme, name of a host or all below one, port. Without a path: it would be ignored
# on the way of a redirect, and a site that may frame one page may frame all.
SITE = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:(\d{1,5}|\*))?", re.IGNORECASE)
EVERY = "*"


def sites(texts: Iterable[str]) -> list[str]:
    """The sites that may show charts in frames, as a browser compares them; several may stand in one text.

    Raises RequestError for what is no site: a browser would leave it out, and the frame would stay empty.

    >>> sites(["https://mintic.gov.co/", "https://*.example.org, http://localhost:8000"])
    ['https://mintic.gov.co', 'https://*.example.org', 'http://localhost:8000']
    """
    named = [name.rstrip("/") for text in texts for name in re.split(r"[,\s]+", text.strip()) if name]
    for name in named:
        if name != EVERY and not SITE.fullmatch(name):
            raise RequestError(
                f"Site '{name[:MAX_QUOTED]}' cannot be let in. Allowed for --embed-for: https://, the name "
                "of a host and perhaps a port, as https://mintic.gov.co or https://*.example.org; * for "
                "every site."
            )
    return list(dict.fromkeys(named))


class Embedding:
    """Serves the app once more below `/embed/`, open to the frames of the sites named, and to no others."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str] = ()) -> None:
        self.app = app
        self.policy = CONTENT_POLICY.replace(CLOSED, " ".join([CLOSED, *allowed]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"} or not is_embedded(scope["path"]):
            await self.app(scope, receive, send)
            return
        if scope["path"] == FOLDER:
            query = scope.get("query_string", b"").decode("latin-1")
            target = f".{FOLDER}/" + (f"?{query}" if query else "")
            await RedirectResponse(target, status_code=307)(scope, receive, send)
            return
        raw_path = scope.get("raw_path") or scope["path"].encode()
        inner = {**scope, "path": scope["path"][len(FOLDER) :], "raw_path": raw_path[len(FOLDER) :]}
        await self.app(inner, receive, self._open(send))

    def _open(self, send: Send) -> Send:
        async def send_opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", self.policy)
            await send(message)

        return send_opened


def is_embedded(path: str) -> bool:
    """Whether a path is that of a chart for another page, or of what it loads."""
    return path == FOLDER or path.startswith(f"{FOLDER}/")
