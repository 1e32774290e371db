"""The page of stages: what its charts draw, what its sentences say, how it opens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.app_pages.stages import matrix as stage_matrix
from dashboard.charts import stage_ladder, stage_moves, stage_words
from dashboard.charts import stage_sentences as sentences
from dashboard.charts.look import LIGHT, LOOKS, contrast
from dashboard.components.language import catalogue
from dashboard.components.state import Store
from kpis.queries import Warehouse
from kpis.stages import Profile
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import opened, text_of

LABELS = {
    "legal": "Legal framework",
    "services": "Services",
    "data_outcomes": "Data and outcomes",
    "overall": "Overall",
}


def stages_page() -> None:
    """The script of the page of stages alone."""
    from dashboard.app_pages.stages import page as stages
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("stages")
    stages.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    shell.notes()
    state.end()


@pytest.fixture
def ladder() -> pd.DataFrame:
    """Services are connected by two thirds only; data have no stage."""
    return pd.DataFrame(
        {
            "dimension": ["legal", "services", "data_outcomes"],
            "stage": pd.array([1, 3, None], "Int8"),
            "stage_all": pd.array([1, 2, None], "Int8"),
            "stage_mean": pd.array([1, 2, None], "Int8"),
            "confidence": ["low", "high", None],
            "in_doubt": [False, True, None],
            "probability": [0.9, 0.26, None],
        }
    )


@pytest.fixture
def cells() -> pd.DataFrame:
    """Two countries with stages and one without any."""
    frame = pd.DataFrame(
        {"legal": [1, 2, None], "services": [0, 3, None], "overall": [0, 2, None]},
        index=pd.Index(["AAA", "BBB", "CCC"], name="ref_area"),
    )
    return frame.astype("Int8")


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_stage_palette_is_seen_and_read(look):
    steps = [contrast(fill, look.paper) for fill in look.stages]
    assert steps == sorted(steps)
    assert contrast(look.outline, look.paper) >= 3  # around every cell, the lightest too
    for fill, letters in zip(look.stages, look.on_stages, strict=True):
        assert contrast(fill, letters) >= 4.5


def test_ladder_fills_up_to_the_stage_and_says_the_other_rules_in_words(ladder, ctx):
    rungs, others = checked(stage_ladder.figure(ladder, LABELS, ctx)).data
    assert [text for text in rungs.text if text] == ["<b>2</b>", "<b>4?</b> 26%"]
    assert list(rungs.marker.color[:4]) == [*LIGHT.stages[:2], LIGHT.paper, LIGHT.paper]
    assert set(rungs.marker.color[8:]) == {LIGHT.missing}
    assert set(rungs.marker.pattern.shape[8:]) == {"/"}
    assert (others.mode, list(others.y)) == ("text", [0, 1])
    assert list(others.text) == ["the same", "strict 3 · mean 3"]


def test_ladder_in_words(ladder, ctx):
    assert stage_ladder.alt("Utopia", ladder, LABELS, ctx).endswith(
        "Legal framework: 2 enhanced (2 enhanced; 2 enhanced). "
        "Services: 4 connected (3 transactional; 3 transactional), "
        "in doubt: it stays with a probability of 26%. Data and outcomes: too little data."
    )
    assert (
        sentences.agreement(ladder, 2026, ctx)
        == "Stage of each dimension, 2026; by another rule another stage in 1 of 2"
    )
    assert sentences.reached(ladder, 2, ctx) == "1 of 2 dimensions have reached stage 3; in doubt: 1"
    assert sentences.reached(ladder.assign(stage=0, in_doubt=False), 0, ctx).startswith("0 of 3 dimensions")
    assert sentences.reached(ladder, None, ctx) == "Stage of each dimension"
    assert sentences.caveat(ladder, 2025, LABELS, ctx) == (
        "Read in 2025; 2 of 3 dimensions assessed. Too little data for a stage: data and outcomes. "
        "Half or more of the core KPIs missing: legal framework."
    )


def profile(stages: dict[str, int | None], **more: Any) -> Profile:
    """A profile of which only what the headline reads is filled."""
    levels = pd.array(list(stages.values()), "Int8")
    dimensions = pd.DataFrame({"dimension": list(stages), "stage": levels})
    usual = {
        "area": "UTO",
        "year": 2026,
        "overall": None,
        "median": None,
        "capped": False,
        "bottleneck": (),
        "in_doubt": False,
        "doubt_from": (),
        "dimensions": dimensions,
        "gates": pd.DataFrame(),
    }
    return Profile(**(usual | more))


TWO = {"legal": 1, "services": 2}


@pytest.mark.parametrize(
    ("utopia", "sentence"),
    [
        (
            profile(TWO, overall=2, bottleneck=("legal",)),
            "Utopia: transactional stage. Held back by: legal framework.",
        ),
        (
            profile({"legal": 1, "services": 1}, overall=1, bottleneck=("legal", "services")),
            "Utopia: enhanced stage. Furthest behind: legal framework, services.",
        ),
        (
            profile({"legal": 2, "services": 3}, overall=3, bottleneck=("legal",), in_doubt=True),
            "Utopia: connected stage, in doubt. Furthest behind: legal framework.",
        ),
        (
            profile({"legal": 1, "services": 1}, overall=1),
            "Utopia: enhanced stage, the same in all 2 dimensions assessed.",
        ),
        (
            profile({"legal": 0, "services": 0, "data_outcomes": None}, overall=0),
            "Utopia: emerging stage, the same in all 2 dimensions assessed.",
        ),
        (
            profile({"legal": 0, "services": 0, "data_outcomes": 1}, overall=0),
            "Utopia: emerging stage; 2 of 3 dimensions assessed stand there, the rest higher.",
        ),
        (profile({}), "Utopia: not assessed, fewer than two dimensions have enough data."),
    ],
)
def test_headline_needs_no_article_and_praises_nobody(utopia, sentence, ctx):
    assert stage_words.standing("Utopia", utopia, LABELS, ctx) == sentence


def test_headline_in_spanish_agrees_with_the_stage_not_with_the_country(ctx):
    reader = replace(ctx, t=catalogue("es").gettext, lang="es")
    labels = {"legal": "Marco jurídico", "services": "Servicios"}
    utopia = profile({"legal": 2, "services": 2}, overall=3, bottleneck=("legal", "services"), in_doubt=True)
    assert stage_words.standing("Perú", utopia, labels, reader) == (
        "Perú: etapa conectada, en duda. Lo más rezagado: marco jurídico, servicios."
    )


def test_the_rule_is_one_plain_line(ctx):
    capped = profile({"legal": 1, "services": 3, "data_outcomes": 3}, overall=2, median=3.0, capped=True)
    assert sentences.rule(capped, LABELS, ctx) == (
        "Overall: the middle of 3 dimensions is 4, but at most one above the weakest "
        "(legal framework: 2): 3 transactional."
    )
    half = profile(TWO, overall=1, median=1.5, in_doubt=True, doubt_from=("services",))
    assert sentences.rule(half, LABELS, ctx) == (
        "Overall: the middle of 2 dimensions is 2.5; stage 2 enhanced. "
        "In doubt, because a dimension that decides it is: services."
    )
    assert sentences.rule(profile({}), LABELS, ctx) == ""


def test_a_stage_in_doubt_is_outlined_with_its_probability(ladder, ctx):
    rungs = stage_ladder.figure(ladder, LABELS, ctx).to_dict()["data"][0]
    services = slice(4, 8)
    assert rungs["text"][services] == ["", "", "", "<b>4?</b> 26%"]
    assert rungs["marker"]["color"][services] == [*LIGHT.stages[:3], LIGHT.paper]
    assert rungs["text"][:4] == ["", "<b>2</b>", "", ""]
    assert "in doubt" in stage_ladder.legend(ladder, ctx)


def test_matrix_has_a_number_in_every_cell_and_a_hatch_where_there_is_none(cells, ctx):
    names = pd.Series({"AAA": "Aland", "BBB": "Bland", "CCC": "Cland"})
    ordered = stage_matrix.ordered(cells, names)
    assert ordered.index.tolist() == ["BBB", "AAA", "CCC"]
    columns = {dimension: LABELS[dimension] for dimension in cells.columns}
    rows = {code: names[code] for code in ordered.index}
    fig = stage_matrix.figure(ordered, rows, columns, ctx, marked="AAA")
    none, *stages = checked(fig).data
    assert [len(trace.text) for trace in (none, *stages)] == [3, 2, 1, 2, 1]
    assert [set(trace.text) for trace in stages] == [{f"<b>{n}</b>"} for n in (1, 2, 3, 4)]
    assert (set(none.marker.pattern.shape), set(none.text)) == ({"/"}, {"–"})
    assert list(none.base) == [1.55, 1.55, 1.55]
    assert checked(fig).layout.yaxis.ticktext[1] == "<b>▸ Aland</b>"
    assert stage_matrix.common(cells, ctx) == (
        "Most frequent stages: transactional, emerging, 1 of 2 countries each"
    )
    assert stage_matrix.common(cells.head(1), ctx) == "Most frequent stage: emerging, 1 of 1 countries"
    assert sentences.group("Group", cells, LABELS, ctx) == (
        "Group: 1 of 2 countries at the transactional stage or above."
    )
    assert "3 with too little data" in stage_matrix.alt(ordered, rows, columns, ctx)
    assert "no stages" in sentences.group("Group", cells.tail(1), LABELS, ctx)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_cell_in_doubt_is_pale_and_never_the_darkest(look, cells, ctx):
    """Lies between the paper and its stage, and its number is read."""
    ctx = replace(ctx, look=look)
    columns = {dimension: LABELS[dimension] for dimension in cells.columns}
    rows, doubts = {code: code for code in cells.index}, cells.notna()
    _none, *stages = checked(stage_matrix.figure(cells, rows, columns, ctx, doubts=doubts)).data
    for trace, sure in zip(stages, look.stages, strict=True):
        for fill, ink in zip(trace.marker.color, trace.textfont.color, strict=True):
            assert 1 < contrast(fill, look.paper) < contrast(sure, look.paper)
            assert contrast(fill, ink) >= 4.5
    assert "3?" in stage_matrix.legend(cells, ctx, doubts)


def test_rises_and_falls_are_counted_and_named(ctx):
    moves = pd.DataFrame(
        {
            "dimension": ["legal", "legal", "services"],
            "change_same_kpis": pd.array([1, 2, -1], "Int8"),
        }
    )
    counts = stage_moves.counts(moves, ["legal", "services", "data_outcomes"])
    assert counts[["up", "down"]].to_numpy().tolist() == [[2, 0], [0, 1], [0, 0]]
    down, up = checked(stage_moves.figure(counts, LABELS, ctx)).data
    assert list(down.x) == [0, -1, 0]
    assert list(up.text) == ["▲ 2", "", ""]
    assert stage_moves.title(counts, LABELS, ctx) == (
        "Most rises: legal framework (2); most falls: services (1)"
    )
    assert sentences.moves("Group", moves, 2020, 2025, ctx).startswith("Group, 2020 to 2025: 2 up and 1 down")
    none = stage_moves.counts(moves.head(0), ["legal"])
    assert stage_moves.title(none, LABELS, ctx) == "No rise on the same KPIs"
    assert "no change" in sentences.moves("Group", moves.head(0), 2020, 2025, ctx)


def test_a_title_names_ties_and_counts_many_of_them(ctx):
    def title(up: list[int], down: list[int]) -> str:
        table = pd.DataFrame({"dimension": list(LABELS)[: len(up)], "up": up, "down": down})
        return stage_moves.title(table, LABELS | {"d": "D"}, ctx)

    assert title([3, 3, 0], [1, 2, 0]) == "Most rises: legal framework, services (3 each)"
    assert title([3, 3, 3], [1, 5, 0]).endswith("(3 each); most falls: services (5)")
    assert title([0, 0, 0], [0, 2, 2]).startswith("No rise on the same KPIs; most falls: services, ")
    four = pd.DataFrame({"dimension": list("abcd"), "up": 1, "down": 0})
    assert stage_moves.title(four, dict.fromkeys("abcd", "X"), ctx) == "Most rises: 4 dimensions (1 each)"


def test_a_choice_of_another_page_is_no_mistake_of_the_address():
    store = Store()
    store.open({"show": ["profile"]})
    store.turn("compare")
    store.written = {"show": ["profile"]}
    store.open({})
    store.turn("stages")
    assert store.single("show", ["ladder", "matrix"], "ladder") == "ladder"
    assert store.notes == []


def test_no_country_is_assumed_and_a_group_is_shown(home: Path):
    app = opened(stages_page, lang="en")
    assert not app.exception
    assert "How mature is your country" in text_of(app)
    assert "Least developed countries: " in text_of(app)


def test_a_country_with_its_gates(home: Path, wh: Warehouse):
    text = text_of(opened(stages_page, country="COL", lang="es"))
    assert "Colombia: etapa conectada, en duda. Lo más rezagado: capital humano, participación." in text
    assert "Qué abre la etapa siguiente" in text
    assert text.count('scope="rowgroup"') == 7
    assert "abre la etapa siguiente" in text
    assert not wh.tables.query("select 1 as one").empty


@pytest.mark.parametrize("area", ["DNK", "TUV", "PRK", "NAM", "HTI"])
def test_every_kind_of_country_opens(area: str, home: Path):
    assert not opened(stages_page, country=area, lang="es").exception


@pytest.mark.parametrize("view", ["ladder", "matrix", "moves", "nonsense"])
@pytest.mark.parametrize("country", [[], ["JAM"]], ids=["no country", "Jamaica"])
def test_every_view_opens(view: str, country: list[str], home: Path):
    app = opened(stages_page, lang="en", show=view, **({"country": country} if country else {}))
    assert not app.exception
    assert ("was ignored" in text_of(app)) == (view == "nonsense")


def test_every_move_shown_is_confirmed_on_the_same_kpis(home: Path):
    years = {"from": "2022", "to": "2024"}
    text = text_of(opened(stages_page, lang="en", show="moves", peers="WORLD", **years))
    assert "World, 2022 to 2024: " in text
    assert "Left out, because only other KPIs having data explain them" in text


def test_members_in_doubt_are_named_below_their_group(home):
    text = text_of(opened(stages_page, lang="es", peers="LDC", show="matrix"))
    assert "se pidió una prórroga, cuya decisión no se ha verificado." in text
