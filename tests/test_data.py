"""The folder of figures: described, valid, licensed, and nothing in it that may not be there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kpis import cases
from kpis.catalogue import Catalogue
from kpis.errors import DataError
from kpis.paths import data_dir
from kpis.queries import Warehouse
from kpis.sources.calendar import calendar
from kpis.sources.csvio import read_rows
from kpis.sources.describe import BEGIN, END, package, source_table
from kpis.sources.observations import observation_files
from kpis.stages.gates import load_gates
from tests.spanish import KEYS, numbers

DATA = data_dir()
ROOT = Path(__file__).resolve().parent.parent


def test_the_data_package_describes_the_files_as_they_are(catalogue: Catalogue) -> None:
    written = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(package(DATA, catalogue)))


def test_the_data_package_validates() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", str(DATA / "datapackage.json"), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    assert report["valid"], report["stats"]
    assert report["stats"]["tasks"] >= 30


def test_the_readme_lists_every_source_as_it_is(catalogue: Catalogue) -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0].strip() == source_table(DATA, catalogue)


def test_every_file_of_figures_has_a_source_in_the_right_folder(catalogue: Catalogue) -> None:
    for path in observation_files(DATA / "observations"):
        closed = catalogue.sources[path.stem].redistribution == "noncommercial"
        assert closed == (path.parent.name == "noncommercial"), path


def test_no_file_is_larger_than_two_megabytes_but_parquet() -> None:
    large = [
        p for p in DATA.rglob("*") if p.is_file() and p.stat().st_size > 2_000_000 and p.suffix != ".parquet"
    ]
    assert large == []


@pytest.mark.parametrize("forbidden", ["TI.CPI", "FH.", "WJP.", "RSF.", "MCI", "NRI."])
def test_sources_that_forbid_redistribution_are_absent(wh: Warehouse, forbidden: str) -> None:
    assert wh.sql("select series from series where starts_with(series, $s)", {"s": forbidden}).empty


def test_every_series_held_is_read_by_the_catalogue(wh: Warehouse, catalogue: Catalogue) -> None:
    series = set(wh.sql("select series from series")["series"])
    assert series <= set(catalogue.series_source())


def test_only_the_kpis_that_say_so_have_no_values(wh: Warehouse) -> None:
    kpis = wh.kpis()
    empty = kpis[kpis["n_areas"] == 0]
    assert set(empty["kpi"]) == {"SDG_16.6.2"}
    assert empty["caveat_en"].str.contains("No data", case=False).all()


def test_values_stay_within_natural_limits_but_for_marked_cells(wh: Warehouse) -> None:
    outside = wh.sql(
        """
        select v.kpi, v.ref_area, v.time_period from kpi_value as v join kpi as k on k.kpi = v.kpi
        where (v.obs_value < k.limit_low or v.obs_value > k.limit_high) and v.footnote is null
        """
    )
    assert outside.empty


def test_the_tile_grid_has_one_square_per_member_state(wh: Warehouse) -> None:
    tiles = read_rows(DATA / "geo" / "tile_grid.csv", required=("ref_area", "col", "row"))
    areas = wh.areas()
    assert {tile["ref_area"] for tile in tiles} == set(areas[areas["un_member"]]["ref_area"])
    assert max(Counter((tile["col"], tile["row"]) for tile in tiles).values()) == 1


def test_the_topology_has_a_shape_or_a_label_position_for_every_member_state(wh: Warehouse) -> None:
    topology = json.loads((DATA / "geo" / "world_50m.json").read_text(encoding="utf-8"))
    ids = {shape.get("id") for shape in topology["objects"]["countries"]["geometries"]}
    members = wh.areas().query("un_member")
    assert members[["lat", "lon"]].notna().all().all()
    assert len(ids & set(members["ref_area"])) >= 190


READERS: dict[str, Callable[[], object]] = {
    "cases/cases.csv": cases.load,
    "cases/cases_es.csv": lambda: cases.load("es"),
    "cases/themes.csv": cases.themes,
    "methodology/actions.csv": cases.actions,
    "methodology/lessons_es.csv": lambda: cases.lessons(lang="es"),
    "methodology/sdg_linkage.csv": cases.linkage,
    "methodology/maturity_model.csv": load_gates,
    "methodology/release_calendar.csv": calendar,
    "methodology/release_calendar_es.csv": lambda: calendar("es"),
}


@pytest.mark.parametrize("file", READERS)
@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda row: '"' + row, "line 3: a quote"),
        (lambda row: row + ",", "line 3: "),
        (lambda row: row + "\0", "line 3: holds a NUL"),
        (lambda row: f"{row}\n{row}", r"line \d|occurs twice|case_id"),  # the key twice, or a gate's stage
    ],
)
def test_a_damaged_table_of_the_centre_is_refused_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, damage: Callable[[str], str], message: str
) -> None:
    for folder in ("cases", "methodology"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    monkeypatch.setenv("ESCALA_DATA", str(tmp_path))
    lines = (tmp_path / file).read_text(encoding="utf-8").splitlines()
    READERS[file]()  # whole as it is
    damaged = tmp_path / "damaged"
    for folder in ("cases", "methodology"):
        shutil.copytree(tmp_path / folder, damaged / folder)
    lines[2] = damage(lines[2])
    (damaged / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setenv("ESCALA_DATA", str(damaged))
    with pytest.raises(DataError) as caught:
        READERS[file]()
    assert Path(file).name in str(caught.value)
    assert re.search(message, str(caught.value))


def test_177_cases_each_with_a_source() -> None:
    rows = read_rows(DATA / "cases" / "cases.csv", required=("case_id", "source_url", "verified"))
    assert len(rows) == 177
    assert all(case["source_url"].startswith("http") for case in rows)


# Hosts of copies and of carriers of press releases: a source is cited at its publisher.
COPIES = (
    "studylib", "medium.com", "paperzz", "pdfslide", "vdocument", "slidelegend", "docslib", "lifetimebook",
    "herokuapp", "opencivics", "mythoughtsontechnology", "coek.info", "scoop.co.nz", "mopays", "globebanner",
    "indianrepublic.in", "fundsforngos", "oppourtunities", "jonaslind",
)  # fmt: skip
LEFT = {
    "https://studylib.net/doc/27588820/d-hdb-gci.01-2024-pdf-e": "no page of ITU with the report was found",
    "https://c.coek.info/pdf-implementing-sustainable-development-goals-with-digital-government-"
    "aspiration-ca.html": "no page of the journal's publisher was found",
    "https://www.scoop.co.nz/stories/WO2112/S00155/un-public-service-awards-recognize-10-public-service-"
    "delivery-innovations-that-strengthen-sdg-efforts.htm": "the UN's own page was not found",
    "https://archive.mopays.com/?p=454832": "not looked for: note of the Government of Mauritius",
    "https://globebanner.com/stories/665416549-cabo-verde-advances-toward-becoming-a-west-african-"
    "digital-hub": "not looked for: carrier of press releases",
    "https://www.indianrepublic.in/": "not looked for: home page of a news site",
}


def test_sources_are_cited_at_their_publishers_but_for_those_that_were_not_found() -> None:
    files = [path for path in DATA.rglob("*") if path.suffix in {".csv", ".md", ".json", ".toml"}]
    files += (ROOT / "kpis").rglob("*.toml")
    cited = {
        address
        for path in files
        if "geo" not in path.parts
        for address in re.findall(r'https?://[^\s,"<>|)]+', path.read_text(encoding="utf-8"))
    }
    assert len(cited) > 200
    copies = {address for address in cited if any(host in address.split("/")[2] for host in COPIES)}
    assert copies == set(LEFT)


def test_the_release_calendar_and_the_texts_of_the_edition_are_whole_in_spanish() -> None:
    english, spanish = calendar("en"), calendar("es")
    for source, translation in zip(english, spanish, strict=True):
        for name in ("what", "last_edition", "last_values_to", "basis", "note"):
            assert bool(source[name]) == bool(translation[name]), source["source"]
            assert numbers(source[name]) == numbers(translation[name]), source["source"]
    for name, columns in (("edition_texts", ("en", "es")), ("edition_gates", ("text_en", "text_es"))):
        for row in read_rows(DATA / "methodology" / f"{name}.csv", required=columns):
            english, other = (row[column] for column in columns)
            assert english
            assert other
            assert english != other
            assert numbers(english) == numbers(other), row


@pytest.mark.parametrize("spanish", KEYS)
def test_every_row_of_the_centre_is_there_in_spanish(spanish: str) -> None:
    """What the rows say is compared in `tests/test_spanish.py`."""
    english, key = KEYS[spanish]
    rows, source = (
        [tuple(row[name] for name in key) for row in read_rows(DATA / place, required=key)]
        for place in (spanish, english)
    )
    assert sorted(rows) == sorted(source)
