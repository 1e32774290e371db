"""Checks in front of the app: length of addresses, host names, security headers, uploads."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.serve import internals, refusals
from dashboard.serve.addresses import root
from dashboard.stories.file import FILE_LIMIT as STORY_LIMIT
from kpis.intake.limits import MAX_BYTES
from kpis.plan import FILE_LIMIT
from kpis.workspace.exercises.reading import FILE_LIMIT as QUESTIONNAIRE_LIMIT

QUERY_LIMIT = 8 * 1024  # bytes; ten areas and every control need less than 400
UPLOAD = "/_stcore/upload_file/"
UPLOAD_LIMITS = {
    "plan": FILE_LIMIT,
    "story": STORY_LIMIT,
    "figures": MAX_BYTES,
    "questionnaire": QUESTIONNAIRE_LIMIT,
}  # bytes per upload control; the reader of the file refuses more as well
FORM_OVERHEAD = 4 * 1024  # bytes that a form adds to a file: its name, its type, the separators
MAX_FILES = 4  # of a session at a time; a page has one control for one file
UPLOAD_TIMEOUT = 30  # seconds for a small file to arrive whole
SLOWEST = 125_000  # bytes a second that a larger one must come with: a line of 1 Mbit/s
Refusal = tuple[str, int]  # a message of `refusals`, a status
UNCHECKED_PATHS = {"/healthz", "/readyz"}  # monitoring asks by address, not by host name

# Streamlit's own page needs inline scripts and styles, and its components modules without an address
# (`blob:`); nothing that is drawn here needs `eval`. Everything else stays on this host ('self' covers the
# socket), so that not even a mistake in a page can call another one.
CLOSED = "frame-ancestors 'self'"
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' blob: data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        CLOSED,
    )
)
NOSNIFF = "X-Content-Type-Options"
PARTS = {"text/javascript", "text/css"}
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    NOSNIFF: "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


class QueryGuard:
    """Answers an over-long query string with 414 and a page that says what to do, in both languages."""

    def __init__(self, app: ASGIApp, limit: int = QUERY_LIMIT) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = len(scope.get("query_string", b""))
        if scope["type"] == "http" and size > self.limit:
            await refusals.address_too_long(size, self.limit, root(scope))(scope, receive, send)
            return
        await self.app(scope, receive, send)


class SecurityHeaders:
    """Adds the headers of SECURITY_HEADERS to every HTTP answer that does not set them itself.

    A file that a browser keeps for good gets the one that means something there: of a hundred scripts of a
    visit the others would be a twentieth of all bytes. Pictures that can be opened as a page get all.
    """

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
                    if name == NOSNIFF or not _is_part_of_a_page(headers):
                        headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _is_part_of_a_page(headers: Headers) -> bool:
    """Whether an answer is a script, style, font or picture of the kinds that hold no script."""
    kind = headers.get("content-type", "").partition(";")[0]
    return "immutable" in headers.get("cache-control", "") and (
        kind in PARTS or (kind.startswith(("font/", "image/")) and kind != "image/svg+xml")
    )


class AllowedHosts:
    """Answers only requests whose `Host` is one of Streamlit's `server.allowedHosts`; all if that is empty.

    Streamlit checks the same list for its socket only. Health checks are answered for every host.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_checked = scope["type"] == "http" and scope["path"] not in UNCHECKED_PATHS
        if is_checked and not internals.is_host_allowed(Headers(scope=scope).get("host")):
            await refusals.plain(refusals.HOST_NOT_ALLOWED, 421)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Uploads:
    """Limits uploads: size, number per session and time.

    Streamlit accepts files from any session on any page, and counts its limit in whole megabytes.
    """

    def __init__(self, app: ASGIApp, limits: Sequence[int] = tuple(UPLOAD_LIMITS.values())) -> None:
        self.app = app
        self.limit = max(limits) + FORM_OVERHEAD

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "PUT" or not scope["path"].startswith(UPLOAD):
            await self.app(scope, receive, send)
            return
        if internals.count_uploads(scope["path"].removeprefix(UPLOAD).partition("/")[0]) >= MAX_FILES:
            refusal: Refusal | None = (refusals.TOO_MANY_FILES, 429)
        else:
            body, refusal = await self._body(scope, receive)
        if refusal:
            message, status = refusal
            headers = {"Connection": "close"}  # the rest of the file is not waited for
            answer = refusals.plain(message, status, headers, limit=self.limit - FORM_OVERHEAD)
            await answer(scope, receive, send)
            return
        messages = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def replay() -> Message:
            return next(messages, None) or await receive()

        await self.app(scope, replay, send)

    async def _body(self, scope: Scope, receive: Receive) -> tuple[bytes, Refusal | None]:
        """The uploaded form, or why it is refused."""
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > self.limit:
            return b"", (refusals.FILE_TOO_LARGE, 413)
        body = bytearray()
        try:
            async with asyncio.timeout(UPLOAD_TIMEOUT + (int(length) if length.isdecimal() else 0) / SLOWEST):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return b"", (refusals.FILE_NOT_WHOLE, 400)
                    body += message.get("body", b"")
                    if len(body) > self.limit:
                        return b"", (refusals.FILE_TOO_LARGE, 413)
                    if not message.get("more_body"):
                        return bytes(body), None
        except TimeoutError:
            return b"", (refusals.FILE_TOO_LATE, 408)
