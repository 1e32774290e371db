"""When the next figure of a KPI is to be expected: from the release calendar of its source."""

from __future__ import annotations

from collections.abc import Collection
from weakref import WeakKeyDictionary

import pandas as pd

from kpis.sources.calendar import Release, next_release
from kpis.stages.readers import Tables, inputs, year_of_reading

_next_figures: WeakKeyDictionary[Tables, dict[str, Release]] = WeakKeyDictionary()
_stepwise: WeakKeyDictionary[Tables, frozenset[str]] = WeakKeyDictionary()


def next_figures(store: Tables) -> dict[str, Release]:
    """The next publication of every KPI of a warehouse, seen from its year of reading; read once for each."""
    if store not in _next_figures:
        as_of = year_of_reading(store)
        gates = inputs(store)[1].drop_duplicates("kpi").set_index("kpi")
        last_editions, expected = _years(gates["last_edition"]), _years(gates["next_expected"])
        rows = store.query("select kpi, source from kpi")
        _next_figures[store] = {
            kpi: next_release(
                source, as_of, newest_edition=last_editions.get(kpi), expected=expected.get(kpi)
            )
            for kpi, source in zip(rows["kpi"], rows["source"], strict=True)
        }
    return _next_figures[store]


def stepwise(store: Tables) -> Collection[str]:
    """The gates whose figure is a coded answer or a count: whole numbers with nothing between."""
    if store not in _stepwise:
        gates = inputs(store)[1]
        whole = gates[["enhanced", "transactional", "connected"]].mod(1).eq(0).all(axis=1)
        _stepwise[store] = frozenset(gates.loc[whole & ~gates["scaled"], "kpi"])
    return _stepwise[store]


def _years(column: pd.Series) -> dict[str, int]:
    return {str(kpi): int(year) for kpi, year in column.dropna().items()}
