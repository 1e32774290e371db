"""Briefs: what they say is what is held and what the pages say, for the fullest and the emptiest."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import cache

import pandas as pd
import pytest

from dashboard.charts.figures import plain
from dashboard.components.outside import reader_of
from dashboard.documents import pdf
from dashboard.documents.brief import country_brief
from dashboard.documents.comparison import comparison
from dashboard.documents.content import Break, Document, Figure, Heading, Paragraph, Table
from dashboard.documents.drawn import height
from dashboard.documents.group_brief import group_brief
from dashboard.pictures.model import Matrix
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.standing import standing
from kpis.errors import RequestError
from kpis.queries import Warehouse
from tests.dashboard.documents.pdf_facts import texts_of

DAY = datetime.date(2026, 11, 27)
PAGE = 690.0  # points of a page for a picture, below a heading and above its source
AREAS = ("COL", "VCT", "LAO", "PRK")  # the host, the longest names, the emptiest of all
FULLEST = "SLB"  # whose two pages hold most, in Spanish


@pytest.fixture(scope="module", params=("en", "es"))
def reader(request: pytest.FixtureRequest, wh: Warehouse) -> Reader:
    return reader_of(request.param, wh)


Brief = Callable[[str], Document]


@pytest.fixture(scope="module")
def brief(reader: Reader) -> Brief:
    """The brief of a country in the language of `reader`, made once for all tests, which only read it."""
    return cache(lambda area: country_brief(reader, area, made=DAY))


def texts(document: Document) -> Iterator[str]:
    """Every text of a document."""
    yield from (document.title, document.subtitle, document.boundaries)
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Table():
                yield block.caption
                yield from (column.name for column in block.columns)
                yield from (part for row in block.rows for cell in row for part in (cell.text, cell.sub))
            case Figure(picture):
                about = picture.about
                yield from (about.title, about.unit, about.source, about.alt)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("area", AREAS)
def test_the_headline_is_that_of_the_page(reader: Reader, brief: Brief, area: str) -> None:
    first = brief(area).blocks[0]
    assert first == Paragraph(plain(standing(reader, area)), "lead")


@pytest.mark.parametrize("area", AREAS)
def test_the_annex_holds_every_value_that_is_held_and_no_other(
    reader: Reader, brief: Brief, wh: Warehouse, area: str
) -> None:
    annex = tables(brief(area))[-1]
    latest = wh.country(area).dropna(subset=["obs_value"])
    held = wh.values(latest["kpi"].tolist(), areas=[area])
    newest = held.sort_values("time_period").groupby("kpi").last()
    assert [row[2].number for row in annex.rows] == [newest.at[kpi, "obs_value"] for kpi in latest["kpi"]]
    assert [int(row[3].text[:4]) for row in annex.rows] == [
        int(newest.at[kpi, "time_period"]) for kpi in latest["kpi"]
    ]
    ages = dict(zip(latest["kpi"], latest["age"], strict=True))
    word = reader.ctx.t("old")
    for kpi, row in zip(latest["kpi"], annex.rows, strict=True):
        assert row[3].text.endswith(word) == (ages[kpi] > reader.kpi(kpi).fresh_years)


@pytest.mark.parametrize("area", AREAS)
def test_what_is_not_held_is_named(reader: Reader, brief: Brief, wh: Warehouse, area: str) -> None:
    rows = wh.country(area)
    said = " ".join(texts(brief(area)))
    assert len(rows) > rows["obs_value"].notna().sum()
    for kpi in rows.loc[rows["obs_value"].isna(), "kpi"]:
        assert reader.kpi(kpi).name in said


@pytest.mark.parametrize("area", AREAS)
def test_key_figures_are_the_held_ones_or_a_dash(
    reader: Reader, brief: Brief, wh: Warehouse, area: str
) -> None:
    key = tables(brief(area))[0]
    rows = {reader.kpi(row["kpi"]).name: row for row in wh.country(area).to_dict("records")}
    for name, value, year, _trend, rank, _median in key.rows:
        row = rows[name.text.removesuffix(" (NC)")]
        if row["obs_value"] == row["obs_value"]:
            assert (value.number, int(year.text[:4])) == (row["obs_value"], row["time_period"])
        else:
            assert (value.text, year.text, rank.text) == ("–", "–", "–")
        if row["rank"] == row["rank"]:
            assert rank.number == row["rank"]


def test_a_trend_says_the_direction_that_is_better(brief: Brief, wh: Warehouse) -> None:
    key = tables(brief("COL"))[0]
    egdi = wh.values("EGDI", areas=["COL"]).sort_values("time_period")["obs_value"]
    assert key.rows[0][3].status == ("good" if egdi.iloc[-1] > egdi.iloc[-2] else "poor")


@pytest.mark.parametrize("area", AREAS)
def test_two_pages_come_before_the_annex_and_no_text_is_empty(
    reader: Reader, brief: Brief, area: str
) -> None:
    document = brief(area)
    assert sum(isinstance(block, Break) for block in document.blocks) == 1
    assert all(block.text.strip() for block in document.blocks if isinstance(block, Heading | Paragraph))
    assert not [text for text in texts(document) if "{" in text or "nan" in text.lower().split()]
    assert document.lang == reader.lang
    assert document.sources


def test_nothing_english_stands_in_a_spanish_brief(wh: Warehouse) -> None:
    english, spanish = (
        set(texts(country_brief(reader_of(lang, wh), "LAO", made=DAY))) for lang in ("en", "es")
    )
    same = {text for text in english & spanish if len(text.split()) > 3}
    assert same == set()


def test_a_territory_has_figures_and_no_rank(reader: Reader, wh: Warehouse) -> None:
    outside = wh.sql("select ref_area from area join kpi_latest using (ref_area) where not un_member limit 1")
    document = country_brief(reader, outside["ref_area"].iloc[0], made=DAY)
    assert len(tables(document)) == 1
    assert tables(document)[0].rows


@pytest.mark.parametrize("group", ["CARIBBEAN_SIDS", "LDC", "SUB_053", "WORLD"])
def test_a_group_counts_its_members(reader: Reader, wh: Warehouse, group: str) -> None:
    document, codes = group_brief(reader, group, made=DAY), wh.members(group)
    members = tables(document)[-1]
    world = wh.world("EGDI")
    held = world[world["ref_area"].isin(codes)].set_index("ref_area")["obs_value"]
    assert len(members.rows) == len(codes)
    assert sorted(row[1].number for row in members.rows) == sorted(held)
    by_stage = tables(document)[0]
    assert {sum(int(cell.number or 0) for cell in row[1:]) for row in by_stage.rows} == {len(codes)}
    median = next(row for row in tables(document)[1].rows if "EGDI" in row[0].text)
    assert median[1].number == pytest.approx(held.median())


def test_a_comparison_holds_each_value_of_each(reader: Reader, wh: Warehouse) -> None:
    document = comparison(reader, ["VCT", "LAO", "LDC"], made=DAY)
    annex = tables(document)[-1]
    rows = wh.country("LAO").set_index("kpi")
    names = {reader.kpi(kpi).name: kpi for kpi in rows.index}
    for row in annex.rows:
        value = rows.at[names[row[0].text.removesuffix(" (NC)")], "obs_value"]
        assert row[2].text == "–" if pd.isna(value) else row[2].number == value
    assert document.title.startswith(reader.area("VCT").name)


def test_a_comparison_takes_two_to_ten(wh: Warehouse) -> None:
    reader = reader_of("en", wh)
    for ids in (["COL"], ["COL", "COL"], wh.members("WORLD")[:11]):
        with pytest.raises(RequestError, match="2 to 10"):
            comparison(reader, ids)


@pytest.mark.parametrize("group", ["CARIBBEAN_SIDS", "SIDS", "LDC", "SUB_202", "WORLD"])
def test_pictures_of_a_group_fit_their_page(wh: Warehouse, group: str) -> None:
    """A picture that is higher than a page runs off it, and what comes before it leaves the page empty."""
    document = group_brief(reader_of("es", wh), group, made=DAY)
    breaks = [isinstance(block, Break) for block in document.blocks].index(True)
    for at, block in enumerate(document.blocks):
        if isinstance(block, Figure):
            high = height(block.picture, pdf.WIDTH * block.share, pdf.SIZE)
            assert high <= (PAGE if at > breaks else PAGE / 2)
    texts_by_page = texts_of(pdf.write(document))
    before = next(n for n, text in enumerate(texts_by_page) if "Anexo: todos" in text)
    assert before == 2
    assert all(len(text.split()) > 150 for text in texts_by_page[:before])


def test_the_matrix_of_a_group_says_each_stage_as_a_number(wh: Warehouse) -> None:
    document = group_brief(reader_of("en", wh), "LDC", made=DAY)
    pictures = [block.picture for block in document.blocks if isinstance(block, Figure)]
    matrix = next(picture for picture in pictures if isinstance(picture, Matrix))
    overall = data.stage_matrix(wh, "LDC")["overall"]
    names = reader_of("en", wh).area_names
    said = {name: row[-1][0] for name, row in zip(matrix.rows, matrix.cells, strict=True)}
    assert said == {
        names[code]: "–" if pd.isna(stage) else str(int(stage) + 1) for code, stage in overall.items()
    }
    assert "1 emerging" in matrix.about.unit


def test_the_fullest_brief_has_two_pages_before_its_annex(wh: Warehouse) -> None:
    pages = texts_of(pdf.write(country_brief(reader_of("es", wh), FULLEST, made=DAY)))
    assert [n for n, text in enumerate(pages) if "Anexo: todas las cifras" in text] == [2]
