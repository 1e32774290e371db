"""Lists of cases: as entries with their summary, as a table, as a download."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.charts.context import MISSING
from dashboard.components import links, table
from dashboard.components.knowledge import reads, words
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader
from kpis.cases import CATALOGUE

STEP = 20  # entries shown at once; the table holds all
EXPORT = [
    "case_id", "name", "country_iso3", "theme", "maturity_stage", "channel", "level", "start_year", "status",
    "innovation_type", "sdg_targets", "dimensions", "verified", "summary", "recognition", "source_title",
    "source_url", "text", "origin", "centre",
]  # fmt: skip


def entries(reader: Reader, rows: pd.DataFrame, most: int = STEP) -> str:
    """The first cases as a list, each with the reason `why` it fits where the rows have one."""
    first_rows = _named(reader, rows.head(most))
    items = "".join(_entry(reader, str(case), row) for case, row in first_rows.iterrows())
    return f'<ul class="e-cases">{items}</ul>'


def _named(reader: Reader, rows: pd.DataFrame) -> pd.DataFrame:
    """The cases with `area_name` and `theme_name`, read once for the whole list."""
    areas = reader.area_names
    themes = reads.themes(reader.lang)["name"]
    return rows.assign(area_name=rows["country_iso3"].map(areas), theme_name=rows["theme"].map(themes))


def _entry(reader: Reader, case: str, row: pd.Series) -> str:
    year = [] if pd.isna(row["start_year"]) else [_("since {year}").format(year=row["start_year"])]
    facts = [
        row["area_name"],
        row["theme_name"],
        words.stage(row["maturity_stage"]),
        words.channels(row["channel"]),
        *year,
    ]
    why = f'<p class="e-why">{escape(row["why"])}</p>' if "why" in row.index else ""
    return (
        f"<li><h3>{links.case_link(reader, case, row['name'])}{words.doubt(row)}</h3>"
        f"<p>{escape(row['summary'])}</p><small>{escape(' · '.join(facts))}</small>{why}</li>"
    )


def html(reader: Reader, rows: pd.DataFrame) -> str:
    """All cases of a list as a table; with their origin where some stand beside the catalogue."""
    mixed = bool(rows["origin"].ne(CATALOGUE).any())
    body: list[list[Cell]] = [
        [
            Html(links.case_link(reader, str(case), row["name"])),
            Html(links.to(reader, "country", row["area_name"], country=row["country_iso3"])),
            row["theme_name"],
            words.stage(row["maturity_stage"]),
            words.channels(row["channel"]),
            MISSING if pd.isna(row["start_year"]) else str(row["start_year"]),
            _("yes") if row["verified"] else _("not verified"),
            *([words.origin(row["origin"], row["centre"])] if mixed else []),
        ]
        for case, row in _named(reader, rows).iterrows()
    ]
    columns = [
        Column(_("Case")),
        Column(_("Country")),
        Column(_("Theme")),
        Column(_("Stage")),
        Column(_("Channel")),
        Column(_("Since"), True),
        Column(_("Verified")),
        *([Column(_("Origin"))] if mixed else []),
    ]
    return table.html(_("Cases"), columns, body, tall=True, no_data=_("not known"), style="e-case-rows")


def export(rows: pd.DataFrame) -> pd.DataFrame:
    """The cases as a download: codes, text and source; `text` tells a summary from a translation."""
    download = rows.reset_index()
    for several in ("channel", "sdg_targets", "dimensions"):
        download[several] = download[several].map(";".join)
    download["text"] = download["translated"].map({True: "own translation", False: "own summary"})
    download.loc[download["origin"] != CATALOGUE, "text"] = "as published by its centre"
    return download[[*EXPORT, *(["why"] if "why" in download else [])]]
