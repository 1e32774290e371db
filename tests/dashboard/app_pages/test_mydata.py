"""My data: a table is brought, its faults are said, it is accepted, kept and stands beside the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.mydata import bring, job, shelf
from dashboard.components import own, state
from dashboard.reads.workplace import WORKPLACE
from kpis import catalogue, names
from kpis.workspace import LOCAL, open_workspace
from kpis.workspace.figures import Known, Request, kpi_facts
from kpis.workspace.figures.keep import kept
from tests.dashboard.serve.whole_app import opened
from tests.dashboard.test_pages import text_of

FILE = (
    "País;Periodo;Serie;Valor;Nombre de la serie;Unidad;Sentido;Meta;Año de la meta\n"
    "Colombia;2024;EGDI;0,80;;;;0,9;2030\nColombia;2025-T4;EGDI;0,82;;;;0,9;2030\n"
    "Colombia;2025;TRAM;48;Trámites <b>en línea</b>;% de los trámites;mayor;80;2030\n"
)


@pytest.fixture(autouse=True)
def _at_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    assert home.is_file()
    monkeypatch.setenv("ESCALA_WORKSPACE", str(tmp_path / "w.sqlite"))
    WORKPLACE.close()
    yield
    WORKPLACE.close()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run(timeout=60)
    assert not app.exception
    return app


def brought(text: str) -> AppTest:
    """The page with a file that was read: what the control of the upload hands over."""
    app = opened("mydata", {}, "en")
    on_way: Any = app.session_state[bring.STATE]
    on_way.data, on_way.file, on_way.name = text.encode(), "cifras.csv", "Cifras"
    on_way.request = Request()
    known = Known(kpi_facts(catalogue.load()), names.index(), 2026)
    on_way.job = job.start(on_way.data, on_way.file, on_way.request, known)
    app.run(timeout=60)
    assert not app.exception
    return app


def test_without_data_the_page_asks_for_some_and_offers_the_example() -> None:
    assert "Traiga sus propias cifras" in text_of(opened("mydata", {}, "es"))
    app = press(opened("mydata", {}, "en"), "mydata_example")
    assert "the median of 1,120 areas is" in text_of(app)
    assert "The worked example" in text_of(app)
    assert "own figure" not in text_of(app)


def test_faults_are_said_by_row_and_column_and_nothing_can_be_accepted() -> None:
    app = brought(FILE.replace("Colombia;2024", "Colombi;2024"))
    assert "Did you mean Colombia (COL)?" in text_of(app)
    assert all(button.key != "mydata_accept" for button in app.button)
    assert own.STATE not in app.session_state or not app.session_state[own.STATE].tables


def test_a_table_is_accepted_kept_and_stands_beside_the_international_values() -> None:
    app = press(brought(FILE), "mydata_accept")
    assert list(app.session_state[own.STATE].tables) == ["cifras"]
    assert "Figures that are new" not in text_of(app)
    press(app, "mydata_keep_0")
    assert [item.title for item in kept(open_workspace(), LOCAL)] == ["Cifras"]
    assert not app.session_state[own.STATE].tables
    country = opened(
        "country", {"country": "COL", "kpi": "EGDI"}, "en"
    )  # another session, the same workspace
    text = text_of(country)
    assert "own figure" in text
    assert "0.8200" in text
    assert "own target" in text
    assert "Trámites &lt;b&gt;en línea" in text
    assert "<b>en línea" not in text
    elsewhere = text_of(opened("country", {"country": "PER", "kpi": "EGDI"}, "en"))
    assert "own figure" not in elsewhere
    compared = text_of(opened("compare", {"area": ["COL", "PER"], "show": "table"}, "en"))
    assert "own figure" in compared
    beside = {"area": ["COL", "PER"]}
    for more, said in (
        ({**beside, "show": "change"}, "not drawn: Colombia"),  # no own value in the first year
        ({**beside, "show": "profile"}, "Own figures of those compared"),
        ({"area": ["COL", "PER", "CHL", "URY", "ECU"]}, "◇ own figure"),
    ):
        assert said in text_of(opened("compare", more, "en"))
    for page in ("progress", "plan"):
        text = text_of(opened(page, {"country": "COL"}, "en"))
        assert "Own figures, targets and gates" in text
        assert 'value="48.0" data-own="true" data-year="2025"' in text
        assert "Own figures, targets" not in text_of(opened(page, {"country": "PER"}, "en"))
    press(app, "mydata_remove_0")
    assert kept(open_workspace(), LOCAL) == []


INDEXED = """area,parent,period,series,value,unit,direction,target,target_year
Norte,COL,2024,Agua,20,%,higher,100,2030
Sur,COL,2024,Agua,60,%,higher,,
Oeste,COL,2024,Agua,45,%,higher,,
Norte,COL,2018,Espera,30,d,lower,,
Sur,COL,2018,Espera,20,d,lower,,
Oeste,COL,2018,Espera,10,d,lower,,
"""


def test_an_index_of_own_series_is_ranked_among_own_areas_by_own_weights() -> None:
    app = press(brought(INDEXED), "mydata_accept")
    app.segmented_control(key=state.widget("show")).set_value("index").run(timeout=60)
    text = text_of(app)
    assert "Own index: Oeste leads 3 areas with" in text  # (62.5 + 100) / 2; Sur has (100 + 50) / 2
    assert "weights: Agua 50%, Espera 50%" in text
    assert "newest figures of each area (2018–2024)" in text
    app.number_input(key="mydata_weight_0").set_value(3).run(timeout=60)
    assert "Own index: Sur leads 3 areas with" in text_of(app)  # 87.5
    for at in (0, 1):
        app.number_input(key=f"mydata_weight_{at}").set_value(0).run(timeout=60)
    assert not app.exception
    assert "No series has a weight above 0." in " ".join(said.value for said in app.warning)


def test_what_a_session_holds_is_seen_by_no_other() -> None:
    app = press(brought(FILE), "mydata_accept")
    assert app.session_state[own.STATE].tables
    text = text_of(opened("country", {"country": "COL", "kpi": "EGDI"}, "en"))
    assert "own figure" not in text
    assert "Trámites" not in text


def test_a_column_is_told_and_the_file_read_again() -> None:
    app = brought("lugar,2024,2025\nColombia,0.8,0.81\n")
    assert "No column holds the areas" in text_of(app)
    app.selectbox(key="mydata_map_0_area").set_value("lugar").run(timeout=60)
    app.selectbox(key="mydata_series_0").set_value("EGDI").run(timeout=60)
    press(app, "mydata_again")
    assert "Read without a fault" in " ".join(info.value for info in app.info)


def test_the_download_reads_back(home: Path) -> None:
    del home
    app = press(brought(FILE), "mydata_accept")
    export = shelf.export(app.session_state[own.STATE].tables["cifras"])
    again = brought(export.to_csv(index=False))
    figures = again.session_state[bring.STATE].reading.figures
    assert figures is not None
    assert figures.figures["obs_value"].tolist() == [0.8, 0.82, 48.0]
    assert figures.series["target"].tolist() == [0.9, 80.0]
