"""The address that the search box asks while words are typed."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard.components.language import LANGUAGES, preferred
from dashboard.navigation import QUESTIONS
from dashboard.search.match import MAX_LETTERS
from kpis.errors import EscalaError

PATH = "/find"
LISTS = ("kpis", "groups")
UNCACHED = {"Cache-Control": "no-store"}  # figures may change under the same words


async def find(request: Request) -> Response:
    """`/find?words=…&lang=es`: what the panel of the search shows, as JSON; 503 without a warehouse.

    `/find?list=kpis&lang=es`: by which other names the lists of KPIs find one; `list=groups`: of which kind
    the groups of a list are.
    """
    words = " ".join(request.query_params.get("words", "").split())[:MAX_LETTERS].strip()
    lang = request.query_params.get("lang", "")
    lang = lang if lang in LANGUAGES else preferred(request.headers.get("accept-language"))
    if (of_list := request.query_params.get("list")) in LISTS:
        named, status = await run_in_threadpool(_listed, of_list, lang)
        return JSONResponse(named, status_code=status, headers=UNCACHED)
    found, status = await run_in_threadpool(_found, words, lang)
    return JSONResponse(found, status_code=status, headers=UNCACHED)


def _listed(of_list: str, lang: str) -> tuple[dict[str, list[str]] | dict[str, str], int]:
    """Of KPIs by their name, by what else a list finds one; of groups by theirs, of which kind they are."""
    from dashboard.search.answer import group_kinds, kpi_names

    try:
        return (kpi_names(lang) if of_list == "kpis" else group_kinds(lang)), 200
    except EscalaError:
        return {}, 503


def _found(words: str, lang: str) -> tuple[dict[str, object], int]:
    from dashboard.search.answer import answer  # here: `escala serve` is up before the pages are imported

    try:
        return (answer(words, lang, QUESTIONS) if words else {"said": "", "kinds": []}), 200
    except EscalaError:
        return {"said": "", "kinds": []}, 503  # the page itself says what is wrong
