"""How many countries get there by the year of the target: what compound growth says, and what to expect."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.progress import outlook, reads
from dashboard.charts.context import Context
from dashboard.charts.figures import sentence
from dashboard.charts.scalars import Row, records
from dashboard.components import table
from dashboard.components.frame import Table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader

WORLD = "WORLD"
FOOT = Markup('<p class="e-foot">{}</p>')


def view(reader: Reader, group: str, members: tuple[str, ...]) -> Table | None:
    """The counts of a group beside those of the world; None where nobody in it is short of a level.

    members: ISO codes of the group.
    """
    world = reads.expected(reader.warehouse, None)
    own = world if group == WORLD else reads.expected(reader.warehouse, members)
    if own.empty:
        return None
    both = {group: own} | ({} if group == WORLD else {WORLD: world})
    return (
        _finding(records(own)[_widest(own)], reader),
        _html(reader, both) + FOOT.format(_how_to_read()),
        lambda: pd.concat([rows.assign(group=each) for each, rows in both.items()]),
        f"escala_expected_{group}",
    )


def _widest(rows: pd.DataFrame) -> int:
    """The row in which compound growth and what to expect lie farthest apart."""
    return int((rows["growth"] - rows["calibrated"]).to_numpy().argmax())


def _finding(row: Row, reader: Reader) -> Markup:
    ctx, kpi = reader.ctx, reader.kpi(str(row["kpi"]))
    template = _(
        "{kpi}, {level} by {year}: compound growth, the UN’s rule, promises it to {growth} of {n} countries; "
        "to expect: {expected}"
    )
    return sentence(
        template,
        kpi=kpi.name,
        level=outlook.level(row["nearly"], kpi, ctx),
        year=int(row["target_year"]),
        growth=ctx.number(row["growth"]),
        n=ctx.number(row["n"]),
        expected=_about(row["calibrated"], ctx),
    )


def _html(reader: Reader, both: dict[str, pd.DataFrame]) -> Markup:
    """What compound growth says of each KPI and what to expect, in the group and in the world."""
    columns = [
        Column(_("KPI, level by {year}").format(year=reads.TARGET_YEAR)),
        Column(_("Compound growth"), True),
        Column(_("To expect"), True),
        Column(_("Past promises kept"), True),
    ]
    body: list[list[Cell]] = []
    sections = {}
    for group, rows in both.items():
        sections[len(body)] = reader.group(group).name
        body += [_row(reader, row) for row in records(rows)]
    caption = _("Countries short of the level today that reach it")
    return table.html(caption, columns, body, sections=sections, no_data=_("no data"))


def _row(reader: Reader, row: Row) -> list[Cell]:
    ctx, kpi = reader.ctx, reader.kpi(str(row["kpi"]))
    says = _("{k} of {n}").format(k=ctx.number(row["growth"]), n=ctx.number(row["n"]))
    kept = _kept(reads.gates(reader.warehouse)[kpi.id], ctx)
    name = Markup("{}<br><small>{}</small>").format(kpi.name, outlook.level(row["nearly"], kpi, ctx))
    return [name, says, _about(row["calibrated"], ctx), kept]


def _about(expected: float, ctx: Context) -> str:
    """The sum of the chances, in whole countries."""
    return _("fewer than 1") if expected < 1 else _("about {n}").format(n=ctx.number(expected))


def _kept(gate: Row, ctx: Context) -> str:
    """How many promises of compound growth came true, of how many."""
    if not gate["promised"]:
        return ctx.number(None)
    share = 100 * gate["came_true"] / gate["promised"]
    return _("{share}% of {n}").format(share=ctx.number(share), n=ctx.number(gate["promised"]))


def _how_to_read() -> str:
    return _(
        "To expect: the sum of the chances of the countries whose last value lies at most eight years before "
        "the year of the target; KPIs that could not be forecast in the past are left out. Past promises: "
        "how often compound growth carried a country to this level within five to seven years, and in what "
        "share of these cases it got there."
    )
