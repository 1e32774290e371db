"""Progress: every status and reason has words, the path says what the method computes, the page opens."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import Markup

from dashboard.app_pages.progress import path, path_chart
from dashboard.app_pages.progress.how import CUTS, formula
from dashboard.charts import progress_figures as marks
from dashboard.charts import progress_sentences as sentences
from dashboard.charts import progress_words as words
from dashboard.charts.context import KpiView
from dashboard.charts.figures import plain
from dashboard.components.language import catalogue
from kpis import progress
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, text_of


def progress_page() -> None:
    """The script of the progress page alone."""
    from dashboard.app_pages.progress import page
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("progress")
    page.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.end()


AS_OF = 2026  # that of the fixture `ctx`
LIMIT = 6  # years; 2020 is the last year that is not old


def case(method: str, horizon: int = 2030, **other: float) -> dict[str, object]:
    """From 50 in 2015 to 60 in 2020 towards 100, unless told otherwise: one row of `Warehouse.progress`."""
    base = {"base_year": 2015, "base_value": 50.0, "latest_year": 2020, "latest_value": 60.0, "direction": 1,
             "target": 100.0, "target_year": 2030, "worst": 0.0, "best": 100.0, "green": 100.0,
             "limit_low": 0.0, "limit_high": 100.0, "precedents": 81, "precedents_made": 2,
             "fresh_years": LIMIT} | other  # fmt: skip
    age = AS_OF - base["latest_year"]
    frame = pd.DataFrame([base]).assign(
        kpi="X", ref_area="COL", latest_age=age, latest_old=age > base["fresh_years"]
    )
    assessed = progress.assess_table(frame, method, horizon=horizon)
    row: dict[str, object] = progress.as_read(assessed).iloc[0].to_dict()
    return row


@pytest.fixture
def share(share: KpiView) -> KpiView:
    """A percentage whose values of 2020 are not old in 2026."""
    return dataclasses.replace(share, fresh_years=LIMIT)


@pytest.fixture
def observed() -> pd.DataFrame:
    """Values before and since the base, one of them missing."""
    return pd.DataFrame({"time_period": [2005, 2012, 2015, 2018, 2020], "obs_value": [1, 45, 50, None, 60.0]})


def test_every_status_reason_and_method_has_words_in_both_languages():
    spanish = catalogue("es").gettext
    for method, card in progress.METHODS.items():
        assert set(card.statuses) <= set(words.LEVELS)
        assert set(card.statuses) <= set(words.WORDS)
        assert progress.NO_RECENT_FIGURE not in card.statuses  # no publisher's vocabulary has it
        assert {code for code in card.statuses if words.LEVELS[code] in ("met", "on")} == set(card.on_track)
        assert words.LEVELS[card.statuses[-1]] == "open"
        assert {method} <= set(words.SHORT) & set(words.NAMES) & set(words.FORMULAS) & set(CUTS)
        ladder = [code for code in card.statuses if words.LEVELS[code] not in ("met", "open")]
        assert len(ladder) == len(CUTS[method]) + 1
    assert set(words.LEVELS) == set(words.WORDS)
    for text in (
        *words.PLAIN.values(),
        *progress.REASONS.values(),
        *words.NAMES.values(),
        *words.FORMULAS.values(),
    ):
        assert spanish(text) != text


def test_a_status_is_symbol_and_word_and_missing_is_no_status(ctx):
    assert "↑" in words.status("on_track", ctx)
    assert words.status("on_track", ctx).endswith("on track")
    assert 'class="e-sr">cannot be assessed' in words.status("not_available", ctx, word=False)
    assert words.status(None, ctx).endswith("no data")


def judged(*statuses: str, verdict: str = "all_on_track") -> pd.DataFrame:
    """Rows of progress with these statuses, far from their targets."""
    return pd.DataFrame(
        {"kpi": list("ABCDEF")[: len(statuses)], "status": pd.Series(statuses, dtype=str), "direction": 1,
         "latest_value": 1.0, "target": 2.0, "verdict": verdict}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        (
            ["on_track", "on_track", "marginal"],
            "on track for 2 of 3 targets that can be assessed; too slow for 1.",
        ),
        (
            ["moderate", "marginal", "stagnation", "regression"],
            "on track for 0 of 4 targets that can be assessed; too slow for 2, standing still on 1, "
            "moving away from 1.",
        ),
        (["on_track", "insufficient_data"], "on track for 1 of 1 targets that can be assessed."),
        (["insufficient_data", "no_recent_figure"], "for no target can it be said whether it is on track."),
        ([], "for no target can it be said whether it is on track."),
    ],
)
def test_headline_counts_what_can_be_assessed(statuses, sentence, ctx):
    assert sentences.country("Chad", judged(*statuses), ctx) == f"Chad: {sentence}"


def test_below_the_headline_stands_the_method_and_what_is_in_doubt(ctx):
    rows = judged("on_track", "no_recent_figure")
    agree = pd.DataFrame({"verdict": ["all_on_track", "no_recent_figure"]})
    two = pd.DataFrame({"verdict": ["disagree", "disagree"]})
    assert sentences.by_which(rows, agree, "unsd", ctx) == (
        "By the UNSD method; the methods agree; 1 has no recent figure."
    )
    assert sentences.by_which(rows.head(1), two, "sdsn", ctx) == (
        "By the SDSN method; the methods disagree on 2."
    )
    assert sentences.by_which(rows.tail(1), two, "unsd", ctx) == "By the UNSD method; 1 has no recent figure."


def test_group_names_the_ends_but_not_from_two_of_two(ctx):
    rows = pd.DataFrame({"kpi": ["A"] * 4 + ["B"] * 4 + ["C"],
                         "status": ["on_track"] * 3 + ["marginal"] * 5 + ["on_track"]})  # fmt: skip
    assert sentences.group("LDC", rows, "unsd", ctx).startswith("LDC: 44% of the assessed pairs")
    names = {"A": "Apples", "B": "Books", "C": "Cars"}
    assert sentences.ends(rows, names, ctx) == (
        "Most often on track, of KPIs judged for most countries: Apples; least often: Books"
    )
    assert sentences.ends(rows.head(8), names, ctx) == "Most often on track: Apples; least often: Books"
    tied = rows.assign(kpi=["A"] * 3 + ["B"] * 4 + ["A", "C"], status=["on_track"] * 3 + ["marginal"] * 6)
    tied = pd.concat([tied.head(8), tied.assign(kpi=tied["kpi"].replace("A", "D")).head(8)])
    assert sentences.ends(tied, names | {"D": "Dogs"}, ctx).startswith("Most often on track: Apples, Dogs;")
    assert list(sentences.shares(rows).index) == ["A", "B", "C"]
    assert sentences.ends(rows.head(3), names, ctx) == "KPIs with a target, by country"


def test_who_disagrees(ctx):
    row = {"unsd": "on_track", "eurostat": "on_track", "statcan": "not_assessed", "sdsn": "not_on_track"}
    verdict = progress.verdict_sentence(row | {"verdict": "disagree"}, ctx.lang)
    assert verdict == "The methods disagree: on track by UNSD, Eurostat; not by SDSN."


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
    assert plain(path.title(met, 2030, share, ctx)) == "Target met: 60.0% in 2020, target 40.0%"
    once = case("unsd", latest_year=2015, latest_value=50.0, fresh_years=11)
    lines = path.table(observed.head(3), once, 2030)
    assert path.PROJECTED not in set(lines["line"])
    assert path.title(once, 2030, share, ctx).startswith("Cannot be assessed. Only one year of data")


def test_a_projection_stops_at_the_limit_and_says_when_the_target_is_reached(observed, share, ctx):
    row = case("sdsn", latest_value=80.0)
    lines = path.table(observed, row, 2030)
    drawn = path.capped(lines, 0.0, 100.0)
    ahead = drawn[drawn["line"] == path.PROJECTED]
    assert lines["obs_value"].max() == pytest.approx(140)
    assert ahead["obs_value"].max() == 100
    assert ahead.loc[ahead["obs_value"] >= 100, "time_period"].min() == pytest.approx(2020 + 20 / 6)


@pytest.mark.parametrize(
    ("other", "horizon", "title"),
    [
        # 50 → 80 in five years is 6 a year: 100 in 2023.3, so in 2024, and it is 2026
        (
            {"latest_value": 80.0},
            2030,
            "80.0% in 2020: the trend 2015–2020 would have reached 100.0% in 2024; no later figure confirms "
            "it",
        ),
        # 50 → 70 is 4 a year: 100 in 2027.5
        ({"latest_value": 70.0}, 2030, "At the pace since 2015 the target of 100.0% is reached in 2028"),
        ({"latest_value": 70.0}, 2027, "At the pace since 2015: 98.0% in 2027; target 100.0%"),
        ({"latest_value": 50.0}, 2030, "At the pace since 2015: 50.0% in 2030; target 100.0%"),
        (
            {"latest_value": 80.0, "fresh_years": 5},
            2030,
            "No recent figure (last: 2020): the trend 2015–2020 would have reached 100.0% in 2024; no later "
            "figure confirms it",
        ),
        (
            {"latest_value": 70.0, "fresh_years": 5},
            2030,
            "No recent figure (last: 2020): the trend 2015–2020 would reach 100.0% in 2028; no later figure "
            "confirms it",
        ),
        (
            {"latest_value": 70.0, "fresh_years": 5},
            2027,
            "No recent figure (last: 2020). Value then: 70.0%; target 100.0%",
        ),
        (
            {"latest_value": 100.0, "fresh_years": 5},
            2030,
            "No recent figure (last: 2020): the target of 100.0% was met then; no later figure confirms it",
        ),
    ],
)
def test_a_title_never_says_an_arrival_that_is_past_or_unconfirmed(other, horizon, title, share, ctx):
    row = case("sdsn", horizon, **other)
    markup = path.title(row, horizon, share, ctx)
    assert plain(markup) == title
    arrivals = [int(year) for year in re.findall(r'data-arrival="(\d+)"', markup)]
    assert arrivals == ([2028] if "is reached in" in title else [])


def test_a_projection_beyond_a_limit_is_said_in_words(share, ctx):
    """Straight from 50 in 2015: by 90 in 2020 past 100 in 2022, by 70 in 2028; 20 to 11 past 0 in 2027."""
    ahead = marks.projected(case("sdsn", latest_value=70.0), share, 2030, ctx)
    assert plain(ahead) == "100.0% before 2028"
    assert 'data-arrival="2028"' in ahead
    assert plain(marks.projected(case("sdsn", 2027, latest_value=70.0), share, 2027, ctx)) == "98.0%"
    passed = marks.projected(case("sdsn", latest_value=90.0), share, 2030, ctx)
    assert (plain(passed), "data-arrival" in passed) == ("100.0%", False)
    old = marks.projected(case("sdsn", latest_value=70.0, fresh_years=5), share, 2030, ctx)
    assert (plain(old), "data-arrival" in old) == ("100.0%", False)
    falling = case("sdsn", base_value=20.0, latest_value=11.0, target=50.0)
    assert plain(marks.projected(falling, share, 2030, ctx)) == "0.0% before 2027"


@pytest.mark.parametrize(
    ("precedents", "n_reached", "cell", "sentence"),
    [
        (81, 2, "2 of 81", "2 of 81 countries once at its level of 2015 (50.0%) made it in 15 years."),
        (81, 0, "none of 81", "None of 81 countries once at its level of 2015 (50.0%) made it in 15 years."),
        (6, 1, "1 of 6", "Few precedents: 1 of 6 once at its level of 2015 (50.0%) made it in 15 years."),
        (
            0, 0, "no precedent",
            "No other country at its level of 2015 (50.0%) has a value 15 years later.",
        ),
        (None, None, "–", ""),
    ],
)  # fmt: skip
def test_what_others_made_from_there_is_said_also_when_nobody_did(
    precedents, n_reached, cell, sentence, share, ctx
):
    row = case("unsd") | {"precedents": precedents, "precedents_made": n_reached}
    assert marks.precedents(row, ctx) == cell
    assert plain(marks.precedent_sentence(row, share, ctx)) == sentence


def test_a_short_trend_says_how_short_it_is(ctx):
    assert marks.thin(case("unsd"), ctx) == ""
    assert marks.thin(case("unsd", base_year=2018), ctx) == "trend of 2 years only (2018–2020)"
    assert marks.thin(case("unsd", base_year=2019), ctx) == "trend of one year only (2019–2020)"
    assert marks.thin(case("statcan", base_year=2020, base_value=60.0), ctx) == "one year of data only"


def test_a_status_says_from_which_year_it_comes_and_whether_that_is_old(share, ctx):
    recent = marks.status(case("unsd", latest_value=90.0), share, ctx)
    assert recent.startswith('<span data-status="on_track" data-status-year="2020"><')
    short = dataclasses.replace(share, fresh_years=5)
    old = marks.status(case("unsd", latest_value=90.0, fresh_years=5), short, ctx, word=False)
    assert 'data-status="no_recent_figure" data-status-year="2020" data-status-old="true"' in old
    assert plain(old) == "…no recent figure (last: 2020)"


@pytest.mark.parametrize(
    ("method", "status", "value", "text"),
    [
        ("unsd", "on_track", 90.0, "↑ on track"),
        ("unsd", "on_track", 100.0, "✓ target met"),
        ("statcan", "target_achieved", 100.0, "✓ target met"),
        ("unsd", "moderate", 60.0, "↗ too slow"),
        ("eurostat", "insufficient", 60.0, "→ far too slow"),
        ("sdsn", "stagnating", 60.0, "→ far too slow"),
        ("unsd", "stagnation", 60.0, "= standing still"),
        ("unsd", "regression", 100.0, "↓ moving away"),
        ("unsd", "no_recent_figure", 100.0, "… no recent figure (last: 2020)"),
        ("unsd", "insufficient_data", 60.0, "? cannot be assessed"),
    ],
)
def test_the_plain_verdict_follows_the_status_of_one_method(method, status, value, text, share, ctx):
    row = case(method) | {"status": status, "latest_value": value, "verdict": "disagree"}
    assert plain(marks.verdict(row, share, ctx)) == text
    assert f'data-status="{status}"' in marks.verdict(row, share, ctx)


def test_the_verdict_takes_the_word_of_the_method_in_brackets_where_it_is_another(share, ctx):
    fair = case("sdsn") | {"status": "moderately_improving"}
    assert plain(marks.verdict_and_word(fair, share, ctx)).endswith("too slow (“moderately improving”)")
    on = case("unsd") | {"status": "on_track"}
    assert marks.verdict_and_word(on, share, ctx) == marks.verdict(on, share, ctx)


def test_a_mark_says_where_the_methods_disagree(ctx):
    row = case("unsd")
    assert "methods disagree" in marks.apart(row | {"verdict": "disagree"}, ctx)
    assert marks.apart(row | {"verdict": "all_on_track"}, ctx) == ""


def test_value_year_and_target_stand_in_one_line(share, ctx):
    assert plain(marks.against_target(case("unsd"), share, ctx)) == "60.0% (2020) →target 100.0%"


def test_the_title_of_a_country_names_what_is_off_track_the_worst_first(ctx):
    rows = judged("moderate", "marginal", "on_track", "regression", "stagnation", "moderate")
    names = {kpi: kpi.lower() for kpi in "ABCDEF"}
    assert sentences.findings(rows, names, ctx) == (
        "Off track: d (moving away), e (standing still), b (far too slow) and 2 more"
    )
    assert sentences.findings(rows.tail(1), names, ctx) == "Off track: f (too slow)"
    on = judged("on_track", "no_recent_figure")
    assert sentences.findings(on, names, ctx) == "Nothing that can be assessed is off track"
    assert sentences.findings(rows.head(0), names, ctx) == "KPIs with a target"


def test_what_has_no_recent_figure_counts_apart(ctx):
    statuses = ["on_track", "marginal", "no_recent_figure", "no_recent_figure", "insufficient_data"]
    rows = judged(*statuses).assign(kpi=["A", "A", "A", "B", "B"])
    assert sentences.group("LDC", rows, "unsd", ctx).endswith("UNSD method; 2 pairs have no recent figure.")
    assert sentences.group("LDC", rows, "unsd", ctx).startswith("LDC: 50% of the assessed pairs")
    assert sentences.group("LDC", rows[2:3], "unsd", ctx).endswith("; 1 pair has no recent figure.")
    assert list(sentences.shares(rows).index) == ["A"]


def test_an_unconfirmed_trend_is_drawn_as_one(observed, share, ctx):
    row = case("unsd", fresh_years=5)
    lines = path.table(observed, row, 2030)
    figure = path_chart.figure(lines, row, share, ctx, low=0.0, high=100.0)
    pens = {trace.meta["line"]: trace.line for trace in checked(figure).data if trace.meta}
    assert pens[path.PROJECTED]["color"] == ctx.look.muted != pens[path.OBSERVED]["color"]
    assert path.names(row, ctx)[path.PROJECTED] == "unconfirmed trend"


def test_a_target_of_zero_is_drawn_towards_zero(observed, share, ctx):
    lower = dataclasses.replace(share, direction="lower")
    row = case("eurostat", direction=-1, target=0.0, worst=100.0, best=0.0, green=0.0, latest_value=40.0)
    lines = path.table(observed, row, 2035)
    assert lines[lines["line"] == path.REQUIRED]["obs_value"].iloc[-1] == 0
    figure = path_chart.figure(lines, row, lower, ctx, low=0.0, high=100.0)
    drawn = checked(figure).data[:3]
    assert [trace.meta["line"] for trace in drawn] == [path.REQUIRED, path.PROJECTED, path_chart.TARGET]


def test_a_path_answers_as_parts_of_one_course_and_begins_with_what_was_observed(observed, share, ctx):
    figure = path_chart.figure(path.table(observed, case("unsd"), 2040), case("unsd"), share, ctx, high=62.5)
    assert figure.beside["lines"]["parts"]
    lines = {trace.meta["line"]: trace for trace in checked(figure).data if trace.meta}
    assert list(lines)[-1] == path.OBSERVED
    ahead = lines[path.PROJECTED]
    within = [year % 1 > 0 for year in ahead.x]
    assert within.count(True) == 1, "where the limit is met"
    assert [text == "" for text in ahead.customdata] == within, "that point is no value of a year"
    ends = {note.name for note in checked(figure).layout.annotations if note.name}
    assert {"end:projected", "end:target"} <= ends


@pytest.mark.parametrize("method", progress.METHODS)
@pytest.mark.parametrize(
    "other", [{}, {"direction": -1, "target": 20.0, "worst": 100.0, "best": 0.0, "green": 20.0}]
)
def test_the_formula_with_its_numbers_gives_the_measure(method, other, ctx):
    row = case(method, **other)
    written = formula(row, KpiView("X", "X", "", "", "higher", 3), ctx)
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
    assert re.search(r"Least developed countries: \d+% of the assessed pairs", text_of(app))
    assert "Choose a country below." in text_of(opened(progress_page, lang="en", scope="status"))


def test_a_country_in_one_sentence_and_what_is_off_track():
    text = plain(Markup(text_of(opened(progress_page, country="COL", lang="en"))))
    assert re.search(
        r"Colombia: on track for \d+ of \d+ targets that can be assessed; too slow for \d+.*\."
        r"By the UNSD method; the methods disagree on \d+; \d+ have no recent figure\.",
        text,
    )
    assert "Off track: " in text
    text = plain(Markup(text_of(opened(progress_page, country="COL", lang="es", method="sdsn"))))
    assert re.search(
        r"Colombia: por buen camino en \d+ de las \d+ metas que se pueden evaluar; .*\.Según el método "
        r"SDSN; los métodos discrepan en \d+; \d+ no tienen cifra reciente\.",
        text,
    )
    assert "sin cifra reciente (última: " in text


def test_a_path_begins_with_what_others_made_from_there():
    text = plain(Markup(text_of(opened(progress_page, country="HTI", scope="path", lang="en"))))
    assert re.search(r"\d+ of \d+ countries once at its level of 2015 \(14\.2%\) made it in 15 years\.", text)


@pytest.mark.parametrize("method", progress.METHODS)
@pytest.mark.parametrize("area", ["NAM", "TUV", "PRK", "LIE"])
def test_every_kind_of_country_opens(area, method):
    for scope in ("status", "path"):
        app = opened(progress_page, country=area, lang="es", method=method, scope=scope, horizon="2035")
        assert not app.exception


def test_a_path_names_missing_data_and_bad_addresses():
    app = opened(progress_page, country="LIE", scope="path", indicator="SDG_1.1.1", horizon="1990", lang="en")
    assert not app.exception
    assert "No value since 2015, so no status: Extreme poverty." in text_of(app)


def test_the_horizon_changes_the_trend_and_never_the_status():
    near = text_of(opened(progress_page, country="COL", lang="en"))
    far = text_of(opened(progress_page, country="COL", lang="en", horizon="2040"))
    assert "Trend, 2030" in near
    assert "Trend, 2040" in far
    assert near.count("e-st-on") == far.count("e-st-on")


def test_the_world_matrix_has_every_member_and_namibia():
    text = text_of(opened(progress_page, scope="group", group="WORLD", country="NAM", lang="en"))
    matrix = text[: text.index("</table>")]
    assert len(re.findall(r'<tr(?: class="e-mine")?><th scope="row"', matrix)) == 193
    assert matrix.index('<tr class="e-mine"><th scope="row" class="e-on"><a') < matrix.index("Afghanistan")


def test_a_group_opened_from_a_country_is_its_own():
    text = text_of(opened(progress_page, scope="group", country="COL", lang="en"))
    assert "Latin America and the Caribbean: " in text
    assert "Least developed countries: " in text_of(opened(progress_page, scope="group", lang="en"))


def test_members_in_doubt_are_named_below_their_group(home):
    text = text_of(opened(progress_page, lang="es", group="LDC", scope="group"))
    assert "se pidió una prórroga, cuya decisión no se ha verificado." in text


def test_the_statuses_of_a_country_have_their_own_layout(home: Path):
    app = opened(progress_page, lang="en", country="COL")
    assert 'class="e-table e-status"' in "".join(str(part.proto.body) for part in app.get("html"))


def test_the_four_methods_stand_behind_a_switch():
    text = text_of(opened(progress_page, lang="en", country="COL"))
    assert "insufficient" not in text
    assert "/plan?lang=en&amp;country=COL&amp;dimension=human_capital" in text
    text = text_of(opened(progress_page, lang="en", country="COL", show="methods"))
    assert "What the four methods call it" in text
    assert plain(Markup(text)).count("insufficient") > 1
