"""Coded answers: levels with names, counts, no line and no rank."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts import levels, ranking, sentences, world_map
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import figure, plain, words
from tests.dashboard.plotly_figure import checked

NAMES = ("no", "planned", "in force")


@pytest.fixture
def law() -> KpiView:
    """A coded answer from 0 to 2."""
    return KpiView(
        "L",
        "Law",
        "code, 0 to 2",
        "",
        "higher",
        0,
        unit_kind="answer",
        bounds=(1, 2),
        class_names=NAMES,
        top=2,
    )


@pytest.fixture
def five() -> pd.DataFrame:
    """Two in force, one planned, one without a law, one without an answer."""
    return pd.DataFrame(
        {
            "ref_area": list("ABCDE"),
            "name": ["Ada", "Bo", "Cy", "Di", "Ed"],
            "obs_value": [2.0, 2.0, 1.0, 0.0, None],
            "time_period": [2022, 2022, 2022, 2022, None],
            "rank": [1, 1, 3, 4, None],
            "n": 4,
        }
    )


@pytest.fixture
def dots() -> pd.DataFrame:
    """Ada fell from 2 to 1, Bo stays, a group of four."""
    rows = [
        ("A", "Ada", 2022, 1.0, 1, 1, "last"),
        ("A", "Ada", 2020, 2.0, 1, 1, "before"),
        ("B", "Bo", 2022, 2.0, 1, 1, "last"),
        ("G", "Group", 2022, 2.0, 3, 4, "group"),
        ("G", "Group", 2022, 0.0, 1, 4, "group"),
    ]
    return pd.DataFrame(rows, columns=levels.COLUMNS)


def text(markup: str) -> str:
    """With usual spaces, which keep a code and its scale on one line."""
    return markup.replace("\u00a0", " ")


def test_a_code_is_a_level_of_so_many_with_its_name(law: KpiView, ctx: Context) -> None:
    assert text(ctx.value(2, law)) == "2 of 2"
    assert text(ctx.named(2, law)) == "2 of 2: in force"
    assert text(plain(figure(2, law, 2022, ctx))) == "2 of 2: in force (2022)"
    assert text(plain(figure(2, law, 2022, ctx, named=False))) == "2 of 2 (2022)"
    assert text(words(1, law, 2020, ctx)) == "1 of 2: planned (2020, old)"


def test_without_names_it_is_a_code(law: KpiView, ctx: Context) -> None:
    bare = replace(law, class_names=())
    assert text(ctx.named(2, bare)) == "code 2 of 2"
    assert ctx.level(2, bare) == ""


def test_what_lies_between_two_codes_has_no_name(law: KpiView, ctx: Context) -> None:
    assert text(ctx.named(1.5, law)) == "1.5 of 2"
    assert ctx.value(None, law) == "–"


def test_the_headline_counts(five: pd.DataFrame, law: KpiView, ctx: Context) -> None:
    sentence = text(plain(sentences.leader(five, law, ctx)))
    assert sentence == "Law. 2 of 4 countries at the highest level, 2 of 2: in force (2022)."
    lower = five[five["obs_value"] != 2]
    sentence = text(plain(sentences.leader(lower, law, ctx)))
    assert sentence == "Law. The highest level held is 1 of 2: planned (2022): 1 of 2 countries."
    assert text(plain(sentences.middle(five, law, ctx, "World"))) == (
        "World: 2 of 4 at the highest level, 1 at the lowest (2022)"
    )


def test_a_country_stands_with_others(law: KpiView, ctx: Context) -> None:
    row = {"obs_value": 2.0, "time_period": 2022, "tied": 97}
    assert text(plain(sentences.level("Ada", law, row, ctx))) == (
        "Ada: 2 of 2: in force (2022), highest level, with 96 others"
    )
    assert plain(sentences.level("Ada", law, row | {"obs_value": None}, ctx)) == "Ada: no data"


def test_ranking_is_a_count_by_level(five: pd.DataFrame, law: KpiView, ctx: Context) -> None:
    [bars] = checked(ranking.figure(five, law, ctx)).data
    assert [text(label) for label in bars.y] == ["2 of 2: in force", "1 of 2: planned", "0 of 2: no"]
    assert list(bars.x) == [2, 1, 1]
    assert "2 at 2 of 2: in force" in text(ranking.alt(five, law, ctx))
    assert "First" not in ranking.alt(five, law, ctx)


def test_the_pointer_names_the_level_and_the_others(five: pd.DataFrame, law: KpiView, ctx: Context) -> None:
    sentence = world_map.hover(five, law, ctx)
    assert text(sentence[0]) == "<b>Ada</b><br>2 of 2: in force · 2022<br>highest level, with one other"
    assert sentence[4] == "<b>Ed</b><br>no data"
    assert "rank" not in " ".join(sentence)


def test_who_moved_is_named(dots: pd.DataFrame, ctx: Context) -> None:
    assert sentences.climbed(dots, ctx) == "Lower than before: Ada"
    assert sentences.climbed(dots[dots["id"] != "A"], ctx) == "Level of each"


@pytest.mark.usefixtures("dots")
def test_the_comparison_counts_countries_and_groups(law: KpiView, ctx: Context) -> None:
    last = pd.DataFrame({"name": ["Ada", "Bo"], "obs_value": [1.0, 2.0], "time_period": [2022, 2022]})
    group = pd.DataFrame(
        {"name": ["Group"], "top": [3], "n": [4], "time_period": [2022], "first_period": [2022]}
    )
    sentence = text(plain(sentences.at_top(last, group, law, ctx)))
    assert sentence == "Law. 1 of 2 countries at the highest level, 2 of 2: in force (2022). Group: 3 of 4."
    sentence = text(plain(sentences.at_top(last.head(0), group, law, ctx)))
    assert sentence == "Law. At the highest level, 2 of 2: in force (2022). Group: 3 of 4."
    assert plain(sentences.at_top(last.head(0), group.head(0), law, ctx)) == "Law: no data for this choice."


def test_a_strip_has_no_line_but_the_step_of_one_area(dots: pd.DataFrame, law: KpiView, ctx: Context) -> None:
    rows = [("A", "Ada"), ("B", "Bo"), ("G", "Group")]
    chart = levels.strip(dots, rows, law, ctx)
    lines = [trace for trace in checked(chart).data if trace.mode == "lines"]
    assert [list(line.x) for line in lines] == [[2.0, 1.0]]
    assert list(checked(chart).layout.xaxis.tickvals) == [0, 1, 2]
    group = checked(chart).data[1]
    assert list(group.text) == ["3", "1"]
    assert group.marker.size[0] > group.marker.size[1]
    sentence = text(levels.strip_alt(dots, rows, law, ctx))
    assert "Ada: 1 of 2: planned (2022), 2 of 2: in force (2020)" in sentence
    assert "Group: 3 × 2 of 2: in force (2022), 1 × 0 of 2: no (2022)" in sentence
