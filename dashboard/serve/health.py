"""What programs that watch over servers ask: is it alive, is it ready."""

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

    `stale` says that the figures changed and could not be built, so that the last good ones are served. Why
    is said on the pages and by `escala doctor`, not here: the address is public.
    """
    told, status = await run_in_threadpool(_readiness)
    return JSONResponse(told, status_code=status, headers=UNCACHED)


def _readiness() -> tuple[dict[str, object], int]:
    from dashboard.reads import shared as data  # here: who asks for health only needs no warehouse

    try:
        version = data.warehouse().version
    except EscalaError:
        return {"status": "no warehouse"}, 503
    return {"status": "ready", "data_version": version, "stale": data.fault() is not None}, 200


async def robots(_request: Request) -> Response:
    """`/robots.txt`: pages may be found; every choice of their controls is an address and need not be."""
    return PlainTextResponse("User-agent: *\nDisallow: /*?\nAllow: /\n")
