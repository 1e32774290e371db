"""Which picture an address gives: every page, its own parameters, and what is refused with a reason."""

from __future__ import annotations

import pytest

from dashboard.components.outside import reader_of
from dashboard.navigation import PATHS
from dashboard.pictures.drawing import PREVIEW, draw
from dashboard.pictures.model import DotRange, Fan, Ladder, Matrix, Ranking, Trend, WorldMap
from dashboard.pictures.of_view import MAKERS, picture_of
from dashboard.pictures.pages import OF_A_COUNTRY, PICTURED, has_picture
from kpis.errors import RequestError
from kpis.queries import Warehouse

pytestmark = pytest.mark.usefixtures("home")
VIEWS = {
    "world": "map",
    "world?view=ranking&mine=VCT": "ranking",
    "world?group=CARIBBEAN_SIDS": "ranking",
    "world?kpi=GTMI_I35&view=ranking": "ranking",
    "country?country=COL&kpi=GTMI_I35": "ranking",
    "compare?area=LDC,COL,NRU&kpi=GTMI_I35": "ranking",
    "world?zoom=CARIBBEAN": "map",
    "country?country=COL": "dot_range",
    "country?country=LAO&kpi=EGDI": "trend",
    "country?country=COL&show=egdi": "fan",
    "country?country=COL&chart=to_2030": "fan",
    "world?view=tiles&kpi=OSI": "map",
    "stages?show=moves&peers=WORLD": "matrix",
    "stages?show=moves&peers=WORLD&chart=stage_moves": "ranking",
    "stages?country=COL&chart=stage_history": "matrix",
    "lens?show=income&kpi=EGDI": "cloud",
    "lens?show=association&kpi=EGDI&outcome=CHILD_MORTALITY&country=COL": "cloud",
    "robustness?show=own&weights=EGDI-2024:50-25-25": "ranking",
    "gaps?by=dimensions": "matrix",
    "gaps?country=COL&show=kpis": "matrix",
    "gaps?country=COL&show=next": "ranking",
    "releases?kpi=EGDI": "ranking",
    "cases?show=map&group=LDC": "map",
    "compare": "trend",
    "compare?area=COL,URY,VCT,LAO&show=profile": "matrix",
    "compare?group=CARIBBEAN_SIDS&show=change": "ranking",
    "stages?country=COL": "ladder",
    "stages?peers=CARIBBEAN_SIDS": "matrix",
    "stages": "matrix",
    "progress?country=COL": "paces",
    "progress?country=COL&scope=path": "trend",
    "progress": "matrix",
    "lens": "matrix",
    "plan?country=COL": "paces",
    "robustness?country=COL": "dot_range",
    "robustness": "dot_range",
    "forecast": "dot_range",
    "forecast?chart=forecast_guesses": "ranking",
    "forecast?chart=forecast_common&ahead=2": "ranking",
    "forecast?country=COL&chart=forecast_country": "dot_range",
    "robustness?chart=robustness_causes": "ranking",
    "robustness?chart=robustness_shifts": "ranking",
    "robustness?country=COL&chart=robustness_without": "dot_range",
    "gaps?country=NRU": "ranking",
    "gaps": "map",
    "gaps?group=LDC": "ranking",
}


@pytest.mark.parametrize(("view", "kind"), VIEWS.items())
def test_a_view_gives_its_picture_in_both_languages(view: str, kind: str) -> None:
    english, spanish = picture_of(view, "en"), picture_of(view, "es")
    assert (english.kind, spanish.kind) == (kind, kind)
    for picture in (english, spanish):
        said = picture.about
        assert all((said.title, said.alt, said.source)), said
        assert "<" not in said.title + said.source
        assert "Escala, " in said.source
        assert len(said.alt) > 40
        assert draw(picture, "png", PREVIEW)
    assert english.about.title != spanish.about.title
    assert english.about.source != spanish.about.source


def test_every_page_with_a_picture_is_tried_and_listed() -> None:
    tried = {view.partition("?")[0] for view in VIEWS}
    assert tried == set(MAKERS) == set(PICTURED)
    assert set(OF_A_COUNTRY) < set(PICTURED) < set(PATHS)


def test_a_picture_holds_the_figures_of_the_warehouse(wh: Warehouse) -> None:
    trend = picture_of("country?country=COL&kpi=EGDI", "en")
    assert isinstance(trend, Trend)
    focus = next(course for course in trend.courses if course.role == "focus")
    held = wh.trend("EGDI", ["COL"]).dropna(subset=["obs_value"])
    assert {year: value for year, value in focus.points if value is not None} == dict(
        zip(held["time_period"], held["obs_value"], strict=True)
    )
    assert focus.label == "0.779"


def test_the_lens_is_shaded_as_on_its_page() -> None:
    lens = picture_of("lens", "en")
    assert isinstance(lens, Matrix)
    shades = {int(said): at for line in lens.cells for said, at in line}
    assert shades == {n: sum(n >= least for least in (1, 5, 10, 20)) - 1 if n else None for n in shades}
    assert {at for at in shades.values() if at is not None} == {0, 1, 2, 3}


def test_a_map_classes_every_member_state(wh: Warehouse) -> None:
    world = picture_of("world?kpi=EGDI", "es")
    assert isinstance(world, WorldMap)
    assert len(world.areas) + len(world.without) == int(wh.areas()["un_member"].sum())
    values = wh.world("EGDI", None).set_index("ref_area")["obs_value"]
    bounds = (0.25, 0.5, 0.75)
    assert all(at == sum(values[code] >= bound for bound in bounds) for code, at in world.areas)


def test_parameters_are_read_as_the_page_reads_them() -> None:
    by_name = picture_of("https://data.example.org/escala/stages?country=colombia&utm_source=x&lang=es")
    assert isinstance(by_name, Ladder)
    assert by_name.about.lang == "es"
    assert by_name.about.title.startswith("Colombia: ")
    ranking = picture_of("world?view=ranking&mine=VCT", "en")
    assert isinstance(ranking, Ranking)
    assert [bar.name for bar in ranking.bars if bar.role == "focus"] == [
        "117. Saint Vincent and the Grenadines"
    ]
    ranges = picture_of("robustness?country=COL", "en")
    assert isinstance(ranges, DotRange)
    assert [span.name for span in ranges.spans if span.focus] == ["Colombia"]


def test_a_forecast_of_the_rank_is_not_that_of_the_index() -> None:
    rank, index = (
        picture_of(f"country?country=COL&chart=to_2030&show={show}", "en") for show in ("rank", "egdi")
    )
    assert isinstance(rank, Fan)
    assert isinstance(index, Fan)
    assert (rank.falls, index.falls) == (True, False)
    assert all(1 <= step.low <= step.middle <= step.high <= 193 for step in rank.steps)
    assert all(0 <= step.low <= step.middle <= step.high <= 1 for step in index.steps)
    assert "rank" in rank.about.title


def test_moves_add_up_and_point_to_their_side(wh: Warehouse) -> None:
    moved = picture_of("releases?kpi=EGDI", "en")
    assert isinstance(moved, Ranking)
    change = wh.moved("EGDI").set_index("ref_area")["rank_change"]
    values = [bar.value for bar in moved.bars]
    assert (max(values), min(values)) == (change.max(), change.min())  # type: ignore[type-var]
    assert all((bar.role == "up") == (bar.value > 0) == bar.label.startswith("▲") for bar in moved.bars)
    flow = picture_of("stages?show=moves&peers=WORLD", "en")
    assert isinstance(flow, Matrix)
    counts = [int(said.split()[-1]) for row in flow.cells for said, _shade in row if said]
    assert f"n = {sum(counts)} countries" in flow.about.source


def test_tiles_show_every_member_state_and_a_part_of_the_world_names_its_small_ones() -> None:
    tiles, part = picture_of("world?view=tiles", "en"), picture_of("world?zoom=CARIBBEAN", "es")
    assert isinstance(tiles, WorldMap)
    assert isinstance(part, WorldMap)
    assert len(tiles.tiles) == len({(column, row) for _code, column, row in tiles.tiles}) == 193
    assert dict(part.names)["VCT"] == "San Vicente y las Granadinas"
    assert draw(part, "svg")


def test_what_is_missing_is_told(wh: Warehouse) -> None:
    gaps = picture_of("gaps?country=NRU", "en")
    assert isinstance(gaps, Ranking)
    assert any(bar.label.endswith("without a value") for bar in gaps.bars)
    held = wh.country("MCO").set_index("kpi")["obs_value"].notna()
    coded = set(wh.kpis().query("unit_kind in ('answer', 'count')")["kpi"])
    kpi = next(kpi for kpi in held.index[~held] if kpi not in coded and wh.trend(kpi, ["COL"]).shape[0] > 2)
    trend = picture_of(f"compare?area=COL,MCO&kpi={kpi}", "es")
    assert isinstance(trend, Trend)
    assert {course.name: (bool(course.points), course.label) for course in trend.courses}["Mónaco"] == (
        False,
        "sin datos",
    )


def test_a_reader_may_be_given() -> None:
    assert picture_of("stages?country=COL", reader=reader_of("es")).about.lang == "es"


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("methods", "the page 'methods' has no picture"),
        ("nowhere", "page 'nowhere' is not known"),
        ("stages?country=ZZZ", "country=ZZZ"),
        ("world?kpi=EGDX", "Did you mean 'EGDI'"),
        ("world?foo=1", "parameter 'foo'"),
        ("country", "needs a country"),
        ("plan", "needs a country"),
        ("stages?country=COL&chart=nope", "no picture of a chart 'nope'. Allowed: ladder, stage_history"),
        ("plan?country=COL&show=levers", "gates"),
        ("robustness?show=own", "weights move nobody"),
        ("robustness?show=own&weights=EGDI-2024:a", "EGDI-2024:20-20-20"),
        ("releases?show=sources", "ranks"),
        ("cases", "show=map"),
        ("world?" + "x" * 3000, "longer than"),
    ],
)
def test_what_has_no_picture_is_refused_with_the_reason(view: str, words: str) -> None:
    with pytest.raises(RequestError, match=words):
        picture_of(view, "en")


def test_the_light_list_knows_which_addresses_have_one() -> None:
    assert has_picture("stages", {})
    assert has_picture("country", {"country": ["COL"]})
    assert not has_picture("country", {})
    assert not has_picture("methods", {"country": ["COL"]})
