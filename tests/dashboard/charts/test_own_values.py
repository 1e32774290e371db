"""Own values as they are printed: the age of years, quarters and months, and no age of a target."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.charts import own_values
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import plain


@pytest.mark.parametrize(
    ("period", "limit", "is_old"),
    [
        ("2021", 5, False),
        ("2020", 5, True),
        ("2020-Q4", 5, True),
        ("2021-01", 5, False),
        ("2016–2021-Q1", 5, False),  # a span is as old as its newest
        ("2016–2020", 5, True),
        ("2024", 1, True),  # the KPI that it measures has its own limit
        ("", 5, False),
    ],
)
def test_an_own_value_is_old_by_the_rule_of_the_international_ones(
    share: KpiView, ctx: Context, period: str, limit: int, is_old: bool
) -> None:
    kpi = replace(share, fresh_years=limit)
    read_in_2026 = replace(ctx, as_of=2026)
    assert own_values.is_old(period, kpi, read_in_2026) is is_old
    said = own_values.figure(41.0, kpi, read_in_2026, period, dated=True)
    assert ("e-old" in said) is is_old
    assert ("old" in plain(said)) is is_old
    assert "e-old" not in own_values.figure(41.0, kpi, read_in_2026, period, past=True)
    assert own_values.when(period, kpi, read_in_2026) == period + (", old" if is_old else "")
