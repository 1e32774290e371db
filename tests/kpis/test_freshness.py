"""One year of reading, one limit a KPI, one rule: the same in SQL and in Python."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from kpis.catalogue import Catalogue
from kpis.errors import RequestError
from kpis.freshness import AS_OF, USUAL_LIMIT, is_old, year_of_reading
from kpis.queries import Warehouse


def test_a_value_at_its_limit_is_not_old_and_one_year_more_is() -> None:
    assert not is_old(2021, 5, 2026)
    assert is_old(2020, 5, 2026)


def test_arrays_and_series_follow_the_same_rule_and_a_missing_year_is_never_old() -> None:
    years = np.array([2020.0, 2021.0, np.nan])
    assert is_old(years, 5, 2026).tolist() == [True, False, False]
    limits = pd.Series([3, 5, 5])
    assert is_old(pd.Series([2022, 2022, 2020]), limits, 2026).tolist() == [True, False, True]


def test_the_year_of_reading_is_that_of_the_variable_else_of_the_calendar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(AS_OF, raising=False)
    assert year_of_reading() == dt.date.today().year
    monkeypatch.setenv(AS_OF, "2026")
    assert year_of_reading() == 2026


@pytest.mark.parametrize(
    "text", ["26", "next", "-2026", "20260", "１９", "２０２６", "²", "9" * 5000, "02026"]
)
def test_a_year_of_reading_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AS_OF, text)
    with pytest.raises(RequestError, match="Give one from 2000 to 2100"):
        year_of_reading()


def test_sql_and_python_agree_on_every_value(wh: Warehouse) -> None:
    rows = wh.sql("select time_period, old, age, fresh_years from kpi_value join kpi using (kpi)")
    assert (is_old(rows["time_period"], rows["fresh_years"], wh.as_of) == rows["old"]).all()
    assert (wh.as_of - rows["time_period"] == rows["age"]).all()


def test_a_limit_above_the_usual_one_says_why(catalogue: Catalogue) -> None:
    longer = {kpi.id: kpi.fresh_years for kpi in catalogue.kpis.values() if kpi.fresh_years > USUAL_LIMIT}
    assert longer == {"SDG_16.9.1": 8}
    assert all(catalogue.kpis[kpi].fresh_reason for kpi in longer)
