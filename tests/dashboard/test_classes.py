"""Classes of the map: the same in every year, named as their publisher names them, with their unit."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts import classes
from dashboard.charts.context import Context, KpiView
from dashboard.charts.look import LIGHT


@pytest.fixture
def index() -> KpiView:
    """An index with the groups of its publisher."""
    return KpiView(
        "I",
        "Index",
        "index",
        "",
        "higher",
        4,
        bounds=(0.25, 0.5, 0.75),
        class_names=("low", "middle", "high", "top"),
    )


@pytest.fixture
def answer() -> KpiView:
    """A coded answer of three levels."""
    names = ("no", "planned", "in force")
    return KpiView(
        "A", "Law", "code", "", "higher", 0, unit_kind="answer", bounds=(1, 2), class_names=names, top=2
    )


def test_counts_that_are_no_kpi_make_their_own_classes() -> None:
    few = classes.classify(pd.Series([0, 1, 1, None]))
    assert few.spans == ((0, 0), (1, 1))
    assert few.shades == [0, 4]
    many = classes.classify(pd.Series(range(100)))
    assert many.counts == [20] * 5
    assert classes.classify(pd.Series([None, None], dtype=float)).spans == ()


def test_a_class_does_not_depend_on_the_other_values(index: KpiView) -> None:
    early = classes.classify(pd.Series([0.1, 0.24, 0.3]), index)
    late = classes.classify(pd.Series([0.3, 0.8, 0.9, None]), index)
    assert early.of.tolist() == [0, 0, 1]
    assert late.of.iloc[:3].tolist() == [1, 3, 3]
    assert pd.isna(late.of.iloc[3])
    assert late.counts == [0, 1, 0, 2]


def test_a_value_on_a_bound_belongs_to_the_class_above(index: KpiView) -> None:
    assert classes.classify(pd.Series([0.2499, 0.25, 0.75]), index).of.tolist() == [0, 1, 3]


def test_groups_of_a_publisher_have_their_names_and_ranges(index: KpiView, ctx: Context) -> None:
    labels = classes.labels(classes.classify(pd.Series([0.3]), index), index, ctx)
    assert labels == ["low: under 0.25", "middle: 0.25 – 0.50", "high: 0.50 – 0.75", "top: 0.75 or more"]


def test_shares_have_their_sign_and_the_limit_stands_alone(
    share: KpiView, ctx: Context, spanish: Context
) -> None:
    kpi = replace(share, bounds=(8.0, 12.5, 100.0), most=100.0)
    classed = classes.classify(pd.Series([1.0]), kpi)
    assert classes.labels(classed, kpi, ctx) == ["under 8.0%", "8.0 – 12.5%", "12.5 – 100.0%", "100.0%"]
    assert classes.labels(classed, kpi, spanish)[1] == "8,0 – 12,5\u00a0%"


def test_levels_of_an_answer_are_named_and_counted(answer: KpiView, ctx: Context) -> None:
    classed = classes.classify(pd.Series([2, 2, 0, None]), answer)
    assert classed.counts == [1, 0, 2]
    legend = classes.legend(classed, 1, answer, ctx)
    assert "2\u00a0of\u00a02: in force <small>(2)</small>" in legend
    assert "no data <small>(1)</small>" in legend


def test_a_legend_escapes_names(answer: KpiView, ctx: Context) -> None:
    wild = replace(answer, class_names=("<i>", "b", "c"))
    legend = classes.legend(classes.classify(pd.Series([0.0]), wild), 0, wild, ctx)
    assert "&lt;i&gt;" in legend
    assert "<i>:" not in legend


def test_two_sides_of_a_neutral_value_have_two_hues(share: KpiView) -> None:
    around = replace(share, bounds=(85.0, 95.0, 105.0, 115.0), centre=100.0)
    classed = classes.classify(pd.Series([80.0, 100.0, 120.0]), around)
    assert classed.fills(LIGHT) == list(LIGHT.sides)
    lopsided = classes.classify(pd.Series([0.0]), replace(share, bounds=(-2.0, 2.0, 14.0), centre=0.0))
    assert lopsided.fills(LIGHT) == list(LIGHT.sides[1:])
