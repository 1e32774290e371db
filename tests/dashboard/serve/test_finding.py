"""The address that the search box asks."""

from __future__ import annotations

import json

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from dashboard.reads import shared as data
from dashboard.serve import finding
from kpis.errors import EngineError
from tests.asgi import ask

APP = Starlette(routes=[Route(finding.PATH, finding.find)])
NOTHING = {"said": "", "kinds": []}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("query", "title"),
    [("words=alemania&lang=en", "Germany"), ("words=%20germany%20%20&lang=es", "Alemania")],
)
def test_words_are_answered_in_the_language_of_the_page(query: str, title: str) -> None:
    answer = ask(APP, finding.PATH, query)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert json.loads(answer.text)["kinds"][0]["results"][0]["title"] == title


@pytest.mark.parametrize("query", ["", "words=", "words=%20%20", "lang=es"])
def test_no_words_find_nothing(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "warehouse", lambda: pytest.fail("nothing is asked for"))
    answer = ask(APP, finding.PATH, query)
    assert (answer.status, json.loads(answer.text)) == (200, NOTHING)


@pytest.mark.usefixtures("home")
def test_a_list_of_kpis_learns_ids_and_names_of_the_other_language() -> None:
    named = json.loads(ask(APP, finding.PATH, "list=kpis&lang=es").text)
    assert named["Índice de Servicios en Línea (OSI)"] == ["OSI", "Online Service Index (OSI)"]
    assert named["Personas que usan Internet"][1] == "17.8.1"


@pytest.mark.usefixtures("home")
def test_a_list_of_groups_learns_of_which_kind_they_are() -> None:
    kinds = json.loads(ask(APP, finding.PATH, "list=groups&lang=es").text)
    assert (kinds["Mundo"], kinds["África"], kinds["G20"]) == ("world", "region", "organisation")


@pytest.mark.usefixtures("home")
def test_words_beyond_measure_and_a_strange_language_are_no_fault() -> None:
    answer = ask(APP, finding.PATH, f"words={'x' * 5000}&lang=<b>")
    assert answer.status == 200
    assert json.loads(answer.text)["kinds"] == []


def test_without_a_warehouse_it_says_so_and_names_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise EngineError("/srv/escala/w.duckdb cannot be read")

    monkeypatch.setattr(data, "warehouse", none)
    answer = ask(APP, finding.PATH, "words=peru&lang=es")
    assert (answer.status, json.loads(answer.text)) == (503, NOTHING)
