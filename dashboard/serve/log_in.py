"""Around Streamlit's log-in: where it ended is said, and the reader comes back to the page they left.

Streamlit answers a refusal, an old link and a provider that is down alike: it sends the reader to the first
page, without a word. Which of them it was is seen here in the request and in whether its answer carries the
cookie of a reader who is logged in.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from http.cookies import SimpleCookie
from typing import Literal
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.serve import internals, refusals
from dashboard.serve.addresses import root

LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"
PATHS = (LOGIN, LOGOUT, CALLBACK)
BACK = "escala_back"  # cookie: the page from which somebody went to log in
BACK_SECONDS = 15 * 60
LONGEST_BACK = 1000  # characters of that page's address
LOG = logging.getLogger("escala")

Outcome = Literal["refused", "failed", "unreachable", "ended"]


class LogIn:
    """Turns the end of a log-in into a word of the address, `login=…`, or back to the page it began on."""

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in PATHS:
            await self.app(scope, receive, send)
        elif not internals.log_in_is_set_up():
            await refusals.plain(refusals.NOTHING_HERE, 404)(scope, receive, send)
        else:
            await self._through(scope, receive, send)

    async def _through(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = _Answer()
        try:
            await self.app(scope, receive, answer.take)
        except Exception:  # whatever a provider's answer makes a library raise
            LOG.warning("log-in: the provider could not be asked", exc_info=True)
        if scope["path"] == CALLBACK:
            await self._finished(scope, receive, send, answer)
        else:
            await self._begun(scope, receive, send, answer)

    async def _begun(self, scope: Scope, receive: Receive, send: Send, answer: _Answer) -> None:
        """Off to the provider, the page kept in a cookie; or a word, where there is no way there."""
        page = self._left(scope)
        if urlsplit(answer.location).scheme not in ("http", "https"):
            outcome: Outcome = "unreachable" if scope["path"] == LOGIN else "ended"
            await _to(scope, _with_word(page, outcome), answer)(scope, receive, send)
            return
        response = RedirectResponse(answer.location, status_code=302)
        _carry(answer, response)
        if page:
            kept = quote(page, safe="")
            response.set_cookie(BACK, kept, max_age=BACK_SECONDS, httponly=True, samesite="lax")
        await response(scope, receive, send)

    async def _finished(self, scope: Scope, receive: Receive, send: Send, answer: _Answer) -> None:
        outcome = _outcome(scope, answer)
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        page = unquote(cookies.get(BACK, ""))
        known = page if page.partition("?")[0] in self.pages else ""
        response = _to(scope, _with_word(known, outcome), answer)
        response.delete_cookie(BACK, httponly=True, samesite="lax")
        await response(scope, receive, send)

    def _left(self, scope: Scope) -> str:
        """The page, with its parameters, from which the reader came; empty for any other address."""
        headers = Headers(scope=scope)
        came = urlsplit(headers.get("referer", ""))
        page = came.path.rpartition("/")[2]
        if came.netloc != headers.get("host") or page not in self.pages:
            return ""
        address = page + (f"?{came.query}" if came.query else "")
        return address if len(address) <= LONGEST_BACK else page


class _Answer:
    """What Streamlit answered, held back."""

    def __init__(self) -> None:
        self.headers = MutableHeaders()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = MutableHeaders(raw=message["headers"])

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def logs_in(self) -> bool:
        """Whether it sets the cookie of a reader who is logged in, and not only takes an old one away."""
        for header in self.headers.getlist("set-cookie"):
            for name, cookie in SimpleCookie(header).items():
                if name.startswith(internals.USER_COOKIE_NAME) and cookie.value and cookie["max-age"] != "0":
                    return True
        return False


def _outcome(scope: Scope, answer: _Answer) -> Outcome | None:
    """How a log-in ended, where it did not end well; None for a reader who is logged in."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    if answer.logs_in:
        return None
    if "error" in asked:
        return "refused" if asked["error"] == ["access_denied"] else "failed"
    return "failed" if "code" in asked else "ended"


def _with_word(page: str, outcome: Outcome | None) -> str:
    """A page's address, with a word on how the log-in ended where there is one to say."""
    return page + (f"{'&' if '?' in page else '?'}{urlencode({'login': outcome})}" if outcome else "")


def _to(scope: Scope, address: str, answer: _Answer) -> RedirectResponse:
    response = RedirectResponse(root(scope) + address, status_code=302)
    _carry(answer, response)
    return response


def _carry(answer: _Answer, response: RedirectResponse) -> None:
    """Hands on the cookies that Streamlit sets and takes away."""
    for cookie in answer.headers.getlist("set-cookie"):
        response.headers.append("set-cookie", cookie)
