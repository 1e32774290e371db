"""The forecast on the page Progress: what is said beside the UN's rule, why there is none, and the counts."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import Markup

from dashboard.app_pages.progress import outlook, path, path_chart, reads
from dashboard.app_pages.progress.outlook import Outlook
from dashboard.charts.context import KpiView
from dashboard.charts.figures import plain
from kpis.forecast import expected
from kpis.forecast.gate import REASONS
from kpis.forecast.words import WHY_NOT
from tests.dashboard.app_pages.test_progress import case, progress_page
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, text_of

PASSED = {"kpi": "X", "passed": True, "reason": "", "cases": 900, "within_80": 0.81, "horizon": 7,
          "nearly": 95.0}  # fmt: skip
FORECAST = {"measure": "X", "ref_area": "COL", "time_period": 2030, "origin": 2020, "obs_value": 60.0,
            "p10": 71.4, "p50": 80.6, "p90": 88.2, "p_nearly": 0.12}  # fmt: skip


def refused(reason: str, **other: object) -> dict[str, object]:
    return PASSED | {"passed": False, "reason": reason} | other


def said(
    gate: dict[str, object], row: dict[str, object] | None, share: KpiView, ctx, **of_case: float
) -> str:
    promised = case("unsd", **of_case)
    return plain(outlook.said(Outlook(gate, row, promised), share, 2020, ctx))


def test_a_forecast_says_its_record_and_what_compound_growth_promises(share, ctx):
    """50 to 60 in five years is 60 · 1.2² = 86.4 in 2030."""
    assert said(PASSED, FORECAST, share, ctx) == (
        "8 of 10 such forecasts ended within their band. Chance of at least 95%, which counts as "
        "reached here: 12%. Compound growth, the UN’s rule, promises 86%."
    )
    ahead = Outlook(PASSED, FORECAST, case("unsd"))
    assert plain(outlook.probable(ahead, share, ctx)) == "By 2030 around 81% (71 to 88); target 100%."
    alone = Outlook(PASSED, FORECAST, None)
    assert plain(outlook.probable(alone, share, ctx)) == "By 2030 around 81% (71 to 88)."


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (71.4, 88.2, "81% (71 to 88)"),
        (79.9, 81.3, "80.6% (79.9 to 81.3)"),
        (80.5, 80.6, "80.6% (80.5 to 80.6)"),
    ],
)
def test_no_decimal_that_the_band_does_not_bear(low, high, text, share, ctx):
    assert plain(outlook.band(FORECAST | {"p10": low, "p90": high}, share, ctx)) == text
    whole = dataclasses.replace(share, precision=0)
    assert "." not in plain(outlook.band(FORECAST | {"p10": low, "p90": high}, whole, ctx))


def test_every_reason_of_the_gate_has_words(share, ctx):
    assert set(REASONS) | {"no_case"} == set(WHY_NOT)
    texts = {reason: said(refused(reason), None, share, ctx) for reason in REASONS}
    assert len(set(texts.values())) == len(REASONS)
    starts = {text.split(":")[0] for text in texts.values()}
    assert starts == {"No forecast"}
    assert "900 past cases of 7 years ahead are too few to prove one; 300 are asked" in texts["few_cases"]
    assert "its band of 80% held 81%, too few" in texts["band_too_narrow"]
    without = said(refused("few_cases", cases=0), None, share, ctx)
    assert without == "No forecast: the figures do not reach far enough back to try one of 7 years."


def test_an_old_value_has_no_forecast_though_its_kpi_passes(share, ctx):
    assert said(PASSED, None, share, ctx) == (
        "No forecast: the last value, of 2020, lies more than 8 years before 2030, further ahead than was "
        "ever tried."
    )


def test_nothing_is_forecast_at_the_end_of_the_scale(share, ctx):
    """A target of 100 that is met leaves nothing; one of 50 that is met may be lost again."""
    met = Outlook(PASSED, FORECAST, case("unsd", latest_value=100.0))
    assert met.shown is None
    assert said(PASSED, FORECAST, share, ctx, latest_value=100.0) == ""
    assert Outlook(PASSED, FORECAST, case("unsd", target=50.0)).shown == FORECAST
    none_left = case("unsd", direction=-1, target=0.0, base_value=5.0, latest_value=0.0)
    assert Outlook(PASSED, FORECAST, none_left).is_settled


def test_no_chance_of_a_level_that_is_there_already(share, ctx):
    text = said(PASSED, FORECAST | {"obs_value": 98.7}, share, ctx)
    assert "Chance of" not in text
    assert "8 of 10 such forecasts" in text


def test_the_title_says_what_is_probable_then_where_the_trend_leads(share, ctx):
    row = case("unsd")
    assert plain(path.title(row, 2030, share, ctx, FORECAST)) == (
        "Around 81% (71 to 88) in 2030, target 100.0%; the trend since 2015 leads to 86.4%"
    )
    later = plain(path.title(row, 2035, share, ctx, FORECAST))
    assert later == "Around 81% (71 to 88) in 2030; target 100.0%"
    assert plain(path.title(case("unsd", target=40.0), 2030, share, ctx, FORECAST)).startswith("Target met")


def test_the_band_is_drawn_upright_in_the_year_of_the_target(share, ctx):
    observed = pd.DataFrame({"time_period": [2015, 2020], "obs_value": [50.0, 60.0]})
    row = case("unsd")
    lines = path.table(observed, row, 2030)
    figure = checked(path_chart.figure(lines, row, share, ctx, low=0.0, high=100.0, forecast=FORECAST))
    *_, band = (trace for trace in figure.data if trace.meta == {"line": outlook.LINE})
    assert list(band.x) == [2030] * 3
    assert list(band.y) == [71.4, 80.6, 88.2]
    lines_drawn = {trace.meta["line"]: trace for trace in figure.data if trace.customdata is not None}
    assert list(lines_drawn[outlook.LINE].customdata) == ["", "81% (71 to 88)"]
    ways = (outlook.LINE, path.PROJECTED, path.REQUIRED, path.OBSERVED)
    assert len({lines_drawn[name].line["dash"] for name in ways}) == 4
    texts = [note.text for note in figure.layout.annotations]
    assert "<b>81% (71 to 88) forecast</b>" in texts
    legend = path_chart.legend(lines, pd.DataFrame(), row, ctx, FORECAST)
    assert "forecast for 2030: median, and the band of 8 in 10" in legend
    ahead = outlook.lines(FORECAST)
    assert ahead["obs_value"].tolist() == [71.4, 80.6, 88.2]
    digits = [outlook.of_line(line, ahead, share).precision for line in (*ahead["line"], path.OBSERVED)]
    assert digits == [0, 0, 0, 1]


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Every page reads the warehouse of all tests."""


def shown(**choices: str) -> str:
    app = opened(progress_page, **choices)
    assert not app.exception
    return plain(Markup(text_of(app)))


def test_internet_use_of_colombia(wh):
    row = wh.forecast("COL", "SDG_17.8.1").iloc[0]
    band = f"{row['p50']:.0f}% ({row['p10']:.0f} to {row['p90']:.0f})"
    text = shown(country="COL", scope="path", lang="en")
    assert f"By 2030 around {band}; target 100%." in text
    assert re.search(
        r"8 of 10 such forecasts ended within their band\. Chance of at least 95%, which counts as "
        r"reached here: \d+%\. Compound growth, "
        r"the UN’s rule, promises 100%\.",
        text,
    )
    spanish = shown(country="COL", scope="path", lang="es")
    assert "Para 2030, alrededor del" in spanish
    assert "El crecimiento compuesto, la regla de las Naciones Unidas, promete" in spanish


@pytest.mark.parametrize(
    ("area", "kpi", "sentence"),
    [
        ("HTI", "SDG_9.c.1", "No forecast: the figures do not reach far enough back to try one of 6 years."),
        ("COL", "SDG_8.10.2", "the figures do not reach far enough back to try one of 6 years"),
        ("COL", "SDG_3.8.1", "No forecast: every country’s last value lies more than 8 years before 2030"),
        ("COL", "PRICE_FIXED_BB", "No forecast: only shares from 0 to 100% were tried."),
        ("SSD", "SDG_17.8.1", "No forecast: the last value, of 2019, lies more than 8 years before 2030"),
    ],
)
def test_the_real_page_says_why_there_is_none(area, kpi, sentence):
    text = shown(country=area, scope="path", indicator=kpi, lang="en")
    assert sentence in text
    assert "around" not in text


def test_statuses_have_the_forecast_beside_the_trend():
    text = shown(country="RWA", scope="status", lang="en")
    assert re.search(r"Trend, 2030Forecast", text)
    assert re.search(r"\d+% \(\d+ to \d+\)", text)


def internet(rows: pd.DataFrame) -> dict[str, float]:
    return rows.set_index("kpi").loc["SDG_17.8.1"].to_dict()


@pytest.mark.parametrize("group", ["WORLD", "LDC"])
def test_a_group_counts_what_compound_growth_says_and_what_to_expect(wh, group):
    text = shown(scope="group", group=group, lang="en")
    world = internet(expected(wh.tables))
    own = world if group == "WORLD" else internet(expected(wh.tables, wh.members(group)))
    promise = f"promises it to {own['growth']:.0f} of {own['n']:.0f} countries; to expect: "
    assert promise + f"about {own['calibrated']:.0f}" in text
    assert f"{world['growth']:.0f} of {world['n']:.0f}" in text
    assert f"about {world['calibrated']:.0f}" in text
    gate = reads.gates(wh)["SDG_17.8.1"]
    assert f"{100 * gate['came_true'] / gate['promised']:.0f}% of {gate['promised']:,}" in text


def test_nobody_short_of_a_level_nothing_to_count(wh):
    assert expected(wh.tables, []).empty
