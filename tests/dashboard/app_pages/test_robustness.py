"""The page of robustness: what its charts draw, what its sentences say, how it opens and what it fixes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.app_pages.robustness import ranges as charts
from dashboard.charts import rank_causes as causes
from dashboard.charts import robustness_words as words
from dashboard.charts.look import LIGHT
from dashboard.components.language import catalogue
from dashboard.components.state import Store
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, text_of

LABELS = {"A": "Alpha", "B": "Beta", "C": "Gamma"}


def robustness_page() -> None:
    """The script of the page of robustness alone."""
    from dashboard.app_pages.robustness import page as robustness
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("robustness")
    robustness.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    shell.notes()
    state.end()


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Every page reads the warehouse of all tests."""


@pytest.fixture
def rows() -> pd.DataFrame:
    """One sure, one wide, one whose published rank lies outside, one without an interval."""
    table = pd.DataFrame(
        {
            "name": ["Sureland", "Wideland", "Oddland", "Gapland"],
            "published_rank": [1.0, 2.0, 3.0, 4.0],
            "nominal_rank": [1.0, 2.0, 3.0, None],
            "low": [1.0, 2.0, 1.0, None],
            "median": [1.0, 4.0, 1.0, None],
            "high": [1.0, 12.0, 2.0, None],
            "near": [1.0, 0.5, 1.0, None],
            "held": [True, False, True, False],
        },
        index=pd.Index(["AAA", "BBB", "CCC", "DDD"], name="ref_area"),
    )
    return table


def test_intervals_cover_whole_places_and_mark_the_published_rank(rows, ctx):
    bars, text, diamonds = checked(charts.intervals(rows, ctx, marked="BBB")).data
    assert (bars.base[1], bars.x[1]) == (1.5, 11)
    assert (bars.base[0], bars.x[0]) == (0.5, 1)
    assert list(bars.marker.color) == [LIGHT.peers, LIGHT.accent, LIGHT.peers, LIGHT.peers]
    assert list(text.text) == ["1", "2–12", "1–2", "–"]
    assert list(diamonds.x) == [1, 2, 3, 4]
    assert all(at >= end for at, end in zip(text.x, [1.5, 12.5, 3.0, 4.0], strict=True))


def test_intervals_in_words(rows, ctx):
    assert charts.alt(rows, ctx) == (
        "Rank intervals by country. Sureland: published 1, nine of ten indices 1; "
        "Wideland: published 2, nine of ten indices 2–12; Oddland: published 3, nine of ten indices 1–2; "
        "Gapland: published 4, nine of ten indices –."
    )


def test_skyline_shows_distance_from_the_published_rank_up_is_better(rows, ctx):
    fig = charts.skyline(rows, 5, ctx)
    bars = checked(fig).data[0]
    assert len(bars.x) == 3  # no interval, no bar
    assert (bars.base[1], bars.base[1] + bars.y[1]) == (-10.5, 0.5)  # between 10 places lower and its own
    assert list(bars.marker.color) == [LIGHT.peers, LIGHT.accent, LIGHT.peers]
    assert words.widest_title(rows, ctx) == "Least sure: Wideland, between 2 and 12"
    assert "2 stay within 5 places" in charts.skyline_alt(rows, 2, 5, ctx)
    assert {note.text for note in checked(fig).layout.annotations} >= {"Wideland"}


@pytest.mark.parametrize(
    ("area", "draws", "sentence"),
    [
        (
            "BBB",
            100,
            "Wideland: rank 2 of 193 in EGDI 2024; nine of ten reasonable indices place it between 2 and 12.",
        ),
        ("AAA", 100, "Sureland: rank 1 of 193 in EGDI 2024; nine of ten reasonable indices say 1."),
        ("CCC", 1, "Oddland: rank 3 in the index as chosen; published: 3 of 193 in EGDI 2024."),
        ("DDD", 100, "Gapland: rank 4 of 193 in EGDI 2024; some of its parts are missing, no range."),
    ],
)
def test_headline(rows, ctx, area, draws, sentence):
    row = rows.loc[area]
    assert words.standing(row["name"], row, 193, "EGDI", "2024", draws, ctx) == sentence


def test_an_old_edition_says_so(share, ctx):
    assert words.edition(share, 2024, ctx) == "2024"
    assert words.edition(share, 2012, ctx) == "2012 (old)"


def test_a_title_of_ranges_says_by_what_rule_countries_are_told_apart(ctx):
    assert words.order_open(0, 13, "Aland", 0.9, ctx) == (
        "Aland can be told apart from all 13 shown; one of the two is ahead in at least 90% of the indices"
    )
    assert words.order_open(2, 13, "Aland", 0.9, ctx) == (
        "Aland cannot be told apart from 2 of 13 shown; neither is ahead in 90% of the indices"
    )


def test_pair_names_the_one_ahead_and_the_rule(ctx):
    near = pd.Series({"ahead": 0.4, "behind": 0.55, "distinct": False})
    assert words.pair("Aland", "Bland", near, 0.9, ctx) == (
        "Bland · Aland: cannot be told apart.",
        "Bland is ahead in 55% of the indices, Aland in 40%. Rule: told apart from 90% on.",
    )
    clear = pd.Series({"ahead": 0.999, "behind": 0.001, "distinct": True})
    assert words.pair("Aland", "Bland", clear, 0.9, ctx) == (
        "Aland is ahead of Bland.",
        "Aland is ahead in 99% of the indices, Bland in 1%. Rule: told apart from 90% on.",
    )


def test_spanish_headline_has_no_article_before_the_country(rows, ctx):
    reader = replace(ctx, t=catalogue("es").gettext, lang="es")
    assert words.standing("Perú", rows.loc["BBB"], 193, "EGDI", "2024", 100, reader) == (
        "Perú: puesto 2 de 193 en EGDI 2024; en nueve de cada diez índices razonables, entre el 2 y el 12."
    )


def test_shares_of_choices(ctx):
    parts = pd.DataFrame(
        {"normalisation": [1.0, 0.0], "weights": [3.0, 0.0], "joint": [0.0, 0.0]}, index=["AAA", "BBB"]
    )
    shares = causes.shares(parts, "AAA")
    assert shares.to_dict() == {"normalisation": 0.25, "weights": 0.75, "joint": 0}
    assert causes.shares(parts, "BBB").empty
    assert causes.bars_title(shares, ctx) == "What matters most: weights, 75%"
    assert list(checked(causes.bars(shares, ctx)).data[0].text) == ["25%", "75%", "0%"]
    assert causes.bars_alt(shares, ctx).endswith("Scale 25%; Weights 75%; Combinations 0%.")


def test_the_axis_names_the_first_and_the_last_rank_and_no_rank_0(rows, ctx):
    axis = checked(charts.skyline(rows, 5, ctx)).layout.xaxis
    assert list(axis.tickvals) == [1, 3]
    assert axis.range[0] > 0


def test_mean_shifts_are_whole_places(ctx):
    mean = pd.Series({"A": 8.9, "B": 0.4})
    assert list(checked(causes.shifts(mean, LABELS, ctx)).data[0].text) == ["9", "0.4"]
    assert causes.shifts_title(mean, LABELS, ctx) == "Without Alpha ranks move most: 9 places on average"
    assert causes.shifts_alt(mean, LABELS, ctx).endswith("Alpha 9; Beta 0.4.")


OWN = {"lang": "en", "show": "own", "weights": "EGDI-2024:50-25-50"}


def own_list(page) -> list[list[str]]:
    """Cells of the list of all countries, without tags and words for screen readers."""
    (markup,) = [part.proto.body for part in page.get("html") if "<table" in part.proto.body]
    markup = re.sub(r' ?<span class="e-sr">[^<]*</span>', "", markup)
    rows = re.findall(r"<tr(?: class=e-on)?>(<th scope=\"row\">.*?)</tr>", markup)
    return [[re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_own_weights_rank_all_countries_beside_the_published_ranks():
    page = opened(robustness_page, **OWN, country="COL")
    assert not page.exception
    assert "Colombia: rank 67 of 193 in EGDI 2024 rebuilt this way, 1 place better than published (68)" in (
        text_of(page)
    )
    assert "Sum 125, counted as: OSI 40.0%, TII 20.0%, HCI 40.0%" in text_of(page)
    pinned, *listed = own_list(page)
    assert pinned[:4] == ["Colombia", "67", "▲ 1", "68"]
    assert len(listed) == 193
    assert pinned in listed
    assert [int(row[1]) for row in listed] == sorted(int(row[1]) for row in listed)
    assert all(int(row[3]) - int(row[1]) == signed(row[2]) for row in listed)
    assert page.query_params["weights"] == "EGDI-2024:50-25-50"


def signed(shift: str) -> int:
    return {"▲": 1, "▼": -1, "=": 0}[shift[0]] * int(shift[2:])


def test_published_weights_are_the_published_ranks():
    page = opened(robustness_page, lang="es", show="own")
    assert "EGDI 2024: fije pesos propios y vea cuáles de 193 países cambian de puesto" in text_of(page)
    rows = own_list(page)
    assert len(rows) == 193
    assert all(row[1] == row[3] and row[2] == "= 0" and row[4] == row[5] for row in rows)
    assert not page.get("bidi_component")  # nobody moves, so no chart of moves


def test_the_list_can_be_narrowed_and_ordered():
    rows = own_list(opened(robustness_page, **OWN, group="CARIBBEAN_SIDS", order="loss", name="SAN"))
    assert rows == []
    rows = own_list(opened(robustness_page, **OWN, group="CARIBBEAN_SIDS", order="loss", name="sáint"))
    assert len(rows) == 3
    assert [signed(row[2]) for row in rows] == sorted(signed(row[2]) for row in rows)


def test_the_download_holds_every_country_and_the_weights(ctx):
    from dashboard.app_pages.robustness import own_tables
    from dashboard.reads import shared
    from dashboard.reads.reader import Reader
    from dashboard.reads.robustness import Choice

    reader = Reader("en", ctx, shared.warehouse())
    table = own_tables.export(reader, Choice("EGDI", 2024, None, "geometric", (50.0, 25.0, 25.0), 0.25))
    assert len(table) == 193
    assert table["weight_OSI"].unique().tolist() == [0.5]
    assert table["aggregation"].unique().tolist() == ["geometric"]
    assert {"published_rank", "own_rank", "shift", "source", "licence"} <= set(table)


def test_rank_without_each_component(ctx):
    ranks = pd.Series({"A": 80.0, "B": 60.0, "C": 68.0})
    marks = checked(causes.moves(ranks, 68, LABELS, ctx)).data[-1]
    assert list(marks.marker.symbol) == ["triangle-right", "triangle-left", "circle"]
    assert list(marks.text) == ["<b>80</b>", "<b>60</b>", "<b>68</b>"]
    assert causes.moves_title(ranks, 68, LABELS, ctx) == "Without Alpha: rank 80 instead of 68"
    assert causes.without_alt(ranks, LABELS, ctx).endswith("Alpha 80; Beta 60; Gamma 68.")
    still = pd.Series({"A": 68.0})
    assert causes.moves_title(still, 68, LABELS, ctx) == "No component moves the rank when it is left out"


def test_page_without_a_country_answers_for_the_world():
    page = opened(robustness_page, lang="en")
    assert not page.exception
    assert "of 193 countries stay within 5 places of their rank in nine of ten reasonable" in text_of(page)
    assert "Choose a country" in text_of(page)


def test_page_of_a_country_in_both_languages():
    page = opened(robustness_page, lang="en", country="COL", versus="DNK")
    assert not page.exception
    assert "Colombia: rank 68 of 193 in EGDI 2024; nine of ten reasonable indices place it" in text_of(page)
    assert "is ahead of Colombia." in text_of(page)
    assert "seed 2030" in text_of(page)
    assert len(page.get("bidi_component")) == 3
    assert "Colombia: puesto 68 de 193" in text_of(opened(robustness_page, lang="es", country="COL"))


def test_everything_fixed_is_one_index_and_the_reader_is_told():
    page = opened(robustness_page, lang="en", country="COL", norm="goalposts", mean="arithmetic", spread="0")
    assert not page.exception
    assert "Colombia: rank 68 in the index as chosen; published: 68 of 193 in EGDI 2024." in text_of(page)
    assert "No choice that is left open moves the rank." in text_of(page)


def test_own_weights_from_the_address():
    address = {"lang": "en", "country": "COL", "norm": "goalposts", "mean": "arithmetic", "spread": "0"}
    page = opened(robustness_page, **address, weights="EGDI-2024:100-0-0")
    assert not page.exception
    assert "Weights: OSI 100%, TII 0%, HCI 0%; fixed" in text_of(page)
    assert "Colombia: rank 65 in the index as chosen" in text_of(page)  # its published rank in OSI


@pytest.mark.parametrize(
    "weights",
    ["EGDI-2024:1-2", "EGDI-2024:x-y-z", "EGDI-2024:0-0-0", "EGDI-2024:1-2-nan", "EGDI-1850:1-2-3"],
)
def test_weights_that_cannot_be_read_are_noted(weights):
    page = opened(robustness_page, lang="en", weights=weights)
    assert not page.exception
    assert "was ignored" in text_of(page)


def test_weights_of_another_index_are_forgotten_without_a_note():
    page = opened(robustness_page, lang="en", index="OSI-2024", weights="EGDI-2024:50-25-25")
    assert not page.exception
    assert "was ignored" not in text_of(page)
    assert "weights" not in page.query_params


def test_a_moved_weight_stands_in_the_address():
    page = opened(robustness_page, lang="en", country="COL")
    page.number_input(key="control_weights_0").set_value(50.0).run(timeout=30)
    assert not page.exception
    assert page.query_params["weights"] == "EGDI-2024:50-33-33"


def test_refused_words_leave_the_address():
    store = Store()
    store.open({"weights": ["x"]})
    assert store.free("weights") == "x"
    store.refuse("weights", "numbers")
    assert store.address() == {}
    assert [(note.name, note.value, note.allowed) for note in store.notes] == [("weights", "x", "numbers")]


def test_country_that_the_edition_does_not_rank():
    page = opened(robustness_page, lang="en", country="SSD", index="EGDI-2003")
    assert not page.exception
    assert "South Sudan: EGDI 2003 (old) does not rank it" in text_of(page)


def test_too_little_data_to_rebuild_is_said(monkeypatch):
    from dashboard.reads import robustness as reads

    monkeypatch.setattr(reads, "indices", lambda version: [])
    page = opened(robustness_page, lang="en")
    assert not page.exception
    assert "No index can be rebuilt: none is held with all of its parts." in text_of(page)
