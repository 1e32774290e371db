"""Files as people bring them: each fault is said in both languages, and nothing is accepted that has one."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from kpis.intake import limits, read_bytes
from kpis.messages import TableError
from kpis.workspace.figures import Reading
from tests.kpis.workspace.figures.conftest import Read

HEAD = "area,period,series,value\n"
GOOD = HEAD + "COL,2023,EGDI,0.8\nPER,2023,EGDI,0.7\n"


def book(rows: list[list[object]], *, kind: str = "xlsx", formula: str = "", percent: bool = False) -> bytes:
    """A workbook of one sheet; formula: put into the first value without a result."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        if kind == "xlsm":
            workbook.add_vba_project(io.BytesIO(b"macro"), is_stream=True)
        sheet = workbook.add_worksheet("Datos")
        shown = workbook.add_format({"num_format": "0%"}) if percent else None
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if shown is not None and isinstance(cell, float):
                    sheet.write_number(at, place, cell, shown)
                else:
                    sheet.write(at, place, cell)
        if formula:
            sheet.write_formula(1, 3, formula, None, "")
    return out.getvalue()


def bomb() -> bytes:
    """A workbook of a few kilobytes whose sheet unpacks to more than is read."""
    parts = zipfile.ZipFile(io.BytesIO(book([["area"]])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name in parts.namelist():
            is_sheet = name.startswith("xl/worksheets/sheet")
            packed.writestr(name, b" " * (limits.MAX_UNPACKED_BYTES + 1) if is_sheet else parts.read(name))
    return out.getvalue()


def table(*rows: str) -> str:
    return HEAD + "".join(f"{row}\n" for row in rows)


def months(first: str) -> list[list[object]]:
    return [["area", "period", "series", "value"], ["COL", first, "EGDI", 0.5]]


# What is wrong, the file, and what is said of it in English and in Spanish.
BAD: dict[str, tuple[Callable[[], str | bytes], str, str]] = {
    "empty": (lambda: "", "the file is empty", "el archivo está vacío"),
    "blank": (lambda: "\ufeff \r\n;;;\r\n", "the file is empty", "está vacío"),
    "headings only": (lambda: HEAD, "no rows below the headings", "no hay filas"),
    "headings without figures": (lambda: table(",,,"), "no rows below", "no hay filas"),
    "a letter that is none": (lambda: GOOD.encode() + b"\xff\xc3\xb1\n", "letters cannot be read", "letras"),
    "NUL bytes": (lambda: GOOD.encode() + b"\0\0\0", "this is not text", "no es texto"),
    "a program": (lambda: b"MZ\x90\x00\x03" + bytes(90), "of the kind EXE", "de tipo EXE"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(40), "of the kind PNG", "de tipo PNG"),
    "a PDF": (lambda: b"%PDF-1.7\n" + bytes(40), "of the kind PDF", "de tipo PDF"),
    "a web page": (lambda: "<!DOCTYPE html><table></table>", "of the kind HTML", "de tipo HTML"),
    "JSON": (lambda: '{"area": "COL"}', "of the kind JSON", "de tipo JSON"),
    "an old XLS": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "of the kind XLS", "de tipo XLS"),
    "a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90) + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
        "protegido con contraseña",
    ),
    "another ZIP": (
        lambda: struct.pack("<4s", b"PK\x03\x04") + bytes(60),
        "no XLSX workbook that can be read (damaged)",
        "dañado",
    ),
    "a zip bomb": (bomb, "larger than 100 MB", "supera los 100 MB"),
    "too large": (lambda: b"a" * (limits.MAX_BYTES + 1), "larger than 20 MB", "supera los 20 MB"),
    "a huge cell": (lambda: GOOD + "x" * 140_000 + ",2023,EGDI,1\n", "a cell is longer", "una celda"),
    "a long area": (
        lambda: table("x" * 300 + ",2023,EGDI,0.5"),
        "has 300 characters",
        "tiene 300 caracteres",
    ),
    "too many columns": (lambda: "a" + ",x" * 5_001 + "\n1\n", "5,000 columns", "5,000 columnas"),
    "a thousand columns": (
        lambda: "area," + ",".join(f"c{n}" for n in range(1_000)) + "\nCOL" + ",1" * 1_000 + "\n",
        "No column holds the values",
        "Ninguna columna contiene los valores",
    ),
    "an open quotation mark": (lambda: GOOD + '"COL,2024,EGDI,1\n', "is opened and not closed", "comillas"),
    "too many cells": (lambda: table("COL,2023,EGDI,0.5,7,8"), "has 6 cells for 4", "tiene 6 celdas para 4"),
    "too few cells": (lambda: GOOD + "COL,2024,0.5\n", "has 3 of 4 cells", "tiene 3 de 4 celdas"),
    "merged headings": (
        lambda: ",,2022,,2023,\narea,period,EGDI,OSI,EGDI,OSI\nCOL,2022,0.1,0.2,0.3,0.4\n",
        "'EGDI' stands more than once (columns 3, 5)",
        "«EGDI» aparece más de una vez (columnas 3, 5)",
    ),
    "no areas": (
        lambda: "period,series,value\n2023,EGDI,1\n",
        "No column holds the areas",
        "contiene las áreas",
    ),
    "no periods": (
        lambda: "area,series,value\nCOL,EGDI,1\n",
        "No column holds the period",
        "contiene el periodo",
    ),
    "no series": (lambda: "area,period,value\nCOL,2023,1\n", "which KPI the values are of", "de qué KPI"),
    "a word for a number": (
        lambda: table("COL,2023,EGDI,alto"),
        "'alto' is no number",
        "«alto» no es un número",
    ),
    "a date for a number": (lambda: table("COL,2023,EGDI,2023-05-01"), "It is a date", "Es una fecha"),
    "per cent signs": (lambda: table("COL,2023,EGDI,41%"), "without the per cent sign", "porcentaje"),
    "an infinite number": (lambda: table("COL,2023,EGDI,1e999"), "too large, or infinite", "infinito"),
    "two decimal marks": (
        lambda: "area;period;series;value\nCOL;2023;EGDI;0,5\nPER;2023;EGDI;0.5\n",
        "two decimal marks",
        "dos signos decimales",
    ),
    "an open decimal mark": (
        lambda: "area;period;series;value;unit\nCOL;2023;X;1.234;m\n",
        "can be 1234 (thousands) or 1.234 (decimals)",
        "puede ser 1234 (miles) o 1,234 (decimales)",
    ),
    "a formula without result": (
        lambda: book([["area", "period", "series", "value"], ["COL", "2023", "EGDI"]], formula="=1/3"),
        "a formula without its result",
        "una fórmula sin su resultado",
    ),
    "a formula as text": (lambda: table("COL,2023,EGDI,=A1+B1"), "'=A1+B1' is no number", "no es un número"),
    "per cent beside plain": (
        lambda: book(
            [
                ["area", "period", "series", "value", "unit"],
                ["COL", "2022", "X", 0.41, "% of homes"],
                ["COL", "2023", "X", 41, "% of homes"],
            ],
            percent=True,
        ),
        "X mixes cells shown as per cent and plain numbers above 1 (row 2 and row 3)",
        "X mezcla celdas mostradas como porcentaje",
    ),
    "a day": (lambda: table("COL,31/12/2023,EGDI,0.5"), "is a date of one day", "es la fecha de un día"),
    "a date as a number": (
        lambda: table("COL,45291,EGDI,0.5"),
        "be the date 2023-12-31",
        "la fecha 2023-12-31",
    ),
    "half a year": (lambda: table("COL,2023-S1,EGDI,0.5"), "is half a year", "es un semestre"),
    "no period at all": (lambda: table("COL,pronto,EGDI,0.5"), "'pronto' is no period", "no es un periodo"),
    "no period in a row": (lambda: table("COL,,EGDI,0.5"), "value and no period", "con valor y sin periodo"),
    "the future": (lambda: table("COL,2031,EGDI,0.5"), "2031 lies ahead of 2026", "2031 es posterior a 2026"),
    "long ago": (lambda: table("COL,1901-05-01,EGDI,0.5"), "is a date of one day", "es la fecha de un día"),
    "a wrong area": (
        lambda: table("Colombi,2023,EGDI,0.5"),
        "Did you mean Colombia (COL)?",
        "¿Quiso decir Colombia (COL)?",
    ),
    "a name of two areas": (
        lambda: table("Congo,2023,EGDI,0.5"),
        "can be one of several: COD",
        "una de varias: COD",
    ),
    "no Member State": (
        lambda: table("Aruba,2023,EGDI,0.5"),
        "Aruba (ABW) is no UN Member State",
        "Aruba (ABW) no es un Estado Miembro",
    ),
    "no area in a row": (lambda: table(",2023,EGDI,0.5"), "value and no area", "con valor y sin área"),
    "no parent": (
        lambda: "code,name,parent,level,period,series,value\n05,Antioquia,,dept,2023,EGDI,0.5\n",
        "'05' has no parent",
        "«05» no tiene área superior",
    ),
    "an unknown parent": (
        lambda: "code,name,parent,period,series,value\n05,Antioquia,Colmbia,2023,EGDI,0.5\n",
        "The parent 'Colmbia' of the area '05'",
        "El área superior «Colmbia» de «05»",
    ),
    "a circle of parents": (
        lambda: "code,name,parent,period,series,value\nA,a,B,2023,EGDI,0.5\nB,b,A,2023,EGDI,0.5\n",
        "is above itself",
        "por encima de sí misma",
    ),
    "two parents": (
        lambda: "code,name,parent,period,series,value\nA,a,COL,2023,EGDI,0.5\nA,a,PER,2024,EGDI,0.5\n",
        "has two parents: 'COL' and 'PER'",
        "tiene dos áreas superiores",
    ),
    "two values for a key": (
        lambda: table("COL,2023,EGDI,0.5", "Colombia,2023,EGDI,0.6"),
        "0.5 in row 2 and 0.6 in row 3",
        "0.5 en la fila 2 y 0.6 en la fila 3",
    ),
    "a KPI with a slip": (lambda: table("COL,2023,EGDl,0.5"), "Did you mean EGDI?", "¿Quiso decir EGDI?"),
    "above its limit": (
        lambda: table("COL,2023,EGDI,1.2"),
        "1.2 is outside the natural limits of EGDI: 0 to 1",
        "1.2 está fuera de los límites naturales de EGDI",
    ),
    "negative": (
        lambda: table("COL,2023,EGDI,-0.5"),
        "-0.5 is outside the natural limits",
        "-0.5 está fuera de los límites",
    ),
    "gates that fall": (
        lambda: "area,period,series,value,direction,enhanced,connected\nCOL,2023,X,1,higher,9,5\n",
        "do not rise from enhanced to connected: 9, 5. With the direction higher",
        "no suben de mejorada a conectada: 9, 5. Con el sentido mayor",
    ),
    "no direction": (
        lambda: "area,period,series,value,direction\nCOL,2023,X,1,north\n",
        "'north' is no direction",
        "«north» no es un sentido",
    ),
    "two units": (
        lambda: "area,period,series,value,unit\nCOL,2023,X,1,km\nPER,2023,X,1,m\n",
        "has two values of unit: 'km' and 'm'",
        "tiene dos valores de unit: «km» y «m»",
    ),
    "a target in no year": (
        lambda: "area,period,series,value,unit,target,target year\nCOL,2023,X,1,km,5,30\n",
        "'30' is no year of a target",
        "«30» no es el año de una meta",
    ),
    "dates of New Year": (
        lambda: "area,period,series,value\n" + "COL,2023-01-01,EGDI,0.5\nCOL,2024-01-01,EGDI,0.6\n",
        "is a date of one day",
        "es la fecha de un día",
    ),
}


def said(reading: Reading, lang: str) -> str:
    return "\n".join(problem.said.say(lang) for problem in reading.problems.listed if problem.is_fatal)


@pytest.mark.parametrize("case", BAD, ids=str)
def test_a_bad_file_is_refused_in_both_languages(case: str, read: Read) -> None:
    make, english, spanish = BAD[case]
    reading = read(make())
    assert english in said(reading, "en")
    assert spanish in said(reading, "es")
    assert not reading.is_good


# Files that are read all the same, and what their owner should know.
ODD: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "Latin-1": (
        lambda: "país,año,serie,valor\nPerú,2023,EGDI,0.7\n".encode("latin-1"),
        "read as Windows-1252",
    ),
    "Windows-1252": (
        lambda: "país;año;serie;valor;nota\nPerú;2023;EGDI;0,7;“provisional”\n".encode("cp1252"),
        "read as Windows-1252",
    ),
    "UTF-16": (lambda: "país\taño\tserie\tvalor\nPerú\t2023\tEGDI\t0,7\n".encode("utf-16"), ""),
    "decimal commas": (lambda: "país;año;serie;valor\nPerú;2023;EGDI;0,7\n", ""),
    "macros": (
        lambda: book([["area", "period", "series", "value"], ["PER", "2023", "EGDI", 0.7]], kind="xlsm"),
        "the macros of the workbook were left aside",
    ),
    "a title and a source": (
        lambda: "Cifras del país\n\narea,period,series,value\nPER,2023,EGDI,0.7\n\nFuente: DANE\n",
        "left out as remarks",
    ),
    "a column too many": (
        lambda: "area,period,series,value,color\nPER,2023,EGDI,0.7,red\n",
        "Columns that are not read: color",
    ),
    "a row twice": (lambda: table("PER,2023,EGDI,0.7", "Peru,2023,EGDI,0.7"), "left out (1)"),
    "a row without a value": (lambda: table("PER,2023,EGDI,0.7", "COL,2023,EGDI,"), "without a value"),
    "a mark of a gap": (
        lambda: table("PER,2023,EGDI,0.7", "COL,2023,EGDI,n.d."),
        "cells read as missing (1)",
    ),
    "a KPI by its name": (
        lambda: table("PER,2023,E-Government Development Index (EGDI),0.7"),
        "is read as the KPI EGDI",
    ),
}


@pytest.mark.parametrize("case", ODD, ids=str)
def test_an_odd_file_is_read_with_a_note(case: str, read: Read) -> None:
    make, note = ODD[case]
    reading = read(make())
    assert reading.is_good, said(reading, "en")
    assert reading.figures is not None
    row = reading.figures.figures.iloc[0]
    assert tuple(row[["series", "ref_area", "time_period", "obs_value"]]) == ("EGDI", "PER", "2023", 0.7)
    assert len(reading.figures.figures) == 1
    assert note in "\n".join(problem.said.say("en") for problem in reading.problems.listed)


def test_the_code_of_namibia_is_no_gap(read: Read) -> None:
    reading = read(table("NA,2023,EGDI,0.5", "NAM,2024,EGDI,NA"))
    assert reading.is_good
    assert reading.figures is not None
    assert reading.figures.figures["ref_area"].tolist() == ["NAM"]


def test_every_fault_of_a_file_is_listed_with_row_and_column(read: Read) -> None:
    reading = read(table("Colombi,2023,EGDI,x", "PER,2050,EGDI,0.5", "PER,2023,EGDI,7"))
    places = [(problem.rows, problem.column) for problem in reading.problems.in_order]
    assert places == [((2,), "area"), ((2,), "value"), ((3,), "period"), ((4,), "value")]


def test_a_large_file_is_refused_before_it_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("wb") as handle:
        handle.truncate(200_000_000)  # takes no room
    with pytest.raises(TableError, match="larger than 20 MB"):
        read_bytes(path)
