"""The address of pictures of views: what messages and networks show beside a link."""

from __future__ import annotations

import datetime
from urllib.parse import parse_qs, urlencode

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.components.addresses import understood
from dashboard.components.language import LANGUAGES, preferred
from dashboard.components.state import SAME
from dashboard.navigation import PAGES, PARAMETERS
from dashboard.pictures.pages import LONGEST, PICTURED
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.errors import EscalaError, RequestError

FOLDER = "/picture/"
PATH = "/picture/{page:path}"  # with what is below a page: nothing, but no page of the app either
MOST_WAITING = 16  # requests; who asks for more than a preview is told to come back
KEPT = 64  # pictures, some 100 kilobytes each
AGE = 60 * 60  # seconds for which others may keep one: figures change with the data version
BUSY = "Too many pictures are asked for. Ask again in half a minute.\n"
# One at a time: a page that is read by somebody needs the processors more than ten thousand previews do.
DRAWING = CapacityLimiter(1)
READ = {page.path: {*page.parameters, "mine", *SAME} for page in PAGES}


async def picture(request: Request) -> Response:
    """`/picture/<page>?…`: the view as PNG of 1200 × 630 pixels; 404 in plain text where it has none."""
    page, query = request.path_params["page"], request.url.query
    lang = request.query_params.get("lang", "")
    lang = lang if lang in LANGUAGES else preferred(request.headers.get("accept-language"))
    if page not in PICTURED:
        return PlainTextResponse(f"There is no picture of this address. Pages: {', '.join(PICTURED)}.\n", 404)
    try:
        if DRAWING.statistics().tasks_waiting >= MOST_WAITING:
            return PlainTextResponse(BUSY, 503, headers={"Retry-After": "30"})
        content = await to_thread.run_sync(_drawn_today, page, _asked(page, query), lang, limiter=DRAWING)
    except RequestError as fault:
        return PlainTextResponse(f"{fault}\n", 404)
    except EscalaError:
        return PlainTextResponse("No figures are held yet.\n", 503, headers={"Retry-After": "60"})
    return Response(content, media_type="image/png", headers={"Cache-Control": f"public, max-age={AGE}"})


def _asked(page: str, query: str) -> str:
    """The query without what other pages read, in one order: what shows the same is drawn once.

    What no page reads stays, to be refused; an address that is too long is left to be refused as well.
    """
    if len(query) > LONGEST:
        return query
    address = understood(parse_qs(query), PARAMETERS)
    kept = {name: address[name] for name in sorted(address) if name in READ[page] or name not in PARAMETERS}
    return urlencode(kept, doseq=True)


def _drawn_today(page: str, query: str, lang: str) -> bytes:
    from dashboard.components.outside import reader_of  # here: the server is up before these are imported

    return _drawn(reader_of(lang), page, query, datetime.date.today())


@cached(KEPT)
def _drawn(reader: Reader, page: str, query: str, day: datetime.date) -> bytes:
    """The picture; kept by data version, language and address. day: which it names."""
    from dashboard.pictures.drawing import PREVIEW, draw
    from dashboard.pictures.of_view import picture_of

    del day
    return draw(picture_of(f"{page}?{query}", reader=reader), "png", PREVIEW)
