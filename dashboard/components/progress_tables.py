"""Tables of the progress page: KPI × method of one country, KPI × country of a group."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboard import data
from dashboard.charts import fan, path
from dashboard.charts import progress_words as words
from dashboard.charts.context import Kpi
from dashboard.components import shell, table
from dashboard.components.language import text as _
from dashboard.components.shell import Reader
from dashboard.components.table import Cell, Column, Html
from kpis.progress import METHODS

WIDE = 24  # countries that fit side by side; more stand one below the other


def to(reader: Reader, scope: str, area: str | None, method: str, **chosen: str) -> str:
    """Address of this page with a view, a country and a method."""
    places = {"scope": scope, "method": method} | ({"country": area} if area else {})
    return shell.link("progress", reader, **places, **chosen)


def over(amount: float, limits: Any, reader: Reader, kpi: Kpi) -> str:
    """A projected value; beyond a natural limit of the scale, the limit with a sign: "> 100.0%"."""
    if pd.notna(limits["limit_high"]) and amount > limits["limit_high"]:
        return f"> {reader.ctx.value(limits['limit_high'], kpi)}"
    if pd.notna(limits["limit_low"]) and amount < limits["limit_low"]:
        return f"< {reader.ctx.value(limits['limit_low'], kpi)}"
    return reader.ctx.value(amount, kpi)


def status(
    reader: Reader, area: str, rows: pd.DataFrame, verdicts: pd.DataFrame, method: str, horizon: int
) -> str:
    """KPI × four methods with value, target and projection; the KPIs farthest along first."""
    listed = data.kpi_list(reader.version, reader.lang)
    limits = data.targets(reader.version, reader.lang)
    codes = rows.pivot(index="kpi", columns="method", values="status")
    chosen = rows[rows["method"] == method].set_index("kpi")
    apart = dict(zip(verdicts["kpi"], verdicts["verdict"], strict=True))
    place = chosen["status"].map(words.LEVELS).map(words.ORDER.index)
    years = chosen["target_year"].unique()
    one_year = len(years) == 1
    body: list[list[Cell]] = []
    for one in place.sort_values(kind="stable").index:
        row, kpi = chosen.loc[one], listed[one]
        link = escape(to(reader, "path", area, method, indicator=one))
        flag = f' <span class="e-mark">≠ {escape(_("disagree"))}</span>' if apart[one] == "disagree" else ""
        body.append(
            [
                Html(f'<a target="_self" href="{link}">{escape(kpi.name)}</a>{flag}'),
                Html(_dated(reader.ctx.value(row["latest_value"], kpi), row["latest_year"])),
                reader.ctx.value(row["target"], kpi)
                if one_year
                else Html(_dated(reader.ctx.value(row["target"], kpi), row["target_year"])),
                over(row["projected"], limits.loc[one], reader, kpi),
                *(Html(words.status(codes.at[one, each], reader.ctx)) for each in METHODS),
            ]
        )
    columns = [
        Column("KPI"),
        Column(_("Last value"), True),
        Column(_("Target, {year}").format(year=int(years[0])) if one_year else _("Target"), True),
        Column(_("Trend, {year}").format(year=horizon), True),
        *(Column(f"{words.SHORT[each]}{' ●' if each == method else ''}") for each in METHODS),
    ]
    caption = _("Status by four methods; ● the method of the headline and of the trend")
    made = table.html(caption, columns, body, no_data=_("no data"))
    return made.replace('class="e-table"', 'class="e-table e-status"', 1)


def _dated(value: str, year: float) -> str:
    return f"{escape(value)} <small>{int(year)}</small>"


def matrix(reader: Reader, areas: list[str], rows: pd.DataFrame, method: str, mine: str | None) -> str:
    """Legend and KPI × country with the status symbols of one method; more than WIDE countries as rows.

    rows: progress by this method. mine: the reader's country, in bold.
    """
    names = data.areas(reader.version, reader.lang)["name"]
    listed = data.kpi_list(reader.version, reader.lang)
    order = list(words.shares(rows).index)
    kpis = order + [one for one in data.targets(reader.version, reader.lang).index if one not in order]
    codes = {(row.kpi, row.ref_area): str(row.status) for row in rows.itertuples()}
    heads = {
        one: f'<a target="_self" href="{escape(to(reader, "status", one, method))}">{escape(names[one])}</a>'
        for one in areas
    }
    said = {one: _entry(reader, listed[one]) for one in kpis}
    many = len(areas) > WIDE
    across, down = (kpis, areas) if many else (areas, kpis)
    top, side = (said, heads) if many else (heads, said)
    strong = {mine}
    head = "".join(f'<th scope="col"{_strong(one in strong)}><span>{top[one]}</span></th>' for one in across)
    body = "".join(
        f'<tr><th scope="row"{_strong(one in strong)}>{side[one]}</th>'
        + "".join(f"<td>{_cell(codes, one, other, many, reader)}</td>" for other in across)
        + f'<td class="e-num">{_count(codes, one, across, many, reader)}</td></tr>'
        for one in down
    )
    caption = escape(_("Status by the {method} method").format(method=words.SHORT[method]))
    corner, last = (_("Country") if many else "KPI"), escape(_("on track"))
    layout, box = ("e-level", "e-scroll e-tall") if many else ("e-upright", "e-scroll")
    return (
        f"{words.legend(reader.ctx, method)}"
        f'<div class="{box}" tabindex="0" role="region" aria-label="{caption}">'
        f'<table class="e-table e-matrix {layout}"><caption class="e-sr">{caption}</caption><thead><tr>'
        f'<th scope="col">{escape(corner)}</th>{head}<th scope="col"><span>{last}</span></th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _entry(reader: Reader, kpi: Kpi) -> str:
    """A KPI's name, which leads to its entry."""
    address = escape(shell.link("methods", reader, kpi=kpi.id))
    return f'<a target="_self" href="{address}">{escape(kpi.name)}</a>'


def _strong(wanted: bool) -> str:
    return ' class="e-on"' if wanted else ""


def _cell(codes: dict[tuple[str, str], str], one: str, other: str, many: bool, reader: Reader) -> str:
    key = (other, one) if many else (one, other)
    return words.status(codes.get(key), reader.ctx, word=False)


def _count(codes: dict[tuple[str, str], str], one: str, across: list[str], many: bool, reader: Reader) -> str:
    """How many of a row's cells are on track, of those that can be assessed."""
    found = [codes.get((other, one) if many else (one, other)) for other in across]
    levels = [words.LEVELS[code] for code in found if code is not None]
    judged = [level for level in levels if level != "open"]
    on = sum(level in ("met", "on") for level in judged)
    return f"{reader.ctx.number(on)}/{reader.ctx.number(len(judged))}"


def lines(reader: Reader, shown: pd.DataFrame, kpi: Kpi) -> str:
    """The lines of a path by year, and what other countries achieved."""
    said = path.names(reader.ctx) | fan.names(reader.ctx)
    wide = shown.pivot(index="time_period", columns="line", values="obs_value").sort_index()
    present = [one for one in said if one in wide.columns]
    body: list[list[Cell]] = [
        [str(int(year)), *(reader.ctx.value(wide.at[year, one], kpi) for one in present)]
        for year in wide.index
    ]
    columns = [Column(_("Year")), *(Column(said[one], True) for one in present)]
    return table.html(f"{kpi.name} · {kpi.unit}", columns, body, tall=True, no_data=_("no data"))


def export(reader: Reader, rows: pd.DataFrame) -> pd.DataFrame:
    """What a download of statuses holds: every figure that went in and came out, with unit and licence."""
    listed = data.kpi_list(reader.version, reader.lang)
    origin = pd.DataFrame([listed[one].provenance() for one in rows["kpi"].unique()])
    if rows.empty:
        return rows
    targets = data.targets(reader.version, reader.lang)["reason"].rename("target_source")
    kept = rows.drop(columns=["scenario"], errors="ignore").merge(origin, on="kpi")
    return kept.join(targets, on="kpi")
