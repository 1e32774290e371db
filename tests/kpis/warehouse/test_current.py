"""Who asks without a warehouse is given the default one, opened when the question is put."""

from __future__ import annotations

import pytest

from kpis.tables import Tables
from kpis.warehouse import current
from kpis.warehouse.current import DEFAULT, with_store


@with_store
def question(area: str, store: Tables = DEFAULT, *, year: int = 2024) -> tuple[str, Tables, int]:
    """An answer."""
    return area, store, year


def test_a_call_without_a_store_is_given_the_default_one(monkeypatch: pytest.MonkeyPatch) -> None:
    usual, other = object(), object()
    monkeypatch.setattr(current, "store", lambda: usual)
    assert question("COL") == ("COL", usual, 2024)
    assert question("COL", None) == ("COL", usual, 2024)
    assert question("COL", store=None, year=2020) == ("COL", usual, 2020)
    assert question("COL", other) == question("COL", store=other) == ("COL", other, 2024)


def test_a_call_with_a_store_opens_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "store", lambda: pytest.fail("the default warehouse was opened"))
    assert question(area="COL", store=object())[0] == "COL"


def test_the_function_keeps_its_name_and_signature() -> None:
    assert question.__doc__ == "An answer."
    with pytest.raises(TypeError, match="area"):
        question()
