"""How often we were right: the page on real figures, its drawings and words on a few made-up cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from dashboard.app_pages.forecast import chances, coverage, failures, frames
from dashboard.charts import record_common as common
from dashboard.charts import record_guesses as guesses
from dashboard.charts import record_of_country as of_country
from dashboard.charts import record_words as words
from dashboard.charts.context import Context
from dashboard.reads import shared as data
from kpis.forecast import record
from kpis.forecast.arrived import score
from kpis.queries import Warehouse
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, read, text_of
from tests.kpis.forecast.made_up import Made, editions, stored

SHARES = pd.DataFrame(
    {
        "name": ["2008 → 2010", "Pequeños Estados insulares en desarrollo"],
        "n": [180, 40],
        "egdi_within_80": [0.62, 0.9],
        "rank_within_80": [0.85, 0.8],
    }
)
MEANS = pd.Series(
    {
        "n": 1523.0,
        "egdi_within_80": 0.803,
        "rank_within_80": 0.829,
        "rank_error": 7.96,
        "rank_as_today_error": 8.25,
        "rank_line_error": 12.31,
        "rank_width_80": 26.2,
        "egdi_width_80": 0.141,
    }
)


def forecast_page() -> None:
    """The script of the page alone."""
    from dashboard.app_pages.forecast import page as forecast
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("forecast")
    forecast.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.end()
    shell.notes()


def country_rows() -> pd.DataFrame:
    """A hit, then a miss by one place."""
    return pd.DataFrame(
        {
            "origin": [2020, 2022],
            "time_period": [2022, 2024],
            "rank_as_today": [60.0, 64.0],
            "rank_forecast": [62.0, 63.0],
            "rank_p10": [50.0, 55.0],
            "rank_p90": [70.0, 71.0],
            "rank_actual": [64.0, 72.0],
            "rank_within_80": [True, False],
            "egdi_within_80": [True, True],
        }
    )


def test_shares_of_values_and_ranks_differ_by_shape_and_lie_at_the_promise(ctx: Context) -> None:
    chart = checked(coverage.figure(SHARES, ctx))
    _spans, values, ranks = chart.data
    assert (values.marker.symbol, ranks.marker.symbol) == ("circle", "diamond")
    assert list(values.x) == [0.62, 0.9]
    [line] = chart.layout.shapes
    assert line.x0 == line.x1 == 0.8
    texts = [label.text for label in chart.layout.annotations]
    assert texts == ["promised: 80%", "62%", "85%", "80%", "90%"]
    # The lower share stands left of its mark, the higher right.
    assert [label.xanchor for label in chart.layout.annotations[3:]] == ["right", "left"]
    assert chart.layout.yaxis.ticktext[1] == "Pequeños Estados<br>insulares en desarrollo"


def test_the_finding_and_the_words_for_who_does_not_see(ctx: Context) -> None:
    assert coverage.title(SHARES, ctx) == "Inside the band: 62% to 90% of values, 80% to 85% of ranks"
    assert "2008 → 2010: values 62%, ranks 85%; Pequeños" in coverage.alt(SHARES, ctx)


def test_the_headline_says_how_often_and_against_what(ctx: Context) -> None:
    assert words.headline(MEANS, 1, ctx) == (
        "Of 1,523 forecasts one edition ahead, made only from what was known then, 80% ended inside their "
        "band of 80% for the value and 83% for the rank"
    )
    assert "almost as good: off by 8.3 places, the forecast by 8.0." in words.against_today(MEANS, ctx)
    assert words.width(MEANS, ctx).endswith("26 places wide on average, 0.14 of EGDI.")


@pytest.mark.parametrize(
    ("today", "verdict"),
    [(8.04, "been as good"), (8.2, "almost as good"), (7.9, "been better"), (9.0, "been worse")],
)
def test_the_plainest_guess_is_judged_by_its_error(today: float, verdict: str, ctx: Context) -> None:
    means = pd.Series({"rank_error": 8.0, "rank_as_today_error": today})
    assert verdict in words.against_today(means, ctx)


def test_a_forecast_rank_never_stands_without_its_band(ctx: Context) -> None:
    row = {"rank_forecast": 62.0, "rank_p10": 50.0, "rank_p90": 70.0}
    assert words.rank_forecast(row, ctx) == "62 (50 to 70)"
    assert words.band(193.0, 193.0, ctx) == "193"


def test_a_miss_of_a_country_is_a_cross_and_a_hit_a_dot(ctx: Context) -> None:
    rows = country_rows()
    bands, _middle, ranks, labels = checked(of_country.figure(rows, ctx)).data
    assert list(ranks.marker.symbol) == ["circle", "x"]
    assert (bands.base[0], bands.x[0]) == (49.5, 21)
    assert labels.text[1] == "<b>72</b>; band 55–71"
    assert min(labels.x) > 70
    assert of_country.title(rows, "Utopia", ctx) == (
        "Utopia: 1 of 2 ranks and 2 of 2 values ended inside their band of 80%"
    )
    assert (
        of_country.missed(rows, "Utopia", ctx) == "Utopia, ranks outside their band: 72 in 2024 (band 55–71)"
    )
    assert of_country.missed(rows.head(1), "Utopia", ctx) == "Utopia: no rank ended outside its band"
    assert "2024: forecast 63 (55 to 71), came 72" in of_country.alt(rows, "Utopia", ctx)


def test_a_phone_leaves_more_room_for_the_figures(ctx: Context) -> None:
    wide, narrow = (
        checked(of_country.figure(country_rows(), each)).layout.xaxis.range[1]
        for each in (ctx, replace(ctx, narrow=True))
    )
    assert narrow > wide


def test_the_guess_farthest_off_is_named_beside_the_forecast(ctx: Context) -> None:
    assert guesses.title(MEANS, ctx) == (
        "Farthest off: line through the last two editions, by 12.3 places; the forecast by 8.0"
    )
    other = MEANS.copy()
    other["rank_line_error"] = 3.0
    assert (
        guesses.title(other, ctx) == "Farthest off: rank stays as it is, by 8.3 places; the forecast by 8.0"
    )
    other["rank_error"] = 9.0
    assert guesses.title(other, ctx) == "Farthest off: forecast, by 9.0 places"
    [bars] = checked(guesses.figure(MEANS, ctx)).data
    assert list(bars.text) == ["8.0", "8.3", "12.3"]


def test_editions_far_off_for_all_are_named_by_side_with_what_is_far(ctx: Context) -> None:
    rows = pd.DataFrame({"time_period": [2010, 2012, 2014], "egdi_miss": [-0.03, 0.05, 0.0]})
    assert (
        common.title(rows, ctx) == "For all together lower than forecast by 0.025 or more: 2010; higher: 2012"
    )
    assert common.title(rows.iloc[:1], ctx) == "For all together lower than forecast by 0.025 or more: 2010"
    assert common.title(rows.iloc[1:], ctx) == "For all together higher than forecast by 0.025 or more: 2012"
    assert common.title(rows.iloc[2:], ctx).endswith("no edition ended 0.025 or more from its forecast")
    [bars] = checked(common.figure(rows, ctx)).data
    assert list(bars.marker.pattern.shape) == ["\\", "", ""]
    assert list(bars.text) == ["−0.03", "+0.05", "0.00"]
    assert "2010 −0.03; 2012 +0.05; 2014 0.00" in common.alt(rows, ctx)


def test_chances_of_few_cases_are_small_and_not_counted(ctx: Context) -> None:
    bins = pd.DataFrame({"n": [200, 100, 5], "given": [0.33, 0.5, 0.9], "came": [0.37, 0.6, 0.2]})
    both = {"p_better_rank": bins, "p_higher_group": bins.iloc[2:]}
    assert chances.title(both, ctx) == "Chances were off by 6 points on average, by 10 at most"
    assert chances.title({"p_better_rank": bins.assign(n=3)}, ctx).startswith("Too few")
    line, better, _higher = checked(chances.figure(both, ctx)).data
    assert list(line.x) == list(line.y)
    large, _large, small = better.marker.size
    assert large > small
    assert "a better rank: 33% → 37%, 50% → 60%, 90% → 20%" in chances.alt(both, ctx)


def test_jumps_in_words(ctx: Context) -> None:
    title = failures.jumps(record.Jumps(n=100, cases=1000, within_80=19, within_95=60), ctx)
    assert title == (
        "Nobody foresees jumps: of 100 moves of 20 places or more the band of 80% held 19%, that of 95% held "
        "60%"
    )
    assert "No move" in failures.jumps(record.Jumps(0, 10, 0, 0), ctx)


@pytest.mark.parametrize("ahead", [1, 2, 3])
def test_the_page_says_what_the_record_says(ahead: int, home: Path, wh: Warehouse) -> None:
    text = read(opened(forecast_page, lang="en", ahead=str(ahead)))
    tried = record.cases(wh.tables, ahead)
    means, moves = record.overall(tried), record.jumps(tried)
    assert f"Of {len(tried):,} forecasts" in text
    assert f"{means['rank_within_80']:.0%} for the rank" in text
    assert f"the forecast by {means['rank_error']:.1f}" in text
    assert f"of {moves.n} moves of 20 places" in text


def test_the_page_names_jumps_and_groups_that_were_less_sure(home: Path) -> None:
    text = read(opened(forecast_page, lang="en"))
    misses = [name in text for name in ("Tunisia", "Libya", "Bahrain", "Jordan")]
    assert misses == [True] * 4
    assert "lower than forecast by 0.025 or more: 2010, 2014; higher: 2012, 2018, 2020" in text
    ahead = read(opened(forecast_page, lang="en", ahead="2"))
    assert "Less sure than promised 2 editions ahead: Low: 75% of values" in ahead


@pytest.mark.parametrize("by", ["edition", "group", "region", "special"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_count_opens_in_both_languages(by: str, lang: str, home: Path) -> None:
    app = opened(forecast_page, lang=lang, by=by, country="JAM")
    assert not app.exception
    assert app.session_state["escala_url"].address()["country"] == ["JAM"]
    answer = {"en": "of 8 ranks and", "es": "de 8 puestos y"}[lang]
    assert answer in read(app)


def test_a_country_that_had_no_forecast_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "of_one_country", lambda reader, ahead, area: None)
    text = read(opened(forecast_page, lang="en", country="JAM"))
    assert "No forecast of the past can be compared with what came." in text


@pytest.mark.parametrize(("name", "value"), [("ahead", "4"), ("ahead", "x"), ("by", "continent")])
def test_a_bad_choice_in_the_address_is_named_and_ignored(name: str, value: str, home: Path) -> None:
    app = opened(forecast_page, **{"lang": "en", name: value})
    assert not app.exception
    assert f"<code>{name}</code> = <code>{value}</code> was ignored" in text_of(app)
    assert "one edition ahead" in read(app)


GATE = pd.DataFrame(
    {
        "kpi": ["SDG_17.8.1", "SDG_8.10.2", "CHILD_MORTALITY"],
        "horizon": [6, 6, None],
        "cases": [2163, 92, 0],
        "within_80": [0.844, 0.783, None],
        "error": [7.23, 8.19, None],
        "passed": [True, False, False],
        "reason": ["", "few_cases", "not_a_share"],
        "promised": [3243, 167, 0],
        "came_true": [313, 15, 0],
    }
)


def test_annual_kpis_say_whether_and_why_not(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.reads import record as reads

    monkeypatch.setattr(reads, "annual_gate", lambda wh: GATE)
    text = read(opened(forecast_page, lang="en"))
    assert "Annual KPIs: 1 of 3 passed the trial on the past and are forecast" in text
    assert "no: too few cases to try it on" in text
    assert "no: not a share of 0 to 100" in text
    assert "313 of 3,243" in text
    assert "hay muy pocos casos" in read(opened(forecast_page, lang="es"))


def test_the_gate_on_the_page_is_that_of_the_warehouse(home: Path, wh: Warehouse) -> None:
    gates = wh.tables.query("select * from forecast_gate")
    text = read(opened(forecast_page, lang="en"))
    assert f"Annual KPIs: {gates['passed'].sum()} of {len(gates)} passed the trial" in text
    internet = gates.set_index("kpi").loc["SDG_17.8.1"]
    assert f"{internet['came_true']:,} of {internet['promised']:,}" in text


@pytest.fixture(scope="module")
def made_up(shared: Path) -> dict[str, Made]:
    """With a frozen forecast of 2026, before and after that edition came."""
    return editions(shared)


@pytest.fixture
def serving(made_up: dict[str, Made], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def serve(name: str) -> None:
        monkeypatch.setenv("ESCALA_WAREHOUSE", str(made_up[name].warehouse))
        monkeypatch.setenv("ESCALA_DATA", str(made_up[name].data))

    yield serve
    st.cache_resource.clear()  # the next test must not be served from here


def test_a_frozen_forecast_waits_with_its_date_and_data_version(
    serving: Callable[[str], None], made_up: dict[str, Made]
) -> None:
    serving("before")
    row = stored(made_up["before"].data)["EGDI", "COL"]
    text = read(opened(forecast_page, lang="en", country="COL"))
    assert "No forecast can be tried on the past" in text
    assert "The next edition, frozen before the fact: 2026" in text
    assert "Frozen on 27 November 2026, when 2024 was the last edition held: 4 countries" in text
    band = f"{row['rank_p50']} ({row['rank_p10']} to {row['rank_p90']})"
    assert f"Colombia, 2026: rank {band}, EGDI {float(row['p50']):.2f} (" in text
    assert "congelada antes de conocerla" in read(opened(forecast_page, lang="es"))
    assert "Cuba: no forecast of 2026 was frozen." in read(opened(forecast_page, lang="en", country="CUB"))


def test_a_frozen_forecast_is_scored_for_good_once_its_edition_is_held(
    serving: Callable[[str], None],
) -> None:
    serving("after")
    text = read(opened(forecast_page, lang="en", country="JAM"))
    (result,) = score(data.warehouse().tables)
    egdi = result.cases[result.cases["measure"] == "EGDI"]
    inside = egdi.groupby("of")["within_80"].sum()
    assert (
        f"Frozen before 2026, and then: {inside['rank']} of 3 ranks and {inside['value']} of 3 values" in text
    )
    assert "frozen before the fact" not in text
    own = egdi[(egdi["of"] == "rank") & (egdi["ref_area"] == "JAM")].iloc[0]
    word = "inside" if own["within_80"] else "outside"
    assert re.search(rf"Jamaica, 2026: rank forecast .*, came {own['actual']:.0f}: {word} its band\.", text)
    assert "CRPS, as today" in text
    missing = read(opened(forecast_page, lang="en", country="HTI"))
    assert "Haiti: no forecast of 2026 can be compared with a figure." in missing
    assert "Congelado antes de 2026" in read(opened(forecast_page, lang="es"))


def test_the_forecast_of_the_next_edition_is_frozen_and_shown(home: Path) -> None:
    text = read(opened(forecast_page, lang="en", country="URY"))
    assert "The next edition, frozen before the fact: 2026" in text
    assert re.search(r"Uruguay, 2026: rank \d+ \(\d+ to \d+\), EGDI 0\.\d\d \(0\.\d\d to 0\.\d\d\)\.", text)
    assert re.search(r"Of the 8 ranks of this country forecast one edition ahead, [0-8] did\.", text)
