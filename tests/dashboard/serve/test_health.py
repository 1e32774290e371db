"""Health and readiness."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from dashboard.reads import shared as data
from dashboard.serve import health
from kpis.errors import EngineError
from tests.asgi import Answer, ask

APP = Starlette(routes=[Route("/healthz", health.alive), Route("/readyz", health.ready)])


def told(answer: Answer) -> dict[str, object]:
    assert answer.headers["cache-control"] == "no-store"
    found: dict[str, object] = json.loads(answer.text)
    return found


def test_it_is_alive_without_a_warehouse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "warehouse", lambda: pytest.fail("health asks for no warehouse"))
    assert told(ask(APP, "/healthz"))["status"] == "alive"


@pytest.mark.parametrize("fault", [None, "area.csv, line 3: COL twice"])
def test_it_is_ready_with_a_good_warehouse_and_says_which(
    fault: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "warehouse", lambda: SimpleNamespace(version="f38a71b60464"))
    monkeypatch.setattr(data, "fault", lambda: fault)
    answer = ask(APP, "/readyz")
    assert answer.status == 200
    assert told(answer) == {"status": "ready", "data_version": "f38a71b60464", "stale": fault is not None}


def test_it_is_not_ready_without_one_and_names_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise EngineError("/srv/escala/w.duckdb cannot be read")

    monkeypatch.setattr(data, "warehouse", none)
    answer = ask(APP, "/readyz")
    assert (answer.status, told(answer)) == (503, {"status": "no warehouse"})
