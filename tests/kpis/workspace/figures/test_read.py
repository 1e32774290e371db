"""Tables of own figures as they are meant: long, wide, with areas of one's own and all kinds of periods."""

from __future__ import annotations

import io
from itertools import pairwise

import pandas as pd
import pytest
import xlsxwriter

from kpis.messages import ChoiceError
from kpis.workspace.figures import Known, OwnFigures, Reading, Request, read_figures, template
from kpis.workspace.figures.model import rows_of
from kpis.workspace.figures.periods import kind_of, month_of, read_period
from tests.kpis.workspace.figures.conftest import Read


def rows(reading: Reading) -> list[tuple[object, ...]]:
    """Series, area, period and value of each figure."""
    assert reading.is_good, [problem.said.say() for problem in reading.problems.listed]
    assert reading.figures is not None
    frame = reading.figures.figures[["series", "ref_area", "time_period", "obs_value"]]
    return [tuple(row) for row in frame.itertuples(index=False)]


FIGURES = [("EGDI", "COL", "2022", 0.5), ("EGDI", "COL", "2024", 0.75), ("OSI", "COL", "2024", 0.25)]


@pytest.mark.parametrize(
    "text",
    [
        "area,period,series,value\nCOL,2022,EGDI,.5\nCOL,2024,EGDI,.75\nCOL,2024,OSI,.25\n",
        "País;Año;Indicador;Valor\nColombia;2022;EGDI;0,5\nColombia;2024;EGDI;0,75\nColombia;2024;OSI;0,25\n",
        "country,indicator,2022,2024\nColombia,EGDI,0.5,0.75\nColombia,OSI,,0.25\n",
        "country,indicator,2022 [YR2022],2024 [YR2024]\nColombia,EGDI,0.5,0.75\nColombia,OSI,..,0.25\n",
        "pais\tano\tEGDI\tOSI\nColombia\t2022\t0.5\t\nColombia\t2024\t0.75\t0.25\n",
        "country;year;E-gov [EGDI];Online [OSI]\nCO;2022;0.5;\nCO;2024;0.75;0.25\n",
    ],
    ids=[
        "long",
        "in Spanish",
        "a column a period",
        "as the World Bank",
        "a column a KPI",
        "codes in brackets",
    ],
)
def test_shapes_of_the_same_figures(text: str, read: Read) -> None:
    assert rows(read(text)) == FIGURES


def test_year_and_quarter_in_two_columns(read: Read) -> None:
    reading = read("area,year,quarter,series,value\nCOL,2023,4,EGDI,.5\nCOL,2024,I,EGDI,.6\n")
    assert [row[2] for row in rows(reading)] == ["2023-Q4", "2024-Q1"]


def test_columns_that_are_told_and_one_that_is_not_there(read: Read) -> None:
    text = "lugar,cuando,x\nCOL,2024,0.5\n"
    assert rows(read(text, mapping={"area": "lugar", "period": "cuando", "EGDI": "x"})) == [
        ("EGDI", "COL", "2024", 0.5)
    ]
    with pytest.raises(ChoiceError, match="Did you mean 'lugar'"):
        read(text, mapping={"area": "lugares"})


def test_a_table_without_a_series_is_of_the_one_that_is_named(read: Read) -> None:
    assert rows(read("area,2023,2024\nCOL,1,0\n", series="EGDI"))[1] == ("EGDI", "COL", "2024", 0.0)


def own(reading: Reading) -> OwnFigures:
    assert reading.is_good, [problem.said.say() for problem in reading.problems.listed]
    assert reading.figures is not None
    return reading.figures


AREAS = b"code,name,parent,level\n05,Antioquia,COL,department\n05001,Medellin,05,municipality\n"


def test_own_areas_of_a_second_table_by_code_name_and_without_their_zero(read: Read) -> None:
    text = "area,period,series,value,unit\n05001,2021,X,1,km\nMedellín,2022,X,2,km\n5001,2023,X,3,km\n"
    figures = own(read(text, areas=(AREAS, "areas.csv")))
    assert figures.figures["ref_area"].tolist() == ["05001"] * 3
    assert figures.areas.to_dict("list") == {
        "ref_area": ["05", "05001", "COL"],
        "name": ["Antioquia", "Medellin", "Colombia"],
        "parent": ["COL", "05", ""],
        "level": ["department", "municipality", "country"],
        "country": ["COL"] * 3,
    }
    assert figures.countries == []


def test_own_areas_beside_the_figures_and_of_a_named_country(read: Read) -> None:
    text = (
        "municipio,departamento,año,serie,valor,unidad\nTunja,Boyacá,2023,X,1,km\nPaipa,Boyacá,2023,X,2,km\n"
    )
    figures = own(read(text, country="COL"))
    assert dict(zip(figures.areas["name"], figures.areas["parent"], strict=True)) == {
        "Boyacá": "COL", "Tunja": "Boyacá", "Paipa": "Boyacá", "Colombia": "",
    }  # fmt: skip
    assert set(figures.areas["country"]) == {"COL"}


def test_what_is_stated_of_a_series_stands_with_it(read: Read) -> None:
    text = (
        "area,period,series,value,series name,unit,direction,target,target year,enhanced,transactional,"
        "connected\nCOL,2023,X,41,Trámites,% of all,mayor,80,2030,25,50,75\nCOL,2024,X,48,,,,,,,,\n"
        "COL,2024,EGDI,0.8,,,,0.9,2028,,,\n"
    )
    series = {row["series"]: row for row in rows_of(own(read(text)).series)}
    assert [series["X"][name] for name in ("name", "unit", "direction", "kpi")] == [
        "Trámites",
        "% of all",
        "higher",
        "",
    ]
    numbers = ("target", "target_year", "enhanced", "connected")
    assert [series["X"][name] for name in numbers] == [80, 2030, 25, 75]
    assert [series["EGDI"][name] for name in ("kpi", "direction", "target")] == ["EGDI", "higher", 0.9]
    assert series["EGDI"]["enhanced"] is None


def test_a_cell_shown_as_per_cent_is_a_percentage(read: Read) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(
            [["area", "period", "series", "value", "unit"], ["COL", "2023", "X", 0.41, "%"]]
        ):
            sheet.write_row(at, 0, row)
        sheet.write_number(1, 3, 0.41, book.add_format({"num_format": "0%"}))
    assert rows(read(out.getvalue())) == [("X", "COL", "2023", 41.0)]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_template_reads_back_as_it_is(form: str, lang: str, read: Read) -> None:
    data = template.xlsx(lang) if form == "xlsx" else template.csv_file(lang)
    figures = own(read(data, f"t.{form}", lang=lang))
    assert list(figures.figures["obs_value"]) == [0.8, 41.5, 48.0, 72.0]
    assert list(figures.figures["obs_status"]) == ["E", "A", "P", "A"]
    agency = figures.areas[figures.areas["ref_area"] == "COL-TAX"].iloc[0]
    assert (agency["parent"], agency["country"]) == ("COL", "COL")
    online = figures.series[figures.series["series"] == "ONLINE"].iloc[0]
    assert (online["direction"], online["target"], online["target_year"]) == ("higher", 80, 2030)
    assert ("Trámites" in online["name"]) == (lang == "es")


def test_a_filled_template_is_read_with_the_figures_that_were_typed(read: Read) -> None:
    text = template.csv_file("es").decode("utf-8-sig").splitlines()
    filled = "\r\n".join([text[0], "Perú;2025-T3;EGDI;0,812;P;propia;;;;;;;;"])
    assert rows(read(filled.encode("cp1252"))) == [("EGDI", "PER", "2025-Q3", 0.812)]


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2023", "2023"), (2023.0, "2023"), ("2023-Q4", "2023-Q4"), ("2023T4", "2023-Q4"),
        ("IV-2023", "2023-Q4"),
        ("2023-IV", "2023-Q4"), ("Q1 2023", "2023-Q1"), ("4º trimestre de 2023", "2023-Q4"),
        ("III trim. 2022", "2022-Q3"),
        ("2023-04", "2023-04"), ("2023M04", "2023-04"), ("04/2023", "2023-04"), ("abr-2023", "2023-04"),
        ("Septiembre de 2023", "2023-09"), ("2023 December", "2023-12"), ("202304", "2023-04"),
    ],
)  # fmt: skip
def test_periods_as_people_write_them(written: str | float, period: str) -> None:
    assert read_period(written) == period


def test_periods_of_all_kinds_have_one_order() -> None:
    periods = ["2022", "2023-01", "2023-Q1", "2023-Q2", "2023-11", "2023", "2024"]
    assert sorted(periods, key=lambda period: (month_of(period), kind_of(period) == "year")) == [
        "2022", "2023-01", "2023-Q1", "2023-Q2", "2023-11", "2023", "2024",
    ]  # fmt: skip


def test_the_report_names_every_problem_in_a_language(read: Read) -> None:
    reading = read("area,period,series,value\nColombi,2024,EGDI,x\n")
    table = reading.problems.table("es")
    assert list(table.columns) == ["tipo", "fila", "columna", "celda", "qué ocurre", "filas"]
    assert table["tipo"].tolist() == ["error", "error"]
    assert table["fila"].tolist() == ["2", "2"]
    assert table["celda"].tolist() == ["Colombi", "x"]


def test_progress_is_told_to_its_end(known: object, read: Read) -> None:
    del read
    told: list[float] = []
    text = b"area,period,series,value\nCOL,2024,EGDI,0.5\n"
    read_figures(text, "t.csv", Request(), known, told.append)  # type: ignore[arg-type]
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_progress_follows_a_workbook_as_it_is_read(known: Known) -> None:
    out, told = io.BytesIO(), list[float]()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(
            [["area", "period", "series", "value"], *([["COL", "2023", "EGDI", ""]] * 3000)]
        ):
            sheet.write_row(at, 0, row)
    read_figures(out.getvalue(), "t.xlsx", Request(), known, told.append)
    assert told == sorted(told)
    steps = [after - before for before, after in pairwise([0.0, *told]) if after <= 0.5]
    assert max(steps) < 0.1, "the bar jumped while the workbook was read"


def test_the_body_of_an_entry_gives_the_same_table(read: Read) -> None:
    figures = own(read("area,period,series,value,unit\nCOL,2023,X,41,km\n"))
    again = OwnFigures.of_body(figures.body(), figures.figures)
    pd.testing.assert_frame_equal(again.areas, figures.areas)
    pd.testing.assert_frame_equal(again.series, figures.series)
