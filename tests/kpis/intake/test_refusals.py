"""What has two meanings is refused in one line that names file, row and remedy; what is left out is said."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kpis.cli.index_steps import Result, compute
from kpis.messages import ChoiceError, TableError
from tests.kpis.intake.test_hundred_files import DEFAULTS

DATA = "area,A,B,C\nCOL,0.41,12,3\nURY,0.62,25,1\nPER,0.52,20,2\n"
STRUCTURE = "code,parent,weight,direction\nA,IDX,1,1\nB,IDX,1,1\nC,IDX,1,1\nIDX,,,\n"
Made = Callable[..., Result]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    monkeypatch.chdir(tmp_path)

    def made(data: str | bytes = DATA, structure: str = STRUCTURE, **options: object) -> Result:
        Path("d.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
        Path("s.csv").write_text(structure, encoding="utf-8")
        return compute(Path("d.csv"), Path("s.csv"), replace(DEFAULTS, **options))  # type: ignore[arg-type]

    return made


def ranks(result: Result) -> dict[str, float]:
    return dict(zip(result.table.iloc[:, 0], result.table["rank"], strict=True))


def notes(result: Result) -> list[str]:
    return [note.say("en") for note in result.notes]


def structure(old: str, new: str) -> str:
    assert old in STRUCTURE
    return STRUCTURE.replace(old, new)


@pytest.mark.parametrize(
    ("data", "said", "dicho"),
    [
        (
            DATA.replace("C\n", "C,a\n", 1),
            "column 'A' appears more than once (columns 2 and 5)",
            "más de una vez",
        ),
        (DATA.replace("C\n", "C, A \n", 1), "column 'A' appears more than once", "más de una vez"),
        (DATA + "col ,1,2,3\n", "'col' has more than one row (2 and 5)", "más de una fila (2 y 5)"),
        (
            "year,país,A,B,C\n2020,COL,1,2,3\n2022,COL,1,2,4\n",
            "Column 'year' holds 2020, 2022",
            "contiene 2020, 2022",
        ),
        (DATA.replace(",12,", ",12,5,"), "row 2 ('COL') has 5 cells for 4 headings", "tiene 5 celdas para 4"),
        (DATA + "BRA,1\n", "row 5 ('BRA') has 2 of 4 cells", "tiene 2 de 4 celdas"),
        (DATA + "Fuente DANE, 2024\n", "row 5 ('Fuente DANE') has 2 of 4 cells", "tiene 2 de 4 celdas"),
        (DATA.replace("URY", '"URY'), 'row 3: a quotation mark (") is opened', "unas comillas"),
        (DATA.replace("URY", '"UR"Y'), "row 3: something stands between", "hay algo entre las comillas"),
        (
            DATA.replace("COL,0.41", 'COL,"0.41').replace("PER,0.52", 'PER,"0.52'),
            "row 2: something",
            "fila 2",
        ),
        (DATA + ",1,2,3\n", "row 5 has figures and no area", "la fila 5 tiene cifras"),
        ("A,B,C\n1,2,3\n4,5,6\n", "no column holds the areas", "ninguna columna contiene las áreas"),
        ("Survey Year,A,B,C\n2022,2,3,4\n2022,5,6,7\n", "'Survey Year' holds years", "contiene años"),
        ("x,y,A,B,C\na,p,2,3,4\na,q,5,6,7\n", "'a' has more than", "«a» tiene más"),
        ("n,x,y,A,B,C\n1,o,p,2,3,4\n2,r,q,5,6,7\n", "the areas can be in column 'x', 'y'", "--area-column"),
        ("area\nCOL\n", "the table has one column, 'area'", "una sola columna"),
        ("area,A,B\nCOL,1,2\n", "indicator 'C' is not known", "no se conoce el indicador «C»"),
        ("", "the file is empty", "está vacío"),
        ("\ufeff\n \n", "the file is empty", "está vacío"),
        ("area,A,B,C\n,,,\n", "no rows below the headings", "no hay filas"),
        (
            b"area,A,B,C\nCOL,1\0,2,3\n",
            "row 2 holds the sign number 0",
            "la fila 2 contiene el signo número 0",
        ),
        ("Perú,á\n".encode() + "Perú,1\n".encode("cp1252"), "row 2 is neither UTF-8", "fila 2 no es UTF-8"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "of the kind XLS", "de tipo XLS"),
        (b"%PDF-1.7\n", "of the kind PDF", "de tipo PDF"),
        (b"PK\x03\x04" + bytes(100), "no XLSX workbook that can be read (damaged)", "(dañado)"),
        ("sep=x\nareaxA\n", "cells are parted by 'x'", "se separan con «x»"),
        (DATA.replace("PER", '"' + "P" * 140_000 + '"'), "row 4: a cell is longer than 131,072", "fila 4"),
    ],
)
def test_data_that_are_refused(make: Made, data: str | bytes, said: str, dicho: str) -> None:
    with pytest.raises(TableError) as refused:
        make(data)
    check(refused.value, "d.csv", said, dicho)


@pytest.mark.parametrize(
    ("text", "said", "dicho"),
    [
        (structure("direction", "Weight"), "column 'Weight' appears more than once", "más de una vez"),
        (
            structure("A,IDX,1,1", "A,IDX,1,0"),
            "row 2 (A), column direction: '0' is no direction",
            "no es una dirección",
        ),
        (structure("A,IDX,1,1", "A,IDX,1,1.5"), "'1.5' is no direction", "no es una dirección"),
        (structure("A,IDX,1,1", "A,IDX,1,nan"), "'nan' is no direction", "no es una dirección"),
        (structure("A,IDX,1,1", "A,IDX,1,-"), "'-' is no direction", "no es una dirección"),
        (structure("A,IDX,1,1", "A,IDX,1,positive"), "'positive' is no direction. Allowed: 1", "Valores: 1"),
        (structure("A,IDX,1,1", "A,IDX,1,lower is better"), "'lower is better' is no", "no es una dirección"),
        (structure("A,IDX,1,1", "A,IDX,1,inf"), "'inf' is no direction", "no es una dirección"),
        (
            structure("IDX,,,", "IDX,,,-1"),
            "row 5 (IDX): a parent cannot have the direction -1",
            "un padre no puede",
        ),
        (
            structure("direction", "Directon"),
            "column 'Directon' is not known. Did you mean 'direction'",
            "¿Quiso decir",
        ),
        (structure("C,IDX,1", "C,,1"), "row 4 (C) has no parent; only the top, 'IDX'", "no tiene padre"),
        (structure("C,IDX,1", "C, ,1"), "row 4 (C) has no parent", "no tiene padre"),
        (STRUCTURE + "D,IDY,1,1\nIDY,,,\n", "two tops, 'IDX' (row 5) and 'IDY' (row 7)", "dos cimas"),
        (structure("IDX,,,", "IDX,X,1,\nX,IDX,1,"), "its own ancestor: IDX → X → IDX", "su propio antecesor"),
        (structure("IDX,,,", "IDX,IDX,1,"), "its own ancestor: IDX → IDX", "su propio antecesor"),
        (
            structure("C,IDX", "C,IDY"),
            "its parent 'IDY' is no code of the structure. Did you mean 'IDX'",
            "su padre «IDY»",
        ),
        (structure("C,IDX", "A,IDX"), "code 'A' appears more than once (rows 2 and 4)", "más de una vez"),
        (structure("C,IDX", "a,IDX"), "'a' and 'A' (rows 2 and 4) differ in case only", "solo difieren"),
        (structure("C,IDX", ",IDX"), "row 4 has no code", "no tiene código"),
        (
            STRUCTURE.replace("IDX", "rank"),
            "row 5: an index cannot be called 'rank'",
            "no puede llamarse «rank»",
        ),
        (STRUCTURE.replace("IDX", "Coverage"), "an index cannot be called 'Coverage'", "no puede llamarse"),
        ("code,parent,weight\n", "no rows below the headings", "no hay filas"),
        ("code,weight\nA,1\n", "column 'parent' is missing", "falta la columna «parent»"),
        ("code,parent,weight\nA,,1\nB,,1\n", "no row has a parent", "ninguna fila tiene padre"),
        (structure("C,IDX,1", "C,IDX,"), "row 4 (C) has no weight", "no tiene peso"),
        (structure("C,IDX,1", "C,IDX,-1"), "the weight is -1", "el peso es -1"),
        (structure("C,IDX,1", "C,IDX,33%"), "'33%' is no number", "no es un número"),
        (STRUCTURE.replace("IDX,1", "IDX,0"), "all weights under 'IDX' are zero", "son cero"),
        (
            "code,parent,worst,best\nA,IDX,0,\nIDX,,,\n",
            "row 2 (A): give both 'worst' and 'best'",
            "los dos y distintos",
        ),
        (
            "code,parent,direction,worst,best\nA,IDX,1,9,0\nIDX,,,,\n",
            "from worst 9 to best 0",
            "de worst 9 a best 0",
        ),
    ],
)
def test_structures_that_are_refused(make: Made, text: str, said: str, dicho: str) -> None:
    with pytest.raises(TableError) as refused:
        make(structure=text)
    check(refused.value, "s.csv", said, dicho)


def check(fault: TableError | ChoiceError, file: str, said: str, dicho: str) -> None:
    assert said in fault.say("en")
    assert dicho in fault.say("es")
    assert fault.say("en") != fault.say("es")
    for text in (fault.say("en"), fault.say("es")):
        assert text.startswith(file)
        assert "\n" not in text


def test_a_place_that_holds_no_file_is_named(make: Made, tmp_path: Path) -> None:
    make()
    Path("loop").symlink_to("loop")
    Path("folder").mkdir()
    os.mkfifo("pipe")
    for name, said in (
        ("folder", "this is a folder"),
        ("absent.csv", "there is no such file"),
        ("d.csv/x", "there is no such file"),
        ("loop", "the link leads back to itself"),
        ("pipe", "this is no ordinary file"),
    ):
        with pytest.raises(TableError, match=said) as refused:
            compute(Path(name), Path("s.csv"), DEFAULTS)
        assert str(tmp_path) not in str(refused.value)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(make: Made) -> None:
    make()
    with Path("huge.csv").open("wb") as handle:
        handle.truncate(30_000_000)
    with pytest.raises(TableError, match="larger than 20 MB"):
        compute(Path("huge.csv"), Path("s.csv"), DEFAULTS)


@pytest.mark.parametrize(
    ("tail", "left_out"),
    [
        ("Source: UN DESA, 2024\n", ["row 5 'Source: UN DESA 2024'"]),
        ("Source: UN, WB, ITU, 2024, x\n", ["row 5 'Source: UN WB ITU 2024 x'"]),
        (
            "\n\n\nData from database: WDI\nLast Updated: 10/24/2024\n",
            ["row 8 'Data from database: WDI'", "row 9"],
        ),
        ("Fuente: DANE,,,\n", ["row 5 'Fuente: DANE'"]),
        ("* Estimated\n", ["row 5 '* Estimated'"]),
        ("1/ Includes Hong Kong\n", ["row 5"]),
        ("Nota. Datos provisionales.\n", ["row 5"]),
        ("\nXXB,,,\n", ["row 6 'XXB'"]),
        ("Note,2024,,\n", ["row 5 'Note 2024'"]),
        ("Source ONU 2024,,2024,\n", ["row 5 'Source ONU 2024 2024'"]),
        ("Downloaded on,,,2024\n", ["row 5 'Downloaded on 2024'"]),
        ("Fuente,DANE,,\n", ["row 5 'Fuente DANE'"]),
        ("Quelle,UN,2024,\n", ["row 5 'Quelle UN 2024'"]),
    ],
)
def test_remarks_below_the_table_are_left_out_and_named(make: Made, tail: str, left_out: list[str]) -> None:
    result = make(DATA + tail)
    assert ranks(result) == {"URY": 1, "PER": 2, "COL": 3}
    (note,) = notes(result)
    assert all(part in note for part in left_out)


@pytest.mark.parametrize("area", ["Fuente de Oro", "Nota", "*Kosovo", "Ver", "1. Mai", "Yemen, Rep."])
def test_an_area_with_figures_is_never_taken_for_a_remark(make: Made, area: str) -> None:
    assert ranks(make(DATA + f'"{area}",0.9,30,9\n'))[area] == 1


def test_an_area_without_figures_has_no_rank(make: Made) -> None:
    result = make(DATA + 'XXA,,,3\nXXB,,,\n"Yemen, Rep.",,,\n')
    assert pd.isna(ranks(result)["XXB"])
    assert pd.isna(ranks(result)["Yemen, Rep."])
    assert ranks(result)["XXA"] == 1  # the mean over what is there, COINr's default …
    assert dict(zip(result.table["area"], result.table["coverage"], strict=True))["XXA"] == pytest.approx(
        1 / 3
    )


def test_a_row_of_units_is_left_out_and_named(make: Made) -> None:
    result = make(DATA.replace("C\n", "C\n,%,USD,index\n", 1))
    assert ranks(result) == {"URY": 1, "PER": 2, "COL": 3}
    assert "row 2 '% USD index'" in notes(result)[0]


def test_areas_come_from_the_column_headed_so_or_of_unlike_texts(make: Made) -> None:
    for head, rows, areas in (
        ("Código DANE,Municipio", ("5001,San Pedro", "5002,San Pedro"), ["5002", "5001"]),
        ("Country,Area", ("Peru,1285216", "Chile,756102"), ["Chile", "Peru"]),  # square kilometres
        ("freq,geo\\TIME_PERIOD", ("A,ES", "A,FR"), ["FR", "ES"]),
        ("id,comuna", ("1,Uno", "2,Dos"), ["Dos", "Uno"]),
        ("M49,x", ("170,", "858,"), ["858", "170"]),
    ):
        lines = [f"{row},{at},{at},{at}" for at, row in enumerate(rows)]
        assert list(ranks(make("\n".join([f"{head},A,B,C", *lines])))) == areas


def test_a_total_is_said(make: Made) -> None:
    for label in ("Total", "Promedio", "Minimum", "SD", "weight", "Año", "Note"):
        said = notes(make(DATA + f"{label},9,9,9\n"))
        assert any(f"row 5 ('{label}') is read as an area" in note for note in said)


def test_areas_unlike_in_accents_alone_are_said(make: Made) -> None:
    result = make("area,A,B,C\nPeru,1,2,3\nPerú,2,1,4\nCote d'Ivoire,1,1,1\nCôte d’Ivoire,2,2,2\n")
    assert len(ranks(result)) == 4
    assert notes(result) == [
        "d.csv: 'Peru' and 'Perú' differ in accents or signs only and are read as two areas.",
        "d.csv: 'Cote d'Ivoire' and 'Côte d’Ivoire' differ in accents or signs only and are read as two "
        "areas.",
    ]


@pytest.mark.parametrize("units", ["Unit,%,USD,index", "unidad,(%),US$ 2015,índice", "Código,%,,días"])
def test_a_row_of_units_with_a_label_is_left_out_too(make: Made, units: str) -> None:
    result = make(DATA.replace("C\n", f"C\n{units}\n", 1))
    assert ranks(result) == {"URY": 1, "PER": 2, "COL": 3}
    assert "row 2" in notes(result)[0]


def test_a_first_area_with_marks_of_gaps_is_no_row_of_units(make: Made) -> None:
    assert set(ranks(make(DATA.replace("COL,0.41,12,3", "COL,n/d,..,n/a")))) == {"COL", "URY", "PER"}


def test_names_of_rows_as_r_writes_them(make: Made) -> None:
    table = '"A","B","C"\n"COL",0.41,12,3\n"URY",0.62,25,1\n"PER",NA,20,2\n'
    for text in (table, table.replace(",", "\t"), table.replace(",", ";").replace(".", ",")):
        result = make(text)
        assert ranks(result)["URY"] == 1
        assert any("one cell more than the headings" in note for note in notes(result))
    # with a heading that is no indicator the surplus cell can also be a decimal comma
    with pytest.raises(TableError, match="5 cells for 4 headings"):
        make("area,A,B,C\nCOL,0,41,12,3\nURY,0,62,25,1\n")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("LOCATION,Country,SUBJECT,TIME,Value\nCOL,Colombia,A,2020,1\nCOL,Colombia,B,2020,2\n", "SUBJECT"),
        (
            "Country Name,Country Code,Indicator Name,Indicator Code,1960,\nColombia,COL,x,A,1,\n",
            "Indicator Code",
        ),
        ("indicator,COL,URY\nA,1,2\nB,2,1\nC,1,1\n", "indicator"),
    ],
)
def test_indicators_that_stand_in_rows_are_named_with_the_remedy(make: Made, table: str, column: str) -> None:
    with pytest.raises(TableError) as refused:
        make(table)
    check(refused.value, "d.csv", f"stands in the rows of column {column}. Turn the table", "Gire la tabla")


@pytest.mark.parametrize(
    "text",
    [
        '"area,A,B,C"\n"COL,0.41,12,3"\n"URY,0.62,25,1"\n"PER,0.52,20,2"\n',
        '"area,""A"",""B"",C"\n\n"COL,""0.41"",12,3"\n"URY,0.62,25,1"\n"PER,0.52,20,2"\n',
        '"area;A;B;C"\n"COL;0,41;12;3"\n"URY;0,62;25;1"\n"PER;0,52;20;2"\n',
    ],
)
def test_lines_that_a_spreadsheet_took_for_one_cell_are_parted(make: Made, text: str) -> None:
    assert ranks(make(text)) == {"URY": 1, "PER": 2, "COL": 3}


def test_a_million_blank_rows_take_no_room(make: Made) -> None:
    assert ranks(make(DATA + ",,,\n" * 300_000)) == {"URY": 1, "PER": 2, "COL": 3}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (b"\xef\xbb\xbf<html><table>", "HTML"),
        (b"\r\n<meta http-equiv=x><table>", "HTML"),
        ("<table><tr>".encode("utf-16"), "HTML"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', "XML"),
        (b'[{"area":"COL","A":1}]', "JSON"),
        (b'{"data":[1]}', "JSON"),
    ],
)
def test_other_kinds_of_text_are_named(make: Made, text: bytes, kind: str) -> None:
    with pytest.raises(TableError, match=f"a file of the kind {kind}"):
        make(text)


@pytest.mark.parametrize("heading", ["weights", "Pesos", "ponderaciones"])
def test_headings_of_a_structure_in_other_words(make: Made, heading: str) -> None:
    text = structure("weight,direction", f"{heading},Polaridad").replace("A,IDX,1,1", "A,IDX,3,-1")
    table = make(structure=text).table.set_index("area")
    assert table.loc["COL", "IDX"] == pytest.approx((3 * 100 + 0 + 100) / 5)


def test_a_parent_of_a_dash_is_none(make: Made) -> None:
    for none in ("-", "—", "NA", ".."):
        assert ranks(make(structure=structure("IDX,,", f"IDX,{none},")))["URY"] == 1


def test_what_is_not_used_is_said(make: Made) -> None:
    result = make("area,Región,A,B,C,IDX\nCOL,x,1,2,3,9\nURY,y,2,1,4,8\n")
    assert notes(result) == [
        "d.csv: column 'IDX' is not read: the index 'IDX' is computed from its parts.",
        "d.csv: columns not used, because the structure does not name them: Región.",
    ]


def test_direction_in_capitals_and_in_spanish_is_a_direction(make: Made) -> None:
    for text in (STRUCTURE.replace("direction", "Direction"), STRUCTURE.replace("direction", " Dirección ")):
        assert ranks(make(structure=text.replace("1,1\n", "1,-1\n"))) == {"COL": 1, "PER": 2, "URY": 3}


def test_coinr_imeta_and_idata_are_read_as_they_are(make: Made) -> None:
    meta = (
        '"","Level","iCode","iName","Direction","Weight","Parent","Type","Unit"\n'
        '"1",1,"A","Aa",1,0.5,"P1","Indicator","%"\n"2",1,"B","Bb",-1,0.5,"P1","Indicator","%"\n'
        '"3",1,"C","Cc",1,1,"P2","Indicator","%"\n"4",2,"P1","One",1,0.5,"IDX","Aggregate","Score"\n'
        '"5",2,"P2","Two",1,0.5,"IDX","Aggregate","Score"\n"6",3,"IDX","Index",1,1,NA,"Aggregate","Score"\n'
        '"7",NA,"Pop","Population",NA,NA,NA,"Denominator","N"\n"8",NA,"G","G",NA,NA,NA,"Group",NA\n'
    )
    data = (
        '"","uName","uCode","G","Time","Pop","Area","A","B","C"\n'
        '"1","Austria","AUT","L",2018,8735,83871,1,2,3\n"2","Belgium","BEL","S",2018,9999,1,4,NA,1\n'
        '"3","Namibia","NA","S",2018,9,5,4,3,2\n'
    )
    result = make(data, meta, group_column="G", impute="group-mean")
    found = result.table.set_index("uCode")
    # A 0, 100, 100; B reversed 100, 0 (imputed with the other S, 3), 0; C 100, 0, 50
    assert found.loc["AUT", ["P1", "P2", "IDX"]].tolist() == [50, 100, 75]
    assert found.loc["NA", ["P1", "P2", "IDX"]].tolist() == [50, 50, 50]
    assert found.loc["BEL", ["P1", "P2", "IDX", "coverage"]].tolist() == [50, 0, 25, 0.75]
    assert "1 of 9 values imputed (group-mean); coverage counts them as missing." in notes(result)


@pytest.mark.parametrize(
    ("options", "said", "dicho"),
    [
        (
            {"normalise": "minmax"},
            "Did you mean 'min-max'? Allowed: min-max, z-score",
            "¿Quiso decir «min-max»?",
        ),
        ({"aggregate": "geo"}, "Allowed: arithmetic, geometric", "Valores: arithmetic"),
        (
            {"aggregate": "9:geometric"},
            "'9' is no level or node of the index. Allowed: 2, IDX",
            "no es un nivel",
        ),
        ({"scale": "100,1"}, "Write --scale 1,100", "Escriba --scale 1,100"),
        ({"scale": "a,b"}, "'a,b' is not two numbers", "no son dos números"),
        ({"min_coverage": "0,6"}, "'0,6' is no number", "no es un número"),
        ({"min_coverage": "2"}, "2 is out of range. Allowed: 0 to 1", "fuera de los límites"),
        ({"impute": "knn"}, "Allowed: mean, median, group-mean", "Valores: mean"),
        ({"impute": "group-mean"}, "needs --group-column", "necesita --group-column"),
        ({"impute": "group-mean", "group_column": "zz"}, "column 'zz' of --group-column", "la columna «zz»"),
        ({"treat": "sqrt"}, "Allowed: log, log-one", "Valores: log"),
        (
            {"normalise": "goalposts"},
            "columns 'worst' and 'best' in the structure for A, B, C",
            "columnas «worst»",
        ),
        ({"normalise": "distance-to-target"}, "a column 'target' in the structure", "una columna «target»"),
        ({"normalise": "distance-to-reference"}, "needs --reference AREA", "necesita --reference ÁREA"),
        (
            {"normalise": "distance-to-reference", "reference": "ARG"},
            "no area 'ARG' in d.csv",
            "no hay un área «ARG»",
        ),
        ({"ddof": 2}, "ddof: 0 (divide by n) or 1 (by n - 1), not 2", "dividir por n"),
        ({"area_column": "Pais"}, "column 'Pais' of --area-column", "la columna «Pais»"),
        ({"area_column": "A"}, "column 'A' is an indicator", "es un indicador"),
        ({"decimal": ";"}, "Allowed: '.' ','", "Valores: '.' ','"),
        ({"power": float("nan")}, "--power: 'nan' is no number", "no es un número"),
    ],
)
def test_options_that_are_refused_name_what_is_allowed(
    make: Made, options: dict[str, object], said: str, dicho: str
) -> None:
    with pytest.raises(ChoiceError) as refused:
        make(**options)
    check(refused.value, "--" if "d.csv: " not in str(refused.value) else "d.csv", said, dicho)


def test_an_index_named_as_the_heading_of_the_areas_is_refused(make: Made) -> None:
    with pytest.raises(ChoiceError, match="'area' is the heading of the areas and an index"):
        make(structure=STRUCTURE.replace("IDX", "Area"))


def test_a_geometric_mean_of_zero_names_the_remedy_and_the_remedy_helps(make: Made) -> None:
    result = make(aggregate="geometric")
    said = [warning.say("en") for warning in result.warnings]
    assert said[-1] == "a geometric mean needs scores above 0: use --scale 1,100."
    assert "media geométrica" in result.warnings[-1].say("es")
    assert not make(aggregate="geometric", scale="1,100").table["rank"].isna().any()


def test_goalposts_and_targets_come_from_the_structure(make: Made) -> None:
    text = "code,parent,worst,best,target\nA,IDX,0,1,0.62\nB,IDX,25,0,0\nC,IDX,0,4,3\nIDX,,,,\n"
    result = make(structure=text, normalise="goalposts")
    found = result.table.set_index("area")["IDX"]
    assert found["COL"] == pytest.approx((41 + 52 + 75) / 3)
    assert any("does not use target" in note for note in notes(result))
    assert "s.csv: no column 'weight': all weights under a parent are equal." in notes(result)


def test_a_transformed_indicator_does_not_meet_its_goalposts(make: Made) -> None:
    rows = "".join(f"R{n},{n},1,1\n" for n in range(1, 30))
    data = "area,A,B,C\n" + rows + "X,1e6,2,2\nY,2e6,3,3\nZ,9e7,4,4\n"
    text = "code,parent,worst,best\nA,IDX,0,9e7\nB,IDX,0,9\nC,IDX,0,9\nIDX,,,\n"
    with pytest.raises(ChoiceError, match="'A' was transformed and has lost its unit"):
        make(data, text, normalise="goalposts", treat="log", max_points=1)
    result = make(data, text, treat="log", max_points=1)
    assert "outliers: A transformed." in notes(result)


def test_options_without_effect_are_said(make: Made) -> None:
    said = notes(make(normalise="rank", scale="1,2", reference="COL", cap=True, complement=True, power=3.0))
    assert said == [
        "--scale has no effect with rank.",
        "--reference has no effect with rank.",
        "--cap has no effect with rank.",
        "--complement has no effect with rank.",
        "--power has no effect with arithmetic.",
    ]


def test_a_code_beside_its_name_or_unit_is_that_indicator(make: Made) -> None:
    result = make(DATA.replace("area,A,B,C", "area,A (%),Growth (annual %) [B],C [YR2020]"))
    assert ranks(result) == {"URY": 1, "PER": 2, "COL": 3}
    assert notes(result) == [
        "d.csv: column 'A (%)' is read as the indicator 'A'.",
        "d.csv: column 'Growth (annual %) [B]' is read as the indicator 'B'.",
        "d.csv: column 'C [YR2020]' is read as the indicator 'C'.",
    ]
    with pytest.raises(TableError, match="indicator 'A' is not known"):  # which of the two is not said
        make(DATA.replace("area,A,B,C", "area,A (men),A (women),C").replace("\n", ",0\n"))


def test_what_was_left_out_is_no_year_of_the_table(make: Made) -> None:
    result = make("Time,area,A,B,C\n2020,COL,1,2,3\n2020,URY,2,1,4\nLast Updated: 10/24/2024,,,,\n")
    assert not any("compared with each other" in note for note in notes(result))
    result = make("Time,area,A,B,C\n2020,COL,1,2,3\n2021,URY,2,1,4\nLast Updated: 10/24/2024,,,,\n")
    assert any("'Time' holds 2020, 2021; the rows" in note for note in notes(result))
