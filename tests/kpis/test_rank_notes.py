"""Where the rank here differs from the printed one, the entry says why, and the reason holds."""

from __future__ import annotations

import pandas as pd

from kpis.catalogue import Catalogue
from kpis.queries import Warehouse

PRINTED_HDI = {  # the last year of an edition → its ranks, which count Hong Kong and the State of Palestine
    2022: {"CHE": 1, "HKG": 4, "CHL": 44, "URY": 52, "MEX": 77, "BRA": 89, "COL": 91, "PSE": 111, "SOM": 193},
    2023: {"ISL": 1, "HKG": 8, "CHL": 45, "URY": 48, "MEX": 81, "COL": 83, "BRA": 84, "PSE": 133, "SSD": 193},
}
PRINTED_BIPA_DIGITAL_2024 = {"KOR": 1, "COL": 22, "ZAF": 76, "GEO": 80, "JAM": 100, "NAM": 106, "GIN": 120}


def ranked(wh: Warehouse, kpi: str, year: int) -> pd.DataFrame:
    """The rank shown here, of members, and the rank among all areas with a value."""
    rows = wh.sql(
        "select v.ref_area, v.obs_value, s.rank from kpi_value as v left join standing as s "
        "on s.measure = v.kpi and s.ref_area = v.ref_area and s.time_period = v.time_period "
        "where v.kpi = $kpi and v.time_period = $year",
        {"kpi": kpi, "year": year},
    )
    rows["among_all"] = rows["obs_value"].rank(ascending=False, method="min")
    return rows.set_index("ref_area")


def test_undp_counts_two_areas_more(wh: Warehouse) -> None:
    year = int(wh.kpis().set_index("kpi").at["HDI", "last_year"])
    printed = PRINTED_HDI[year]
    rows = ranked(wh, "HDI", year)
    assert rows.loc[list(printed), "among_all"].to_dict() == printed
    last = rows["among_all"].idxmax()
    assert rows.loc["COL", "rank"] == printed["COL"] - 1  # below Hong Kong
    assert rows.loc[last, "rank"] == printed[str(last)] - 2  # below both


def test_the_blavatnik_school_counts_kosovo(wh: Warehouse) -> None:
    rows = ranked(wh, "BIPA_DIGITAL", 2024)
    assert len(rows) == 120
    assert rows["rank"].notna().sum() == 119
    for area, printed in PRINTED_BIPA_DIGITAL_2024.items():
        assert rows.loc[area, "among_all"] == printed, area
    assert rows.loc["GIN", "rank"] == 119
    assert rows.loc["ZAF", "rank"] == 76


def test_readers_get_the_note_in_both_languages(wh: Warehouse, catalogue: Catalogue) -> None:
    table = wh.kpis().set_index("kpi")
    for language in ("en", "es"):
        notes = table[f"rank_note_{language}"].dropna().to_dict()
        stated = {
            kpi.id: getattr(kpi.rank_note, language) for kpi in catalogue.kpis.values() if kpi.rank_note
        }
        assert notes == stated
        assert {"HDI", "BIPA_DIGITAL"} <= set(notes)
