"""Progress: every status and reason has words, the path says what the method computes, the page opens."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts import path
from dashboard.charts import progress_words as words
from dashboard.charts.context import Kpi
from dashboard.components.explain_progress import CUTS, formula
from dashboard.components.language import catalogue
from kpis import progress
from tests.dashboard.test_pages import opened, said


def progress_page() -> None:
    """The script of the progress page alone."""
    from dashboard.app_pages import progress as page
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("progress")
    page.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.end()


def case(method: str, **other: float) -> dict[str, object]:
    """Half of the way in half of the time, unless told otherwise: one row of `Warehouse.progress`."""
    given = {"base_year": 2015, "base_value": 50.0, "latest_year": 2020, "latest_value": 60.0, "direction": 1,
             "target": 100.0, "target_year": 2030, "worst": 0.0, "best": 100.0, "green": 100.0}  # fmt: skip
    frame = pd.DataFrame([given | other]).assign(kpi="X", ref_area="COL")
    row: dict[str, object] = progress.assess_table(frame, method).iloc[0].to_dict()
    return row


@pytest.fixture
def observed() -> pd.DataFrame:
    """Values before and since the base, one of them missing."""
    return pd.DataFrame({"time_period": [2005, 2012, 2015, 2018, 2020], "obs_value": [1, 45, 50, None, 60.0]})


def test_every_status_reason_and_method_has_words_in_both_languages():
    assert set(words.REASONS) == set(progress.REASONS)
    spanish = catalogue("es").gettext
    for method, card in progress.METHODS.items():
        assert set(card.statuses) <= set(words.LEVELS)
        assert set(card.statuses) <= set(words.WORDS)
        assert {one for one in card.statuses if words.LEVELS[one] in ("met", "on")} == set(card.on_track)
        assert words.LEVELS[card.statuses[-1]] == "open"
        assert {method} <= set(words.SHORT) & set(words.NAMES) & set(words.FORMULAS) & set(CUTS)
        ladder = [one for one in card.statuses if words.LEVELS[one] not in ("met", "open")]
        assert len(ladder) == len(CUTS[method]) + 1
    for text in (*words.REASONS.values(), *words.NAMES.values(), *words.FORMULAS.values()):
        assert spanish(text) != text


def test_a_status_is_symbol_and_word_and_missing_is_no_status(ctx):
    assert "↑" in words.status("on_track", ctx)
    assert words.status("on_track", ctx).endswith("on track")
    assert 'class="e-sr">cannot be assessed' in words.status("not_available", ctx, word=False)
    assert words.status(None, ctx).endswith("no data")


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        (["on_track", "on_track", "marginal"], "2 of 3 KPIs with a target and a trend are on track"),
        (["on_track", "marginal"], "1 of 2 KPIs with a target and a trend is on track"),
        (["marginal", "marginal"], "none of 2 KPIs with a target and a trend is on track"),
        (["on_track"], "the only KPI with a target and a trend is on track"),
        (["marginal", "insufficient_data"], "the only KPI with a target and a trend is not on track"),
        (["insufficient_data"], "no KPI with a target can be assessed"),
        ([], "no KPI with a target can be assessed"),
    ],
)
def test_headline_counts_what_can_be_assessed(statuses, sentence, ctx):
    rows = pd.DataFrame({"status": pd.Series(statuses, dtype=str)})
    none = pd.DataFrame({"verdict": ["all_on_track"] * len(rows)})
    two = pd.DataFrame({"verdict": ["disagree", "disagree"]})
    assert words.country("Chad", rows, none, "unsd", ctx).startswith(f"Chad: {sentence} by the UNSD method")
    if len(rows) > 1 and "insufficient_data" not in statuses:
        assert words.country("Chad", rows, none, "unsd", ctx).endswith("; the methods agree.")
        assert words.country("Chad", rows, two, "unsd", ctx).endswith("; the methods disagree on 2.")


def test_group_names_the_ends_but_not_from_two_of_two(ctx):
    rows = pd.DataFrame({"kpi": ["A"] * 4 + ["B"] * 4 + ["C"],
                         "status": ["on_track"] * 3 + ["marginal"] * 5 + ["on_track"]})  # fmt: skip
    assert words.group("LDC", rows, "unsd", ctx).startswith("LDC: 44% of the assessed pairs")
    names = {"A": "Apples", "B": "Books", "C": "Cars"}
    assert words.ends(rows, names, ctx) == "Most often on track: Apples; least often: Books"
    assert list(words.shares(rows).index) == ["A", "B", "C"]
    assert words.ends(rows.head(3), names, ctx) == "KPIs with a target, by country"


def test_who_disagrees(ctx):
    row = {"unsd": "on_track", "eurostat": "on_track", "statcan": "not_assessed", "sdsn": "not_on_track"}
    said_ = words.verdict(row | {"verdict": "disagree"}, ctx)
    assert said_ == "The methods disagree: on track by UNSD, Eurostat; not by SDSN."


@pytest.mark.parametrize("method", progress.METHODS)
def test_the_lines_end_where_the_method_says(method, observed, share, ctx):
    row = case(method)
    lines = path.table(observed, row, 2030)
    seen = lines[lines["line"] == path.OBSERVED]
    assert seen["time_period"].tolist() == [2012, 2015, 2020]  # not 2005, not the missing one
    required = lines[lines["line"] == path.REQUIRED]["obs_value"]
    assert (required.iloc[0], required.iloc[-1]) == pytest.approx((50, 100))
    assert lines[lines["line"] == path.PROJECTED]["obs_value"].iloc[-1] == pytest.approx(row["projected"])
    straight = required.diff().dropna().round(6).nunique() == 1
    assert straight == (method == "sdsn")
    assert "At the pace since 2015" in path.alt(lines, row, 2030, "Chad", share, ctx)


def test_no_required_line_once_met_and_no_projection_without_a_trend(observed, share, ctx):
    met = case("unsd", target=40.0)
    lines = path.table(observed, met, 2030)
    assert path.REQUIRED not in set(lines["line"])
    assert path.title(lines, met, 2030, share, ctx) == "Target met: 60.0% in 2020, target 40.0%"
    once = case("unsd", latest_year=2015, latest_value=50.0)
    lines = path.table(observed.head(3), once, 2030)
    assert path.PROJECTED not in set(lines["line"])
    assert path.title(lines, once, 2030, share, ctx).startswith("Cannot be assessed. Only one year of data")


def test_a_projection_stops_at_the_limit_and_says_when_the_target_is_reached(observed, share, ctx):
    row = case("sdsn", latest_value=80.0)
    lines = path.table(observed, row, 2030)
    drawn = path.capped(lines, 0.0, 100.0)
    ahead = drawn[drawn["line"] == path.PROJECTED]
    assert lines["obs_value"].max() == pytest.approx(140)
    assert ahead["obs_value"].max() == 100
    assert ahead.loc[ahead["obs_value"] >= 100, "time_period"].min() == pytest.approx(2020 + 20 / 6)
    assert path.title(lines, row, 2030, share, ctx).endswith("the target of 100.0% is reached in 2024")


def test_a_target_of_zero_is_drawn_towards_zero(observed, share, ctx):
    lower = dataclasses.replace(share, direction="lower")
    row = case("eurostat", direction=-1, target=0.0, worst=100.0, best=0.0, green=0.0, latest_value=40.0)
    lines = path.table(observed, row, 2035)
    assert lines[lines["line"] == path.REQUIRED]["obs_value"].iloc[-1] == 0
    figure = path.figure(lines, row, lower, ctx, low=0.0, high=100.0)
    assert [trace.name for trace in figure.data][:3] == [path.REQUIRED, path.PROJECTED, path.OBSERVED]


@pytest.mark.parametrize("method", progress.METHODS)
@pytest.mark.parametrize(
    "other", [{}, {"direction": -1, "target": 20.0, "worst": 100.0, "best": 0.0, "green": 20.0}]
)
def test_the_formula_with_its_numbers_gives_the_measure(method, other, ctx):
    row = case(method, **other)
    written = formula(row, Kpi("X", "X", "", "", "higher", 3), ctx)
    sum_, _, measure = written.removesuffix("</strong>").partition(" = <strong>")
    value = eval(sum_.replace("÷", "/").replace("−", "-").replace(",", ""))
    assert value == pytest.approx(row["value"], abs=2e-2)
    assert measure == ctx.number(row["value"], 3)


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Every page reads the warehouse of all tests."""


def test_no_country_is_assumed_and_the_group_stands_alone():
    app = opened(progress_page, lang="en")
    assert not app.exception
    assert "Caribbean SIDS: 5" in said(app)
    assert "Choose a country below." in said(opened(progress_page, lang="en", scope="status"))


def test_a_country_in_one_sentence_and_where_methods_disagree():
    text = said(opened(progress_page, country="COL", lang="en"))
    assert "Colombia: 4 of 11 KPIs with a target and a trend are on track by the UNSD method" in text
    assert "The methods disagree: People using the Internet" in text
    assert "Cannot be assessed: Birth registration. Only one year of data since 2015" in text
    assert "Colombia: 3 de 11 KPI con meta y tendencia van por buen camino según el método SDSN" in said(
        opened(progress_page, country="COL", lang="es", method="sdsn")
    )


@pytest.mark.parametrize("method", progress.METHODS)
@pytest.mark.parametrize("area", ["NAM", "TUV", "PRK", "LIE"])
def test_every_kind_of_country_opens(area, method):
    for scope in ("status", "path"):
        app = opened(progress_page, country=area, lang="es", method=method, scope=scope, horizon="2035")
        assert not app.exception


def test_a_path_names_missing_data_and_bad_addresses():
    app = opened(progress_page, country="LIE", scope="path", indicator="SDG_1.1.1", horizon="1990", lang="en")
    assert not app.exception
    assert "No value since 2015, so no status: Extreme poverty." in said(app)


def test_the_horizon_changes_the_trend_and_never_the_status():
    near = said(opened(progress_page, country="COL", lang="en"))
    far = said(opened(progress_page, country="COL", lang="en", horizon="2040"))
    assert "Trend, 2030" in near
    assert "Trend, 2040" in far
    assert near.count("e-st-on") == far.count("e-st-on")


def test_the_world_matrix_has_every_member_and_namibia():
    text = said(opened(progress_page, scope="group", group="WORLD", country="NAM", lang="en"))
    assert text.count('<tr><th scope="row"') == 193
    assert '<th scope="row" class="e-on"><a' in text
