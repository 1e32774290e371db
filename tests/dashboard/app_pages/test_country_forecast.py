"""The forecast on the page of a country: its sentence, fan, table and download; and where there is none."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from markupsafe import Markup
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.country import to_2030, to_2030_table
from dashboard.components import numbers, shell
from dashboard.navigation import PATHS
from dashboard.reads import shared as data
from dashboard.reads.cached import retire_others
from kpis.queries import Warehouse
from tests.dashboard.test_pages import country_page, opened, read, text_of

BAND = r"\d+ \(\d+ (?:to|a) \d+\)"


def frame_toggle(app: AppTest) -> AppTest:
    """The page with the table in place of the fan."""
    return app.toggle(key="table_to_2030").set_value(True).run(timeout=30)


def leads(app: AppTest) -> str:
    """The paragraphs of the section."""
    [section] = [part.proto.body for part in app.get("html") if 'id="to-2030"' in part.proto.body]
    return Markup(section).striptags()


@pytest.mark.usefixtures("home")
def test_the_answer_stands_first_with_its_band_and_its_worth() -> None:
    app = opened(country_page, country="COL", lang="en")
    assert not app.exception
    text = leads(app)
    assert re.search(r"Colombia: if nothing new happens, around rank \d+ in 2026; 8 of 10", text)
    assert "Keeping the rank of 2024, 68, as a guess is almost as good." in text
    assert re.search(r"Chance of a better rank than 68 in 2026: \d+%; of a worse one: \d+%\.", text)
    assert re.search(r"staying in the highest UN group \(very high EGDI\) in 2026: \d+%", text)
    assert re.search(r"around rank \d+ in 2026 \(8 of 10: between \d+ and \d+\)", read(app))
    assert 'href="#to-2030"' in text_of(app)


@pytest.mark.usefixtures("home")
def test_the_answer_in_spanish() -> None:
    app = opened(country_page, country="COL", lang="es")
    assert "si no ocurre nada nuevo, alrededor del puesto" in leads(app)
    assert re.search(f"Colombia: puesto {BAND} en 2026, {BAND} en 2030", read(app))
    assert not re.search("forecast|nothing new|Chance", read(app))


@pytest.mark.usefixtures("home")
def test_the_fan_shows_ranks_or_values_and_says_whose_figures_these_are() -> None:
    app = opened(country_page, country="COL", lang="en")
    assert re.search(f"Colombia: rank {BAND} in 2026, {BAND} in 2030", read(app))
    assert "Forecast by Escala from UN E-Government Survey" in read(app)
    assert "editions 2003–2024; not a published figure" in read(app)
    assert ("how often such forecasts were right" in read(app)) == (to_2030.RECORD in PATHS)
    assert re.search(r'href="[^"]*forecast\?[^"]*country=[A-Z]{3}[^"]*"', text_of(app))
    shown = opened(country_page, country="COL", lang="en", show="egdi")
    assert re.search(r"EGDI 0\.\d\d \(0\.\d\d to 0\.\d\d\) in 2026", read(shown))


@pytest.mark.usefixtures("home")
def test_the_table_sets_forecasts_apart_from_published_editions() -> None:
    app = frame_toggle(opened(country_page, country="COL", lang="en"))
    [table] = [part.proto.body for part in app.get("html") if "In brackets: the band" in part.proto.body]
    rows = [Markup(row).striptags() for row in re.findall(r"<tr.*?</tr>", table)]
    assert [row[:4] for row in rows[1:4]] == ["2030", "2028", "2026"]
    assert re.fullmatch(rf"2026forecast0\.\d\d \(0\.\d\d to 0\.\d\d\){BAND}\d+%\d+%", rows[3])
    assert rows[4] == "2024published0.779368"
    assert len(rows) == 1 + 3 + 12


@pytest.mark.usefixtures("home")
def test_the_download_says_which_rows_are_forecast_and_from_which_edition() -> None:
    reader = shell.reader("en", numbers.POINT, "light")
    rows = to_2030_table.download(reader, "COL").set_index("time_period")
    assert rows["status"].value_counts().to_dict() == {"published": 12, "forecast": 3}
    ahead, past = rows[rows["status"] == "forecast"], rows[rows["status"] == "published"]
    assert ahead.index.tolist() == [2026, 2028, 2030]
    assert ahead["origin"].tolist() == [2024] * 3
    assert set(ahead["made_by"]) == {"Escala"}
    assert (ahead["p10"] < ahead["p50"]).all()
    assert (ahead["p50"] < ahead["p90"]).all()
    assert (ahead["rank_p10"] <= ahead["rank_p50"]).all()
    assert (ahead["rank_p50"] <= ahead["rank_p90"]).all()
    assert ahead[["obs_value", "rank"]].isna().all(axis=None)
    assert past[["p10", "rank_p10", "p_better_rank", "origin"]].isna().all(axis=None)
    assert past.loc[2024, ["obs_value", "rank"]].tolist() == [pytest.approx(0.7793, abs=5e-5), 68]


@pytest.mark.usefixtures("home")
def test_an_area_outside_the_survey_has_no_section() -> None:
    assert "to-2030" not in text_of(opened(country_page, country="XKX", lang="en"))


@pytest.fixture
def without_tii(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A warehouse in which the TII of Colombia of 2024 is of low reliability, as the build would leave it."""
    path = tmp_path / "escala.duckdb"
    shutil.copyfile(published, path)
    with duckdb.connect(str(path)) as con:
        con.execute(
            "update kpi_value set obs_status = 'U' where kpi = 'TII' and ref_area = 'COL' "
            "and time_period = 2024"
        )
        con.execute(
            "update forecast set p10 = null, p50 = null, p90 = null, rank_p10 = null, rank_p50 = null, "
            "rank_p90 = null where ref_area = 'COL'"
        )
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(path))
    retire_others("no version")  # it says to be the version of all tests, or it would be built again
    yield
    retire_others("no version")


@pytest.fixture
def from_2022(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A warehouse whose forecasts begin at the edition of 2022, as without any TII of 2024."""
    path = tmp_path / "escala.duckdb"
    shutil.copyfile(published, path)
    with duckdb.connect(str(path)) as con:
        con.execute("update forecast set time_period = time_period - 2, origin = 2022 where measure = 'EGDI'")
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(path))
    retire_others("no version")
    yield
    retire_others("no version")


@pytest.mark.usefixtures("from_2022")
def test_an_edition_that_is_published_is_none_to_come() -> None:
    app = opened(country_page, country="COL", lang="en")
    assert re.search(r"around rank \d+ in 2026", leads(app))
    assert "in 2024;" not in leads(app)
    assert "To 2028" in leads(app)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "No forecast for Colombia: Tele"), ("es", "Sin pronóstico para Colombia: no se ha publicado")],
)
@pytest.mark.usefixtures("without_tii")
def test_a_country_without_forecast_hears_which_index_is_missing(lang: str, sentence: str) -> None:
    app = opened(country_page, country="COL", lang=lang)
    assert not app.exception
    assert sentence in leads(app)
    assert "2024" in leads(app)
    assert re.findall("TII|OSI|HCI", leads(app)) == ["TII"]
    assert 'href="#to-2030"' not in text_of(app)
    assert not [toggle for toggle in app.toggle if toggle.key == "table_to_2030"]
    assert "One KPI" in read(app) or "Un KPI" in read(app)


def test_without_closed_sources_the_note_says_what_is_lacking(
    open_only: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(open_only.tables.path))
    app = opened(country_page, country="COL", lang="en")
    assert not app.exception
    assert "the forecast does without them" in read(app)
    assert re.search(f"Colombia: rank {BAND} in 2026", read(app))


@pytest.mark.usefixtures("home")
def test_with_all_sources_nothing_is_lacking() -> None:
    assert "does without them" not in read(opened(country_page, country="COL", lang="en"))


@pytest.mark.usefixtures("home")
def test_how_computed_is_the_card_of_the_method() -> None:
    card = data.method_card(to_2030.METHOD)
    assert card is not None
    text = read(opened(country_page, country="COL", lang="en"))
    assert card.name in text
    assert card.tolerance in text


def test_an_unknown_card_is_none() -> None:
    assert data.method_card("no such method") is None
