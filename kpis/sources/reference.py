"""Reference areas and dated group memberships.

Upstream: a country table made from UNSD M49, UNTERM, the World Bank's FY26 classes and Natural Earth, and
beside it, where there is one, the members of organisations (`kpis/sources/organisations.py`).
Here: `area.csv` (one row per area), `group.csv` and `area_group.csv` (one row per group, area and period).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpis.sources import organisations
from kpis.sources.csvio import Row, read_rows, write_rows

AREA_COLUMNS = [
    "ref_area",
    "iso2",
    "m49",
    "name_en",
    "name_es",
    "name_fr",
    "name_pt",
    "un_member",
    "ldc",
    "lldc",
    "sids",
    "region",
    "region_m49",
    "subregion",
    "subregion_m49",
    "intermediate_region",
    "income",
    "capital",
    "lat",
    "lon",
    "population",
    "population_year",
]
GROUP_COLUMNS = ("group_id", "kind", "position", "name_en", "name_es", "note_en", "note_es")
GROUP_SOURCE = "source_url"  # the page that lists the members; a folder of one's own need not have it
MEMBER_COLUMNS = ("group_id", "ref_area", "valid_from", "valid_to")
GROUP_KINDS = ("world", "special", "region", "income", "subregion", organisations.KIND)
LDC_COLUMNS = ("ref_area", "valid_from", "valid_to", "event", "source_url", "note_en", "note_es")

INCOME = {
    "High income": "HIC",
    "Upper middle income": "UMC",
    "Lower middle income": "LMC",
    "Low income": "LIC",
}
REGIONS = {"002": "AFRICA", "019": "AMERICAS", "142": "ASIA", "150": "EUROPE", "009": "OCEANIA"}
LATIN_AMERICA_AND_CARIBBEAN = "419"

_INCOME_NOTE = (
    "World Bank classes of fiscal year 2026, applied to all years.",
    "Clases del Banco Mundial del año fiscal 2026, aplicadas a todos los años.",
)
_UN_NOTE = ("UN Member States of the year.", "Estados Miembros de la ONU en el año.")
_LDC_NOTE = (
    "The UN list of the year: members that have left or joined count only in their years.",
    "La lista de la ONU del año: quienes salieron o entraron cuentan solo en sus años.",
)
_SIDS_NOTE = (
    "UN Member States on the UN list of small island developing States.",
    "Estados Miembros en la lista de la ONU de pequeños Estados insulares en desarrollo.",
)
_CARIBBEAN_NOTE = (
    "Small island developing States of Latin America and the Caribbean that are UN Member States.",
    "Pequeños Estados insulares en desarrollo de América Latina y el Caribe, Estados Miembros de la ONU.",
)
_M49_NOTE = ("UN M49 classification.", "Clasificación M49 de la ONU.")
NAMED_GROUPS: tuple[tuple[str, str, str, str, tuple[str, str]], ...] = (
    ("WORLD", "world", "World", "Mundo", _UN_NOTE),
    ("LDC", "special", "Least developed countries", "Países menos adelantados", _LDC_NOTE),
    ("LLDC", "special", "Landlocked developing countries", "Países en desarrollo sin litoral", _M49_NOTE),
    (
        "SIDS",
        "special",
        "Small island developing States",
        "Pequeños Estados insulares en desarrollo",
        _SIDS_NOTE,
    ),
    ("CARIBBEAN_SIDS", "special", "Caribbean SIDS", "PEID del Caribe", _CARIBBEAN_NOTE),
    ("AFRICA", "region", "Africa", "África", _M49_NOTE),
    ("AMERICAS", "region", "Americas", "Américas", _M49_NOTE),
    ("ASIA", "region", "Asia", "Asia", _M49_NOTE),
    ("EUROPE", "region", "Europe", "Europa", _M49_NOTE),
    ("OCEANIA", "region", "Oceania", "Oceanía", _M49_NOTE),
    ("HIC", "income", "High income", "Ingreso alto", _INCOME_NOTE),
    ("UMC", "income", "Upper middle income", "Ingreso mediano alto", _INCOME_NOTE),
    ("LMC", "income", "Lower middle income", "Ingreso mediano bajo", _INCOME_NOTE),
    ("LIC", "income", "Low income", "Ingreso bajo", _INCOME_NOTE),
)
SUBREGION_NAMES_ES = {
    "Australia and New Zealand": "Australia y Nueva Zelandia",
    "Central Asia": "Asia central",
    "Eastern Asia": "Asia oriental",
    "Eastern Europe": "Europa oriental",
    "Latin America and the Caribbean": "América Latina y el Caribe",
    "Melanesia": "Melanesia",
    "Micronesia": "Micronesia",
    "Northern Africa": "África del Norte",
    "Northern America": "América del Norte",
    "Northern Europe": "Europa del Norte",
    "Polynesia": "Polinesia",
    "South-eastern Asia": "Asia sudoriental",
    "Southern Asia": "Asia meridional",
    "Southern Europe": "Europa del Sur",
    "Sub-Saharan Africa": "África subsahariana",
    "Western Asia": "Asia occidental",
    "Western Europe": "Europa occidental",
}


# Label positions that the upstream table has wrong: the centroid of outlines cut by the antimeridian.
POSITIONS = {"FJI": ("-17.8", "178.0")}


def area_row(country: Row) -> dict[str, str]:
    """One area in the project's own columns; the World Bank's class as a short code, missing stays empty."""
    renamed = {
        "ref_area": country["iso3"],
        "income": INCOME.get(country["wb_income"], ""),
        "population": country["population_latest"],
    }
    if country["iso3"] in POSITIONS:
        renamed["lat"], renamed["lon"] = POSITIONS[country["iso3"]]
    return {column: renamed.get(column, country.get(column, "")) for column in AREA_COLUMNS}


def groups(areas: list[dict[str, str]]) -> Iterator[tuple[str, ...]]:
    """Named groups, then the M49 subregions that hold a UN Member State, as rows of `group.csv`."""
    position = 0
    for position, (group, kind, en, es, (note_en, note_es)) in enumerate(NAMED_GROUPS, start=1):
        yield group, kind, str(position), en, es, note_en, note_es
    names = sorted({(a["subregion"], a["subregion_m49"]) for a in areas if a["un_member"] == "1"})
    for offset, (name, code) in enumerate(names, start=1):
        yield f"SUB_{code}", "subregion", str(position + offset), name, SUBREGION_NAMES_ES[name], *_M49_NOTE


def memberships(
    areas: list[dict[str, str]], ldc_history: list[Row], un_membership: list[Row]
) -> Iterator[tuple[str, str, str, str]]:
    """Who belongs to which group from which year to which year (inclusive; empty = no limit known).

    Only UN Member States are members: group figures would otherwise mix States and territories.
    """
    joined = {row["ref_area"]: row["valid_from"] for row in un_membership}
    ldc_period = {row["ref_area"]: (row["valid_from"], row["valid_to"]) for row in ldc_history}
    for area in areas:
        if area["un_member"] != "1":
            continue
        code = area["ref_area"]
        since = joined.get(code, "")
        for group in (
            "WORLD",
            REGIONS[area["region_m49"]],
            f"SUB_{area['subregion_m49']}",
            area["income"],
            "LLDC" if area["lldc"] == "1" else "",
            "SIDS" if area["sids"] == "1" else "",
            "CARIBBEAN_SIDS"
            if area["sids"] == "1" and area["subregion_m49"] == LATIN_AMERICA_AND_CARIBBEAN
            else "",
        ):
            if group:
                yield group, code, since, ""
        if code in ldc_period:
            yield "LDC", code, *ldc_period[code]
        elif area["ldc"] == "1":
            yield "LDC", code, since, ""


def import_reference(countries: Path, reference: Path) -> int:
    """Write area.csv, group.csv and area_group.csv below `reference`; returns the number of areas."""
    areas = [area_row(row) for row in read_rows(countries, required=("iso3", "name_en", "wb_income"))]
    write_rows(reference / "area.csv", AREA_COLUMNS, ([a[c] for c in AREA_COLUMNS] for a in areas))
    states = {area["ref_area"] for area in areas if area["un_member"] == "1"}
    members = organisations.read_members(countries.parent)
    general = [(*row, "") for row in groups(areas)]
    write_rows(
        reference / "group.csv",
        (*GROUP_COLUMNS, GROUP_SOURCE),
        [*general, *organisations.groups(members, states, after=len(general))],
    )
    write_rows(
        reference / "area_group.csv",
        MEMBER_COLUMNS,
        [
            *memberships(
                areas,
                read_rows(reference / "ldc_history.csv", required=LDC_COLUMNS),
                read_rows(reference / "un_membership.csv"),
            ),
            *organisations.memberships(members, states),
        ],
    )
    return len(areas)
