"""The methodology's tables on their way in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.catalogue import Catalogue
from kpis.errors import DataError
from kpis.sources import methodology
from kpis.sources.csvio import read_rows
from kpis.sources.methodology import calendar_row, change_row, check_ages, country_row, import_cases, links

MODEL = [{"dimension": "services", "indicator": "EGDI_OSI", "kpi": "OSI", "max_age_years": "4"}]


def test_an_age_limit_that_is_not_the_kpis_own_is_refused() -> None:
    check_ages(MODEL, {"OSI": 4})
    with pytest.raises(DataError, match="may be 4 years old here and 5 in its entry"):
        check_ages(MODEL, {"OSI": 5})
    with pytest.raises(DataError, match="KPI 'OSI' is not in the catalogue"):
        check_ages(MODEL, {"TII": 4})


def test_a_link_names_its_kpi_by_its_own_id_and_a_field_of_work_has_none() -> None:
    rows = [{"component": one} for one in ("EGDI_OSI", "SDG_16.9.1", "land")]
    assert [row["kpi"] for row in links(rows, MODEL, {"OSI", "SDG_16.9.1"})] == ["OSI", "SDG_16.9.1", ""]


def test_the_calendar_has_dates_apart_and_certainty_as_a_code() -> None:
    row = {
        "source_id": "itu_gender", "what": "Ratio", "last_edition": "2024", "last_values_to": "2024",
        "next_expected_year": "2026", "next_expected_month": "11", "certainty": "observed rhythm",
        "basis": "b", "source_address": "http://x", "note": "",
    }  # fmt: skip
    found = calendar_row(row)
    assert found["source"] == "itu_internet_sex"  # its id in the catalogue
    assert (found["next_year"], found["next_month"], found["certainty"]) == ("2026", "11", "observed_rhythm")
    assert calendar_row(row | {"certainty": "no calendar read"})["certainty"] == "unknown"


def test_readings_that_no_page_shows_stay_outside() -> None:
    counts = dict.fromkeys(methodology.COUNTS, "7")
    row = {"reading": "B old rules, held data, 2026", "dimension": "legal", "group": "LDCs"} | counts
    assert change_row(row) is None
    assert change_row(row | {"reading": "D new rules, new data, 2026"}) is None  # computed from the figures
    kept = change_row(row | {"reading": "A old rules, held data, 2025 (shown today)"})
    assert kept is not None
    assert (kept["reading"], kept["group_id"], kept["connected"]) == ("first", "LDC", "7")


def test_a_country_that_was_not_assessed_has_no_stage_and_causes_are_codes() -> None:
    row = {
        "rank": "5", "ref_area": "OMN", "stages_moved": "4", "overall_before": "transactional",
        "overall_after": "connected", "dimension": "legal", "stage_before": "not assessed",
        "stage_old_rules_new_data": "connected", "stage_after": "connected",
        "cause": "newer data; new gates or bars",
    }  # fmt: skip
    found = country_row(row)
    assert (found["stage_before"], found["stage_after"]) == ("", "connected")
    assert found["causes"] == "newer_figures;new_gates"


def test_a_revised_translation_is_kept_until_its_english_text_changes() -> None:
    def rows(*texts: str) -> list[dict[str, str]]:
        return [{"case_id": str(place), "name": text} for place, text in enumerate(texts)]

    found = methodology.merged(
        ("case_id",), ("name",), [rows("one", "two"), rows("uno", "dos")],
        [rows("one", "two, changed", "three"), rows("UN", "DOS", "TRES")],
    )  # fmt: skip
    assert [row["name"] for row in found] == ["uno", "DOS", "TRES"]


def test_cases_come_in_with_the_columns_that_are_read(tmp_path: Path) -> None:
    columns = methodology.CASES["cases.csv"]
    (tmp_path / "cases.csv").write_text(",".join([*columns, "more"]) + "\n" + "x," * len(columns) + "y\n")
    (tmp_path / "cases_es.csv").write_text("case_id,name,summary\nx,nombre,resumen\n")
    assert import_cases(tmp_path, tmp_path / "out") == 1
    rows = read_rows(tmp_path / "out" / "cases.csv", required=columns)
    assert "more" not in rows[0]
    (translated,) = read_rows(tmp_path / "out" / "cases_es.csv")
    assert translated == {"case_id": "x", "name": "nombre", "summary": "resumen", "institution": ""}
    with pytest.raises(DataError, match="does not exist"):
        import_cases(tmp_path / "nowhere", tmp_path / "out")


def test_what_is_held_is_what_was_imported(catalogue: Catalogue) -> None:
    """The gates say the ages that the entries say, and name KPIs that exist: the import would take them."""
    folder = Path(__file__).parents[3] / "data" / "methodology"
    model = read_rows(folder / "maturity_model.csv", required=methodology.TABLES["maturity_model.csv"])
    assert len(model) == 33 * 4
    assert {row["kpi"] for row in model} <= set(catalogue.kpis)
