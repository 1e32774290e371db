"""The tables of the methodology, second edition, and the cases: taken over into the project's own columns.

What a page or a rule reads comes in; notes on how an edition was made stay outside. How old a value may be is
no column here: each KPI's entry says it, and the import refuses a table that says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kpis.catalogue import Catalogue
from kpis.errors import DataError
from kpis.sources.csvio import Row, read_rows, write_rows

MODEL, LINKAGE, CALENDAR = "maturity_model.csv", "sdg_linkage.csv", "release_calendar.csv"
TABLES: dict[str, tuple[str, ...]] = {
    MODEL: (
        "dimension", "stage", "indicator", "kpi", "operator", "threshold", "unit", "kind", "role", "scaled",
        "edition_open", "last_edition", "next_expected", "next_expected_source", "rationale", "note",
        "source_url",
    ),
    "actions.csv": (
        "action_id", "dimension", "from_stage", "to_stage", "action", "typical_duration", "scope", "kpis",
        "example_case_ids", "source_url",
    ),
    "lessons_ldc_sids.csv": ("lesson_id", "group", "lesson", "example_case_ids", "source_url"),
}  # fmt: skip
CALENDAR_COLUMNS = (
    "source", "what", "last_edition", "last_values_to", "next_year", "next_month", "certainty", "basis",
    "note", "source_url",
)  # fmt: skip
SOURCES = {"itu_gender": "itu_internet_sex"}  # the calendar's name of a source → its id here
CERTAINTY = {
    "stated rhythm": "stated_rhythm",
    "observed rhythm": "observed_rhythm",
    "published, not held": "published_not_held",
    "no calendar": "unknown",
    "no calendar read": "unknown",
    "unknown": "unknown",
}
LINKAGE_COLUMNS = ("component", "kpi", "sdg_target", "mechanism", "evidence_kind", "source_url")
CASES: dict[str, tuple[str, ...]] = {
    "cases.csv": (
        "case_id", "name", "country_iso3", "level", "institution", "start_year", "status", "summary",
        "channel", "theme", "innovation_type", "maturity_stage", "sdg_targets", "recognition",
        "source_title", "source_url", "verified",
    ),
}  # fmt: skip
OPTIONAL = {"cases_es.csv": ("institution",)}  # columns of text that an incoming table need not have
TRANSLATIONS = {  # file: (its English table, columns that name a row, columns of text)
    "actions_es.csv": ("actions.csv", ("action_id",), ("action", "typical_duration")),
    "linkage_es.csv": (LINKAGE, ("component", "sdg_target"), ("mechanism",)),
    "cases_es.csv": ("cases.csv", ("case_id",), ("name", "summary")),
}
READINGS = {"A": "first", "C": "new_figures"}  # that of the second edition is computed
GROUPS = {"193 States": "WORLD", "LDCs": "LDC", "SIDS": "SIDS", "Caribbean SIDS": "CARIBBEAN_SIDS"}
COUNTS = ("not_assessed", "emerging", "enhanced", "transactional", "connected")
CAUSES = {
    "newer data": "newer_figures",
    "new gates or bars": "new_gates",
    "not assessed before (fewer than two gates with data)": "assessed_now",
    "too few fresh gates (at least three needed)": "too_few_gates",
}
STEPS = ("stage_before", "stage_old_rules_new_data", "stage_after")


def import_methodology(folder: Path, target: Path, catalogue: Catalogue) -> int:
    """Write the tables of `folder` below `target`; returns the number of tables.

    Raises DataError for a missing column, or where the age limit of a gate is not that of its KPI's entry.
    """
    model = read_rows(folder / MODEL, required=(*TABLES[MODEL], "max_age_years"))
    check_ages(model, {kpi.id: kpi.fresh_years for kpi in catalogue.kpis.values()})
    for name in ("actions_es.csv", "linkage_es.csv"):
        _translate(folder, target, name)
    for name, columns in TABLES.items():
        _take(folder / name, target / name, columns)
    rows = links(read_rows(folder / LINKAGE, required=("component",)), model, set(catalogue.kpis))
    write_rows(target / LINKAGE, LINKAGE_COLUMNS, ([row[name] for name in LINKAGE_COLUMNS] for row in rows))
    _edition(folder / "stage_distribution.csv", target / "edition_change.csv", ("reading",), change_row)
    _edition(folder / "changed_countries.csv", target / "edition_countries.csv", ("cause",), country_row)
    calendar = map(calendar_row, read_rows(folder / CALENDAR, required=("certainty",)))
    write_rows(target / CALENDAR, CALENDAR_COLUMNS, ([*row.values()] for row in calendar))
    return len(TABLES) + 6


def import_cases(folder: Path, target: Path) -> int:
    """Write the cases and their Spanish texts below `target`; returns the number of cases."""
    _translate(folder, target, "cases_es.csv")
    counts = [_take(folder / name, target / name, columns) for name, columns in CASES.items()]
    return counts[0]


def _take(source: Path, target: Path, columns: tuple[str, ...]) -> int:
    rows = read_rows(source, required=columns)
    return write_rows(target, columns, ([row[name] for name in columns] for row in rows))


def _translate(folder: Path, target: Path, name: str) -> None:
    """Write a table of translations; to be called before its English table is written anew."""
    english, keys, texts = TRANSLATIONS[name]
    incoming = [read_rows(folder / table, required=(*keys, *texts)) for table in (english, name)]
    before: list[list[Row]] = [
        read_rows(target / table) if (target / table).is_file() else [] for table in (english, name)
    ]
    optional = OPTIONAL.get(name, ())
    rows = merged(keys, (*texts, *optional), before, incoming)
    columns = (*keys, *texts, *optional)
    write_rows(target / name, columns, ([row.get(column, "") for column in columns] for row in rows))


def merged(
    keys: tuple[str, ...], texts: tuple[str, ...], previous: list[list[Row]], incoming: list[list[Row]]
) -> list[Row]:
    """Translations as they come in, but the previous ones where the English text is the same as before.

    previous, incoming: English rows, translated rows. Translations are the project's own and were revised
    here; an import must not undo that, and must not keep one whose English text has changed.
    """

    def by_key(rows: list[Row]) -> dict[tuple[str, ...], Row]:
        return {tuple(row[key] for key in keys): row for row in rows}

    before, translated, now = by_key(previous[0]), by_key(previous[1]), by_key(incoming[0])
    return [
        translated[key]
        if key in translated
        and key in before
        and all(before[key].get(text) == now[key].get(text) for text in texts)
        else row
        for key, row in by_key(incoming[1]).items()
    ]


def check_ages(model: list[Row], limits: Mapping[str, int]) -> None:
    """Refuse a gate whose age limit differs from its KPI's own, and a KPI that is not in the catalogue."""
    for row in model:
        kpi, stated = row["kpi"], row["max_age_years"]
        if kpi not in limits:
            raise DataError(
                f"{MODEL}: {row['dimension']}: KPI '{kpi}' is not in the catalogue. Add its entry."
            )
        if stated != str(limits[kpi]):
            raise DataError(
                f"{MODEL}: {row['dimension']}, {kpi}: a value may be {stated} years old here and "
                f"{limits[kpi]} in its entry (fresh_years). Settle which, and write it in the entry."
            )


def links(rows: list[Row], model: list[Row], kpis: set[str]) -> list[Row]:
    """The links with `kpi`: the component's id in the catalogue, empty where it is a field of work."""
    kpi_of = {kpi: kpi for kpi in kpis} | {row["indicator"]: row["kpi"] for row in model}
    return [row | {"kpi": kpi_of.get(row["component"], "")} for row in rows]


def _edition(
    source: Path, target: Path, required: tuple[str, ...], to_row: Callable[[Row], Row | None]
) -> None:
    rows = [row for row in map(to_row, read_rows(source, required=required)) if row is not None]
    write_rows(target, list(rows[0]), ([*row.values()] for row in rows))


def calendar_row(row: Row) -> Row:
    """When a source is expected to publish next: year and month where known, and how sure that is."""
    cells = (
        SOURCES.get(row["source_id"], row["source_id"]), row["what"], row["last_edition"],
        row["last_values_to"], row["next_expected_year"], row["next_expected_month"],
        CERTAINTY[row["certainty"]], row["basis"], row["note"], row["source_address"],
    )  # fmt: skip
    return dict(zip(CALENDAR_COLUMNS, cells, strict=True))


def change_row(row: Row) -> Row | None:
    """Members of a group by stage in one reading; None for those that are computed or that no page shows."""
    reading = READINGS.get(row["reading"][:1])
    if reading is None:
        return None
    head = {"reading": reading, "dimension": row["dimension"], "group_id": GROUPS[row["group"]]}
    return head | {name: row[name] for name in COUNTS}


def country_row(row: Row) -> Row:
    """One dimension of a country that changed much; stages empty where not assessed, causes as codes."""
    stages = {name: "" if row[name] == "not assessed" else row[name] for name in STEPS}
    head = {
        name: row[name] for name in ("rank", "ref_area", "stages_moved", "overall_before", "overall_after")
    }
    causes = ";".join(CAUSES[cause] for cause in row["cause"].split("; "))
    return head | {"dimension": row["dimension"]} | stages | {"causes": causes}
