"""Describes what lies in `data/`: `datapackage.json` and the source table of `data/README.md`.

`python -m kpis.sources.describe` rewrites both; a test holds them to the files.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kpis.catalogue import Catalogue, load
from kpis.catalogue.model import Source
from kpis.paths import data_dir
from kpis.sources.descriptor import NAME, fingerprint, row_count, series_rows
from kpis.sources.forecasts import KEY as FORECAST_KEY
from kpis.sources.forecasts import forecast_files
from kpis.sources.observations import COLUMNS, STATUSES, observation_files
from kpis.sources.releases import Figures, figures_of, release_files

README_COLUMNS = (
    "source", "publisher and address", "licence, reuse", "vintage", "series", "years", "areas",
    "what to know",
)  # fmt: skip
BEGIN, END = "<!-- sources:begin -->", "<!-- sources:end -->"
CODE = {"type": "string", "constraints": {"required": True}}
AREA = {"type": "string", "constraints": {"required": True, "pattern": "[A-Z]{3}"}}

OBSERVATION_FIELDS: dict[str, dict[str, Any]] = {
    "series": CODE | {"description": "series id, as its publisher names it"},
    "ref_area": AREA | {"description": "ISO 3166-1 alpha-3 code of data/reference/area.csv"},
    "time_period": {
        "type": "integer",
        "constraints": {"required": True},
        "description": "year or survey edition",
    },
    "obs_value": {"type": "number", "constraints": {"required": True}, "description": "value as published"},
    "obs_status": {
        "type": "string",
        "constraints": {"required": True, "enum": list(STATUSES)},
        "description": "A normal, E estimated or modelled, U low reliability (SDMX CL_OBS_STATUS)",
    },
    "vintage": {"type": "string", "description": "release or date of the copy"},
    "footnote": {"type": "string", "description": "id in reference/footnote.csv, empty where none"},
}
KEYS = {
    "area": ["ref_area"],
    "group": ["group_id"],
    "area_group": ["group_id", "ref_area", "valid_from"],
    "classification": ["scheme", "ref_area", "time_period"],
    "footnote": ["footnote"],
    "input_year": ["series", "ref_area", "time_period"],
    "cases": ["case_id"],
    "cases_es": ["case_id"],
    "maturity_model": ["dimension", "stage", "kpi"],
    "sdg_linkage": ["component", "sdg_target"],
    "release_calendar": ["source"],
    "release_calendar_es": ["source"],
    "edition_change": ["reading", "dimension", "group_id"],
    "edition_countries": ["ref_area", "dimension"],
    "edition_gates": ["dimension", "kpi"],
    "edition_texts": ["text"],
    "actions": ["action_id"],
    "actions_es": ["action_id"],
    "lessons_es": ["lesson_id"],
    "linkage_es": ["component", "sdg_target"],
    "lessons_ldc_sids": ["lesson_id"],
    "tile_grid": ["ref_area"],
    "colombia_areas": ["area"],
    "colombia_fixed_internet": ["area", "period", "series"],
}
COLOMBIA: dict[str, Any] = {
    "licenses": [
        {"title": "Open data of datos.gov.co, terms of the portal", "path": "https://www.datos.gov.co"}
    ],
    "sources": [
        {
            "title": "Ministerio de Tecnologías de la Información y las Comunicaciones, Internet fijo, "
            "penetración por municipio, copy of 2025-08-04",
            "path": "https://www.datos.gov.co/d/fut2-keu8",
        }
    ],
}
FORECASTS: dict[str, Any] = {
    "licenses": [{"name": "UN terms of use, CC BY-NC-SA 3.0 IGO: those of the figures it was made from"}],
    "sources": [
        {"title": "Computed by Escala from the UN E-Government Survey and the ITU DataHub; see README.md"}
    ],
}


def package(data: Path, catalogue: Catalogue) -> dict[str, Any]:
    """The descriptor of every file below `data`, as a Frictionless data package."""
    resources = [
        _observations(data, path, catalogue.sources[path.stem])
        for path in observation_files(data / "observations")
    ]
    for folder in ("reference", "cases", "methodology", "geo"):
        resources += [_table_or_file(data, path) for path in sorted((data / folder).glob("*"))]
    resources += [_forecast(data, path) for path in forecast_files(data / "forecasts")]
    for path in sorted((data / "subnational").glob("*.csv")):
        resources.append(_table(data, path) | COLOMBIA)
    resources += [_table_or_file(data, path) for path in release_files(data / "releases")]
    return {
        "name": "escala-data",
        "title": "Figures, reference tables and cases of Escala",
        "description": "See README.md in the same folder for publishers, terms, vintages and known defects.",
        "resources": resources,
    }


def source_table(data: Path, catalogue: Catalogue) -> str:
    """Markdown: per source its publisher, address, terms, vintage, series, years, areas and what to know."""
    lines = [
        "| " + " | ".join(README_COLUMNS) + " |",
        "|" + "---|" * len(README_COLUMNS),
    ]
    for path in sorted(observation_files(data / "observations"), key=lambda p: p.stem):
        source = catalogue.sources[path.stem]
        lines.append(_source_line(source, path.relative_to(data).as_posix(), figures_of(path)))
    without = [s for s in catalogue.sources.values() if not list((data / "observations").rglob(f"{s.id}.*"))]
    for s in without:
        terms = f"{s.licence.en}, {s.redistribution}"
        lines.append(f"| `{s.id}` | {s.publisher}, <{s.url}> | {terms} | none | none | | 0 | {s.note.en} |")
    return "\n".join(lines)


def write(data: Path, catalogue: Catalogue) -> None:
    """Rewrite `datapackage.json` and, where there is one, the table between the marks of `README.md`."""
    text = json.dumps(package(data, catalogue), indent=1, ensure_ascii=False)
    (data / NAME).write_text(text + "\n", encoding="utf-8")
    readme = data / "README.md"
    if not readme.is_file():  # figures of one's own
        return
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    readme.write_text(f"{before}{BEGIN}\n{source_table(data, catalogue)}\n{END}{after}", encoding="utf-8")


def _source_line(source: Source, path: str, figures: Figures) -> str:
    series = ", ".join(f"`{name}`" for name in sorted({key[0] for key in figures}))
    years = [int(key[2]) for key in figures]
    cells = (
        f"[`{source.id}`]({path})",
        f"{source.publisher}, <{source.url}>",
        f"{source.licence.en}, {source.redistribution}",
        "; ".join(sorted({vintage for _, vintage in figures.values()})),
        series,
        f"{min(years)}–{max(years)}",
        str(len({key[1] for key in figures})),
        source.note.en,
    )
    return "| " + " | ".join(cells) + " |"


def _observations(data: Path, path: Path, source: Source) -> dict[str, Any]:
    licence = {"name": source.licence.en} | ({"path": source.licence_url} if source.licence_url else {})
    return {
        **_described(data, path),
        "rows": row_count(path),
        "series": series_rows(path),
        "title": source.title.en,
        "licenses": [licence],
        "sources": [{"title": source.publisher, "path": source.url}],
        "schema": {
            "fields": [{"name": name} | OBSERVATION_FIELDS[name] for name in COLUMNS],
            "primaryKey": list(COLUMNS[:3]),
            "missingValues": [""],
        },
    }


def _forecast(data: Path, path: Path) -> dict[str, Any]:
    """A frozen table, or the facts beside it."""
    described = _table_or_file(data, path)
    if path.suffix == ".csv":
        described["schema"]["primaryKey"] = list(FORECAST_KEY)
        described["title"] = f"Forecast of the {path.stem} edition, frozen before that edition was held"
    return described | FORECASTS


def _table_or_file(data: Path, path: Path) -> dict[str, Any]:
    return _table(data, path) if path.suffix == ".csv" else _file(data, path)


def _table(data: Path, path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as handle:
        columns = handle.readline().strip().split(",")
    schema: dict[str, Any] = {
        "fields": [{"name": name, "type": "string"} for name in columns],
        "missingValues": [""],
    }
    if path.stem in KEYS:
        schema["primaryKey"] = KEYS[path.stem]
    return _described(data, path) | {"rows": row_count(path), "schema": schema}


def _file(data: Path, path: Path) -> dict[str, Any]:
    return _described(data, path) | {"type": "file"}


def _described(data: Path, path: Path) -> dict[str, Any]:
    return {"name": _name(data, path), "path": path.relative_to(data).as_posix(), **fingerprint(path)}


def _name(data: Path, path: Path) -> str:
    """The file's name; a record of a release has the name of its source and says so.

    So has a forecast the name of its edition; the facts beside its table are called so.
    """
    name = path.stem.replace("_", "-")
    match path.relative_to(data).parts[0]:
        case "releases":
            return f"release-{name}"
        case "forecasts":
            return f"forecast-{name}" + ("-facts" if path.suffix == ".toml" else "")
        case _:
            return name


if __name__ == "__main__":
    write(data_dir(), load())
