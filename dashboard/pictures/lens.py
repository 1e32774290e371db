"""The picture of the SDG lens: goals by kind of evidence."""

from __future__ import annotations

from dashboard.charts import evidence_words, goal_words, goals
from dashboard.charts.scalars import records
from dashboard.components.language import text as _
from dashboard.pictures import lens_pairs
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import Matrix, Picture
from dashboard.reads import shared as data
from kpis.cases import EVIDENCE
from kpis.links import sdg


def picture(asked: Asked) -> Picture:
    """Goals by evidence, a pair at equal income, or a KPI against income."""
    view = asked.one("show", ["goals", "association", "income"], "goals")
    if view != "goals":
        return lens_pairs.picture(asked, view)
    reader, ctx = asked.reader, asked.reader.ctx
    chosen = asked.one("goal", ["all", *map(str, goals.NAMES)], "all")
    asked.country()
    asked.store.single("evidence", list(EVIDENCE), None)
    asked.store.single("cell", goals.cells(), None)
    asked.check()
    table = sdg.by_goal(data.sdg_links(reader.warehouse))
    counts = {(row["goal"], row["evidence"]): int(row["n_kpis"]) for row in records(table)}
    linked = {goal for (goal, _kind), count in counts.items() if count}  # the finding names the others
    shown = [int(chosen)] if chosen != "all" else [goal for goal in goals.NAMES if goal in linked]
    names = [f"{goal}. {_(goals.NAMES[goal])}" for goal in shown]
    kinds = [f"{_(evidence_words.KINDS[kind])}: {_(evidence_words.BRIEFLY[kind])}" for kind in EVIDENCE]
    cells = tuple(
        tuple(_cell(counts[(goal, kind)], ctx.number(counts[(goal, kind)])) for kind in EVIDENCE)
        for goal in shown
    )
    said = "; ".join(
        f"{name}: "
        + ", ".join(
            f"{_(evidence_words.KINDS[kind])} {cell[0]}" for kind, cell in zip(EVIDENCE, line, strict=True)
        )
        for name, line in zip(names, cells, strict=True)
    )
    title = goal_words.headline(table, ctx)
    unit = _("Number of e-government KPIs by SDG and kind of evidence")
    foot = goal_words.title(table, ctx)
    return Matrix(
        about(reader, title, unit, f"{title} {said}.", foot),
        tuple(names),
        tuple(kinds),
        cells,
        len(goals.SHADES),
    )


def _cell(count: int, said: str) -> tuple[str, int | None]:
    """The count and its shade; without a KPI the cell is hatched."""
    return said, None if count == 0 else goals.shade(count) - 1
