"""Health checks for monitoring: is the server alive, is it ready."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kpis.errors import EscalaError
from kpis.version import __version__

UNCACHED = {"Cache-Control": "no-store"}


async def alive(_request: Request) -> Response:
    """`/healthz`: 200 as long as the server answers at all."""
    return JSONResponse({"status": "alive", "version": __version__}, headers=UNCACHED)


async def ready(_request: Request) -> Response:
    """`/readyz`: 200 with the data version if a good warehouse is open, else 503.

    `stale`: the figures changed and could not be built, so the last good ones are served. The reason stands
    on the pages and in `escala doctor`, not here: the address is public.
    """
    state, status = await run_in_threadpool(_readiness)
    return JSONResponse(state, status_code=status, headers=UNCACHED)


def _readiness() -> tuple[dict[str, object], int]:
    from dashboard.reads import shared as data  # here: `/healthz` needs no warehouse

    try:
        version = data.warehouse().version
    except EscalaError:
        return {"status": "no warehouse"}, 503
    return {"status": "ready", "data_version": version, "stale": data.fault() is not None}, 200


async def robots(_request: Request) -> Response:
    """`/robots.txt`: search engines may index pages, not every combination of their controls."""
    return PlainTextResponse("User-agent: *\nDisallow: /*?\nAllow: /\n")
