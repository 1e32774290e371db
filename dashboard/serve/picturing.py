"""The address of pictures of views: what messages and networks show beside a link."""

from __future__ import annotations

import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.components.language import LANGUAGES, preferred
from dashboard.pictures.pages import PICTURED
from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader
from kpis.errors import EscalaError, RequestError

FOLDER = "/picture/"
PATH = "/picture/{page}"
KEPT = 64  # pictures, some 100 kilobytes each
AGE = 60 * 60  # seconds for which others may keep one: figures change with the data version


async def picture(request: Request) -> Response:
    """`/picture/<page>?…`: the view as PNG of 1200 × 630 pixels; 404 in plain text where it has none."""
    page, query = request.path_params["page"], request.url.query
    lang = request.query_params.get("lang", "")
    lang = lang if lang in LANGUAGES else preferred(request.headers.get("accept-language"))
    if page not in PICTURED:
        return PlainTextResponse(f"There is no picture of this address. Pages: {', '.join(PICTURED)}.\n", 404)
    try:
        content = await run_in_threadpool(_drawn_today, page, query, lang)
    except RequestError as fault:
        return PlainTextResponse(f"{fault}\n", 404)
    except EscalaError:
        return PlainTextResponse("No figures are held yet.\n", 503, headers={"Retry-After": "60"})
    return Response(content, media_type="image/png", headers={"Cache-Control": f"public, max-age={AGE}"})


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
