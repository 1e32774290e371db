"""Names of countries and areas: every publisher's way to write one leads to its code, and to no other."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from kpis import names
from kpis.errors import RequestError
from kpis.names import area_code, area_of, areas_of
from kpis.paths import data_dir

WORLD_BANK = {
    "Bahamas, The": "BHS",
    "Egypt, Arab Rep.": "EGY",
    "Korea, Rep.": "KOR",
    "Korea, Dem. People's Rep.": "PRK",
    "Congo, Dem. Rep.": "COD",
    "Congo, Rep.": "COG",
    "Micronesia, Fed. Sts.": "FSM",
    "Macedonia, FYR": "MKD",
    "Lao PDR": "LAO",
    "St. Lucia": "LCA",
    "Cote d'Ivoire": "CIV",
    "Virgin Islands (U.S.)": "VIR",
    "Hong Kong SAR, China": "HKG",
    "West Bank and Gaza": "PSE",
}
EVERYDAY = {
    "Turkey": "TUR",
    "turquia": "TUR",
    "Swaziland": "SWZ",
    "Suazilandia": "SWZ",
    "Burma": "MMR",
    "Cape Verde": "CPV",
    "Zaire": "COD",
    "FYROM": "MKD",
    "corea del sur": "KOR",
    "CÔTE D’IVOIRE": "CIV",
    "costa de marfil": "CIV",
    "U.S.A.": "USA",
    "EE. UU.": "USA",
    "EEUU": "USA",
    "U.K.": "GBR",
    "UAE": "ARE",
    "EAU": "ARE",
    "DRC": "COD",
    "RDC": "COD",
    "PNG": "PNG",
    "CAR": "CAF",
    "DPRK": "PRK",
    "ROK": "KOR",
    "col": "COL",
    "na": "NAM",
    "NA": "NAM",
    " México ": "MEX",
    "St.Kitts & Nevis": "KNA",
    "Trinidad and Tobago": "TTO",
    "Guinea": "GIN",
    "Guinea Bissau": "GNB",
    "Republic of Korea": "KOR",
    "Vatican City": "VAT",
    "Palestina": "PSE",
    "Macau": "MAC",
}


@pytest.mark.parametrize(("said", "code"), [*WORLD_BANK.items(), *EVERYDAY.items()])
def test_a_name_leads_to_its_area(said: str, code: str) -> None:
    assert names.index().find(said) == [code]


def test_every_name_of_every_area_leads_to_it_and_only_known_ones_to_a_second() -> None:
    index = names.index()
    shared = {}
    for area in index.title:
        assert index.find(area) == [area]
        for name in index.of(area):
            found = index.find(name)
            assert area in found, name
            if len(found) > 1:
                shared[name] = sorted(found)
    assert {tuple(areas) for areas in shared.values()} == {
        ("COD", "COG"),
        ("KOR", "PRK"),
        ("MAF", "SXM"),
        ("VGB", "VIR"),
    }


def test_no_name_is_the_code_of_another_area() -> None:
    index = names.index()
    for name in index.names:
        said = name.name.casefold()
        for codes in (index.iso3, index.iso2):
            assert codes.get(said, name.ref_area) == name.ref_area, name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Egypt, Arab Rep.,COL", ["EGY", "COL"]),
        ("COL, URY", ["COL", "URY"]),
        ("Bahamas, The,Gambia, The", ["BHS", "GMB"]),
        ("Korea, Rep.,Korea, Dem. People's Rep.", ["KOR", "PRK"]),
        ("Egypt,Arab Rep.", ["EGY"]),
        ("Taiwan, China", ["TWN"]),
        ("Taiwan,China", ["TWN", "CHN"]),
        ("Bonaire, Sint Eustatius and Saba,uk", ["BES", "GBR"]),
        (",COL,,", ["COL"]),
    ],
)
def test_a_name_with_a_comma_is_one_name_where_it_is_one(text: str, parts: list[str]) -> None:
    assert areas_of(text) == parts


@pytest.mark.parametrize(
    ("said", "choices"), [("Congo", ("COD", "COG")), ("Korea", ("KOR", "PRK")), ("Corea", ("KOR", "PRK"))]
)
def test_an_unclear_name_gives_the_choices(said: str, choices: tuple[str, str]) -> None:
    with pytest.raises(RequestError) as caught:
        area_of(said)
    assert "can be one of several" in str(caught.value)
    assert all(f"{code} (" in str(caught.value) for code in choices)


@pytest.mark.parametrize(
    ("code", "name"),
    [("XKX", "Kosovo"), ("TWN", "Taiwan"), ("hkg", "China, Hong Kong"), ("Puerto Rico", "Puerto")],
)
def test_a_known_area_is_never_corrected_to_another_country(code: str, name: str) -> None:
    with pytest.raises(RequestError) as caught:
        area_of(code)
    assert str(caught.value).startswith(name)
    assert "is not a UN Member State" in str(caught.value)
    assert "Did you mean" not in str(caught.value)


def test_a_name_nobody_has_gets_the_near_miss() -> None:
    with pytest.raises(RequestError, match=r"Did you mean 'COL' \(Colombia\)"):
        area_of("Colom")
    with pytest.raises(RequestError, match=r"Did you mean 'URY' \(Uruguay\)"):
        area_of("Urugay")
    with pytest.raises(RequestError, match="'Atlantis' is not known"):
        area_of("Atlantis")
    with pytest.raises(RequestError, match="is not known"):
        area_of("")


def test_a_code_of_ones_own_is_known_without_a_name() -> None:
    assert area_code("ZZ1", {"ZZ1"}) == "ZZ1"


def test_the_table_of_names_holds_areas_languages_and_kinds_that_exist() -> None:
    index = names.index()
    with (data_dir() / "reference" / "area_name.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) > 200
    assert {row["ref_area"] for row in rows} <= set(index.title)
    assert {row["lang"] for row in rows} <= set(names.LANGUAGES)
    assert {row["kind"] for row in rows} == {"common", "world_bank", "former", "short"}
    assert all(row["source"] and row["name"].strip() == row["name"] for row in rows)
    assert len({(row["ref_area"], row["name"].casefold()) for row in rows}) == len(rows)  # each once


@pytest.mark.parametrize("table", ["area.csv", "area_name.csv"])
def test_a_damaged_table_leaves_the_names_that_were_known(
    table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last good warehouse is served, and its readers go on asking by name."""
    shutil.copytree(data_dir() / "reference", tmp_path / "reference")
    monkeypatch.setenv("ESCALA_DATA", str(tmp_path))
    path = tmp_path / "reference" / table
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + 'COL,"Locombia\n', encoding="utf-8")
    with pytest.warns(names.OldNamesWarning, match=f"{table}, line"):
        assert areas_of("Egypt, Arab Rep.,COL") == ["EGY", "COL"]
    path.write_text(whole, encoding="utf-8")
    own = tmp_path / "reference" / "area_name.csv"
    own.write_text("ref_area,name,lang,kind\nCOL,Locombia,en,common\n", encoding="utf-8")
    assert areas_of("Locombia") == ["COL"]
    path.write_text(path.read_text(encoding="utf-8") + 'COL,"x\n', encoding="utf-8")
    with pytest.warns(names.OldNamesWarning):
        assert areas_of("Locombia") == ["COL"]


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("Republic of Colombia", "COL"),
        ("Reino de España", "ESP"),
        ("Kazakhstan, Republic of", "KAZ"),
        ("Ethiopia, The Federal Democratic Republic of", "ETH"),
        ("República Bolivariana de Venezuela", "VEN"),
        ("Hashemite Kingdom of Jordan", "JOR"),
        ("Eswatini (Swaziland)", "SWZ"),
        ("Türkiye (Turkey)", "TUR"),
        ("Congo (DRC)", "COD"),
        ("China, P.R.: Mainland", "CHN"),
        ("China, P.R.: Hong Kong", "HKG"),
        ("S. Korea", "KOR"),
    ],
)
def test_a_form_of_state_or_a_second_name_in_brackets_leads_to_the_same_area(name: str, area: str):
    assert names.index().find(name) == [area]
    assert names.index().split(f"{name},URY") == [name, "URY"]


@pytest.mark.parametrize(
    ("name", "areas"),
    [
        ("People's Republic of the Congo", ["COD", "COG"]),
        ("Guadeloupe (France)", []),
        ("Dominica Republic", []),
        ("Republic of Atlantis", []),
        ("Estado de México", []),
        ("Republic of", []),
        ("()", []),
    ],
)
def test_it_never_leads_to_another_area(name: str, areas: list[str]):
    assert sorted(names.index().find(name)) == areas


def test_two_chinas_are_told_apart():
    for name in ("P.R. China", "República Popular de China"):
        assert names.index().find(name) == ["CHN"]
    assert names.index().find("Republic of China (Taiwan)") == ["TWN"]
