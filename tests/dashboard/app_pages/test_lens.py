"""SDG lens: counts and their words, clouds that claim no effect, refused pairs, every kind of country."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import Markup

from dashboard.app_pages.progress import fan as achieved
from dashboard.charts import cloud as lens_scatter
from dashboard.charts import evidence_words, goals, lens_words
from dashboard.charts import goal_words as lens
from dashboard.charts.cloud import Axes
from dashboard.charts.context import KpiView
from dashboard.charts.figures import plain
from dashboard.components.language import catalogue
from kpis.links import sdg as linkage
from kpis.links.association import Association
from kpis.progress import Fan
from kpis.queries import Warehouse
from tests.dashboard.app_pages.test_progress import progress_page
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, text_of


def lens_page() -> None:
    """The script of the lens alone."""
    from dashboard.app_pages.lens import page
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("lens")
    page.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.end()


@pytest.fixture
def counts() -> pd.DataFrame:
    """Goal 16 measured by one KPI and enabled by two at two targets; goal 1 served by one; no other."""
    links = pd.DataFrame(
        [("A", "16.9", 16, "measured"), ("B", "16.6", 16, "enabling"), ("C", "16.6", 16, "enabling"),
         ("B", "1.4", 1, "direct")],
        columns=["kpi", "target", "goal", "evidence"],
    )  # fmt: skip
    return linkage.by_goal(links)


@pytest.fixture
def rows() -> pd.DataFrame:
    """Four countries on a line but one."""
    return pd.DataFrame(
        {"ref_area": ["COL", "JAM", "NAM", "TUV"], "name": ["Colombia", "Jamaica", "Namibia", "Tuvalu"],
         "x": [1.0, 10.0, 100.0, 101.0], "y": [1.0, 2.0, 3.0, 3.0], "hover": [""] * 4}
    )  # fmt: skip


def an_association(low: float, high: float, r: float) -> Association:
    """An association with this interval."""
    return Association("A", "B", 40, r, low, high, 0.8, 1.0, 0.5, 1.5, None, 2024, (2021, 2024), (2024, 2024))


def test_goals_kinds_and_components_have_words_in_both_languages():
    assert list(goals.NAMES) == list(goals.COLOURS) == list(linkage.GOALS)
    assert (
        set(evidence_words.KINDS)
        == set(evidence_words.MEANINGS)
        == set(evidence_words.VERBS)
        == set(linkage.EVIDENCE)
    )
    for lang in ("en", "es"):
        assert linkage.mechanisms(lang).loc[lambda table: table["kpi"] == "", "name"].ne("").all()
    spanish = catalogue("es").gettext
    for text in (*goals.NAMES.values(), *evidence_words.KINDS.values()):
        assert spanish(text) != text


def test_the_headline_names_what_is_served_most_and_where_evidence_is_thin(counts, ctx):
    assert lens.headline(counts, ctx).startswith(
        "E-government serves goal 1 most directly; no KPI is linked to goals 2, 3, 4,"
    )
    assert lens.headline(counts, ctx).endswith("15 and 17.")
    assert lens.title(counts, ctx) == "1 of 3 linked targets are measured by an official SDG indicator"
    weak = counts.assign(n_kpis=counts["n_kpis"].where(counts["evidence"] == "enabling", 0))
    assert lens.headline(weak, ctx).startswith(
        "Goal 16 has enabling links alone; no KPI is linked to goals 1,"
    )


def test_goals_that_tie_are_named_together(ctx):
    table = pd.DataFrame({"goal": range(1, 6), "evidence": "direct", "n_kpis": [1, 5, 3, 3, 3]})
    assert lens.served(table) == [2, 3, 4, 5]


def test_an_empty_catalogue_has_no_best_goal(ctx):
    none = linkage.by_goal(pd.DataFrame(columns=["kpi", "target", "goal", "evidence"]))
    assert lens.title(none, ctx) == "No KPI of this catalogue is linked to a goal"
    assert lens.headline(none, ctx).startswith("No KPI is linked to goals 1, 2,")


@pytest.mark.parametrize(
    ("interval", "end"),
    [
        ((-0.1, 0.3, 0.1), "show no clear association."),
        (
            (0.1, 0.5, 0.3),
            "higher values of “Coverage” (2024) go with higher values of “Coverage” (2021–2024).",
        ),
        ((-0.5, -0.1, -0.3), "go with lower values of “Coverage” (2021–2024)."),
    ],
)
def test_a_finding_says_at_equal_income_and_the_strength_warns(interval, end, share, ctx):
    association = an_association(*interval)
    sentence = lens_words.finding(association, share, share, ctx)
    assert sentence.startswith("At equal income, ")
    assert sentence.endswith(end)
    assert lens_words.strength(association, ctx).startswith("Association, not effect: partial correlation")
    assert "n = 40" in lens_words.strength(association, ctx)


def test_better_than_income_follows_the_flag_and_missing_has_a_sentence(share, ctx):
    table = pd.DataFrame(
        {"ref_area": ["COL", "JAM"], "obs_value": [70.0, 50.0], "predicted": [60.0, 55.0],
         "better": [True, False], "name": ["Colombia", "Jamaica"], "time_period": 2020}
    )  # fmt: skip
    ahead = lens_words.standing(table, "COL", "Colombia", share, ctx)
    text = plain(ahead)
    assert "better than its income suggests: Coverage 70.0% (2020) old against 60.0%; place 1 of 2" in text
    assert ahead.count('data-kpi="X" data-year="2020"') == 2
    assert ahead.count("<abbr") == 1  # what income suggests stands beside a value that has the tag
    assert "worse than its income suggests" in lens_words.standing(table, "JAM", "Jamaica", share, ctx)
    assert "so no comparison" in lens_words.standing(table, "TUV", "Tuvalu", share, ctx)


def test_years_beyond_the_limit_are_counted(share, ctx):
    years = pd.Series([2012, 2020, 2024, 2024])
    some = lens_words.aged(years, share, ctx)
    assert some == "2 of 4 values of Coverage are older than its limit of 5 years."
    assert lens_words.aged(years[:2], share, ctx) == (
        "All values of Coverage are older than its limit of 5 years."
    )
    assert lens_words.aged(years[2:], share, ctx) == ""


def test_a_pair_of_old_figures_says_so(share, ctx):
    association = replace(an_association(0.1, 0.5, 0.3), kpi_year=2020, outcome_years=(2015, 2019))
    assert "“Coverage” (2020, old) go with" in lens_words.finding(association, share, share, ctx)
    assert "“Coverage” (2015–2019, old)." in lens_words.finding(association, share, share, ctx)
    pair = pd.DataFrame({"time_period": [2020, 2020], "y_year": [2015, 2024]})
    lead = lens_words.pair_lead(pair, share, share, ctx)
    assert lead.startswith(lens_words.caution(ctx))
    assert "All values of Coverage are older" in lead
    assert "1 of 2 values of Coverage are older" in lead


def test_a_cloud_marks_the_country_and_names_do_not_lie_on_each_other(rows, ctx):
    peers = frozenset(["JAM", "NAM", "TUV"])
    figure = lens_scatter.figure(
        rows, ([1, 100], [1, 3]), Axes("x", "y", log=True), ctx, area="COL", peers=peers
    )
    points = {trace.name: trace for trace in checked(figure).data}
    assert list(points["area"].x) == [1.0]
    assert set(points["peers"].x) == {10.0, 100.0, 101.0}
    named = lens_scatter.named(rows, "COL", peers, log=True)["ref_area"].tolist()
    assert named[0] == "COL"
    assert len({"NAM", "TUV"} & set(named)) == 1


def test_a_name_stands_where_it_covers_no_point():
    """A point right above the one that is named, at 0.5: the name goes below; and two names never meet."""
    x = [0.0, 1.0, 0.5, 0.5, 0.5]
    cloud = pd.DataFrame({"ref_area": list("ABCDE"), "name": ["Aa", "Bb", "Cc", "Dd", "Ee"], "x": x})
    cloud["y"] = [0.0, 1.0, 0.5, 0.55, 0.58]
    assert lens_scatter.sides(cloud, cloud[cloud["ref_area"] == "C"]) == ["below"]
    crowded = cloud.assign(y=[0.0, 1.0, 0.5, 0.55, 0.45])
    assert lens_scatter.sides(crowded, crowded[crowded["ref_area"] == "C"]) == ["right"]
    assert lens_scatter.sides(cloud, cloud[cloud["ref_area"] == "B"]) != ["right"]  # the edge
    both = pd.DataFrame({"ref_area": list("AB"), "name": ["Antigua", "Barbuda"], "x": [0.5, 0.52]})
    both["y"] = [0.5, 0.5]
    assert len(set(lens_scatter.sides(both, both))) == 2


def test_the_fan_in_words_and_behind_the_lines(ctx, share):
    spells = pd.DataFrame({"ref_area": [f"A{at}" for at in range(11)], "ahead": 15, "change": range(11)})
    fan = Fan(2015, 50.0, 2.0, spells.assign(end_value=spells["change"] + 50.0))
    row = {"base_year": 2015, "latest_year": 2030, "latest_value": 57.0, "target": 60.0, "target_year": 2030,
           "direction": 1, "limit_high": 100.0}  # fmt: skip
    bands = fan.bands()
    sentence = plain(achieved.compared(fan, bands, row, share, ctx))
    assert sentence == "Other countries once near 50.0%: 4 of 11 got at least as far in 15 years."
    outer = achieved.traces(bands, fan, share, ctx)[0]
    assert list(outer["y"]) == [50, 59, 51, 50]
    assert "n = 11 each year" in achieved.rule(fan, bands, share, ctx)
    assert achieved.lines(bands)["line"].tolist() == ["p10", "p25", "p50", "p75", "p90"]


def test_too_few_precedents_have_a_sentence_and_no_fan(ctx, share):
    fan = Fan(
        2015, 50.0, 2.0, pd.DataFrame({"ref_area": ["A"], "ahead": [5], "change": [1.0], "end_value": [51.0]})
    )
    bands = fan.bands()
    assert achieved.traces(bands, fan, share, ctx) == []
    assert achieved.legend(bands, ctx) == ""
    sentence = plain(achieved.compared(fan, bands, {}, share, ctx))
    assert sentence.endswith("stood near 50.0% and have later values: 1, too few for a fan.")


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Every page reads the warehouse of all tests."""


def test_the_lens_opens_in_both_languages_with_its_caveat(wh: Warehouse):
    app = opened(lens_page, lang="en")
    assert not app.exception
    assert text_of(app).count('class="e-none"') == 17 - wh.sdg_links()["goal"].nunique()
    assert 'href="./lens?lang=en&amp;cell=16-direct#chart-escala_goal_16"' in text_of(app)
    assert "An enabling link is a condition among others and not an effect." in text_of(app)
    assert "Disasters (13.1)" in text_of(app)
    assert "sirve de forma más directa a los Objetivos 16, 5 y 9;" in text_of(opened(lens_page, lang="es"))


@pytest.mark.parametrize("goal", range(1, 18))
def test_all_goals_open(goal):
    app = opened(lens_page, lang="es", goal=str(goal), country="NAM")
    assert not app.exception
    assert f"{goal}. " in text_of(app)


def test_a_goal_of_a_country_has_values_status_and_links():
    text = text_of(opened(lens_page, lang="en", goal="16", country="COL", evidence="measured"))
    assert "Target 16.9" in text
    assert "scope=path" in text
    assert "measures 16.9.1" in text
    assert "/methods?lang=en&amp;q=SDG_16.9.1" in text
    assert re.search(r"Colombia has values of \d+ \(\d+ old\)\.", text)
    none = text_of(opened(lens_page, lang="en", goal="14"))
    assert "no KPI of this catalogue is linked to a target of this goal" in none
    assert "The methodology names no component for this goal." in none


def test_an_association_always_warns_and_a_pair_with_a_shared_figure_is_refused():
    text = text_of(opened(lens_page, lang="en", show="association", country="COL"))
    assert "Association, not effect" in text
    assert "n = 139" in text
    refused = text_of(opened(lens_page, lang="en", show="association", outcome="SDG_17.8.1"))
    assert "go together by construction, so they are not compared" in refused
    assert "Partial correlation" not in refused
    few = text_of(opened(lens_page, lang="es", show="association", outcome="SDG_16.5.2"))
    assert "se necesitan 30" in few


@pytest.mark.parametrize("area", ["NAM", "TUV", "PRK", "LIE", ""])
@pytest.mark.parametrize("view", ["association", "income"])
def test_all_kinds_of_countries_open(area, view):
    address = {"country": area} if area else {}
    app = opened(lens_page, lang="es", show=view, kpi="GTMI", **address)
    assert not app.exception
    assert "Asociación, no efecto" in text_of(app)


def test_the_path_says_what_others_achieved():
    path = opened(progress_page, lang="en", country="COL", scope="path", indicator="SDG_17.8.1")
    text = plain(Markup(text_of(path)))
    assert re.search(r"Other countries once near 55\.9%: \d+ of \d+ got at least as far in \d+ years\.", text)
    assert "Past, no forecast" in text
    few = text_of(opened(progress_page, lang="en", country="COL", scope="path", indicator="SDG_1.3.1"))
    assert "too few for a fan" in few


def test_words_of_a_refusal_name_what_is_shared(ctx):
    apples, books = KpiView("A", "Apples", "", "", "higher", 1), KpiView("B", "Books", "", "", "higher", 1)
    assert "share Cars" in lens_words.refusal(("C",), apples, books, {"C": "Cars"}, ctx)
    assert lens_words.refusal(("A",), apples, books, {}, ctx).startswith("“Apples” enters “Books”")


def test_rows_and_kpis_of_a_goal_can_be_reconciled():
    app = opened(lens_page, lang="en", goal="16")
    text = text_of(app)
    [(rows, kpis)] = re.findall(r"(\d+) rows for (\d+) KPIs: a KPI stands under each target", text)
    assert f"KPIs linked: {kpis} " in text
    kinds = re.search(r"measure (\d+), serve directly (\d+), enable (\d+); in more than one way (\d+)", text)
    assert kinds is not None
    *of_kind, several = map(int, kinds.groups())
    assert sum(of_kind) == int(kpis) + several  # none of this goal is linked in all three ways
    assert f"of {rows}" in app.button(key="further_targets").label
    assert "rows for" not in text_of(opened(lens_page, lang="en", goal="1", evidence="measured"))


def test_a_long_list_opens_in_steps():
    app = opened(lens_page, lang="en", goal="16")
    rows = text_of(app).count('<th scope="row"')
    app.button(key="further_targets").click().run()
    assert text_of(app).count('<th scope="row"') == rows + 20


def test_a_cell_opens_its_list_below_the_matrix_and_its_goal_alone(home: Path):
    app = opened(lens_page, lang="en", cell="16-measured")
    titles = re.findall(r'<h2 class="e-title">([^<]*)</h2>', "".join(block.body for block in app.get("html")))
    assert titles[1:] == ["Targets and KPIs of goal 16: measured"]
    matrix = next(block.body for block in app.get("html") if "e-lens" in block.body)
    assert matrix.count('aria-current="true"') == 1
    assert re.search(r'href="\./lens\?[^"]*cell=16-enabling[^"]*#chart-escala_goal_16"', matrix)
    wrong = opened(lens_page, lang="en", cell="18-measured")
    assert "e-lens" in "".join(block.body for block in wrong.get("html"))


def test_the_matrix_is_taken_away_as_a_picture(home: Path):
    from dashboard.app_pages.lens import all_goals
    from dashboard.components.outside import reader_of

    assert all_goals.picture(reader_of("es"), "png").startswith(b"\x89PNG")
