"""What all rows on the page have in common, said once above the table."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.explore.layout import constant
from dashboard.charts import status_words
from dashboard.charts.scalars import is_missing
from dashboard.components import links, sources
from dashboard.components.language import text as _
from dashboard.components.table import Cell
from dashboard.reads.reader import Reader

# Columns of a table of values that may be left out where every row has the same, in the order they are said.
COMMON = ("kpi", "ref_area", "time_period", "unit_measure", "obs_status", "source", "vintage")


def common(rows: pd.DataFrame) -> dict[str, object]:
    """What the values have in common, by column of COMMON; a single value has nothing to be told apart by."""
    return constant(rows, COMMON)


def status(code: str) -> str:
    """An obs_status in words; the code itself where there are none."""
    return _(status_words.WORDS[code]) if code in status_words.WORDS else code


def kpi_name(reader: Reader, kpi_id: str) -> Markup:
    """The name of a KPI, linked to its definition, with the mark of its licence."""
    return links.kpi_link(reader, kpi_id) + sources.licence_mark(reader.kpi(kpi_id))


def line(reader: Reader, rows: pd.DataFrame, shared: dict[str, object]) -> Markup:
    """The list of what all rows share; nothing where they share nothing."""
    titles = reader.sources["title"].to_dict()
    words: dict[str, tuple[str, Cell]] = {
        "kpi": ("KPI", kpi_name(reader, str(shared["kpi"])) if "kpi" in shared else ""),
        "ref_area": (_("Country or area"), str(reader.area_names.get(shared.get("ref_area"), ""))),
        "time_period": (_("Year"), str(shared.get("time_period", ""))),
        "unit_measure": (_("Unit"), reader.kpi(str(rows["kpi"].iloc[0])).unit),
        "obs_status": (_("Status"), status(str(shared.get("obs_status", "")))),
        "source": (_("Source"), str(titles.get(shared.get("source"), shared.get("source", "")))),
        "vintage": (_("Release"), "" if is_missing(shared.get("vintage")) else str(shared["vintage"])),
    }
    item = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    items = [item.format(*words[column]) for column in COMMON if column in shared and words[column][1]]
    if not items:
        return Markup("")
    label = escape(_("The same in every row"))
    return Markup('<dl class="e-common" aria-label="{}">{}</dl>').format(label, Markup("").join(items))
