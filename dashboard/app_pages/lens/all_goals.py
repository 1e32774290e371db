"""The matrix of all 17 goals: how many KPIs measure, serve or enable targets of each, and which targets."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.lens import evidence
from dashboard.app_pages.lens import goal as goal_view
from dashboard.charts import evidence_words, goals
from dashboard.charts import goal_words as overview
from dashboard.charts.context import MISSING
from dashboard.charts.scalars import Row, records, whole
from dashboard.components import frame, links
from dashboard.components.frame import Table
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.pictures.drawing import Form, draw
from dashboard.pictures.of_view import picture_of
from dashboard.reads import lens as reads
from dashboard.reads import shared as data
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.cases import EVIDENCE


@worded(frame.CACHED_FRAMES)
def matrix(reader: Reader, area: str | None, opened: str | None = None) -> tuple[Table, Markup]:
    """Goals × kinds of evidence, and the line below.

    area: links lead to this country. opened: the cell whose KPIs stand below, of `goals.cells`.
    """
    counts = reads.by_goal(reader.warehouse)
    table = (
        overview.title(counts, reader.ctx),
        _html(reader, counts, area, opened),
        lambda: counts.assign(targets=[" ".join(targets) for targets in counts["targets"]]),
        "escala_sdg_lens",
    )
    return table, Markup('<p class="e-foot">{}</p>').format(_foot(reader))


def picture(reader: Reader, form: Form) -> bytes:
    """The matrix as a file for a slide."""
    return draw(picture_of("lens", reader=reader), form)


def _foot(reader: Reader) -> Markup:
    sdg_links, write = data.sdg_links(reader.warehouse), reader.ctx.number
    n = _("n = {n} KPIs, {links} links, {targets} targets.").format(
        n=write(sdg_links["kpi"].nunique()),
        links=write(len(sdg_links)),
        targets=write(sdg_links["target"].nunique()),
    )
    read = _(
        "In a cell: number of KPIs, in a stronger colour for more, and the targets. It opens its KPIs below."
    )
    source = Markup("{}: {} · {}").format(_("Source"), _("catalogue of KPIs; methodology, C"), n)
    return Markup(" ").join((read, evidence.rules(), source))


def _html(reader: Reader, counts: pd.DataFrame, area: str | None, opened: str | None) -> Markup:
    by_goal = {goal: records(rows) for goal, rows in counts.groupby("goal", sort=False)}
    heading = Markup('<th scope="col" role="columnheader">{} <small>{}</small></th>')
    head = Markup("").join(
        heading.format(_(evidence_words.KINDS[kind]), _(evidence_words.BRIEFLY[kind])) for kind in EVIDENCE
    )
    body = Markup("").join(_row(reader, whole(goal), rows, area, opened) for goal, rows in by_goal.items())
    caption = _("KPIs by goal and kind of evidence, with the targets")
    return Markup(
        '<div class="e-scroll" tabindex="0" role="region" aria-label="{caption}">'
        '<table class="e-table e-lens" role="table" data-rows="own"><caption class="e-sr">{caption}</caption>'
        '<thead role="rowgroup"><tr role="row">'
        '<th scope="col" role="columnheader">{goal}</th>{head}</tr></thead>'
        '<tbody role="rowgroup">{body}</tbody></table></div>'
    ).format(caption=caption, goal=_("Goal"), head=head, body=body)


def _row(reader: Reader, goal: int, rows: list[Row], area: str | None, opened: str | None) -> Markup:
    """A goal and its three cells, or that no KPI is linked to it. rows: by kind of evidence."""
    choices = {"country": area} if area else {}
    name = links.to(reader, "lens", f"{goal} {_(goals.NAMES[goal])}", goal=str(goal), **choices)
    cells = Markup("").join(_cell(reader, goal, row, choices, opened) for row in rows)
    if not any(row["n_kpis"] for row in rows):
        cells = Markup('<td role="cell" colspan="{}" class="e-none">{}</td>').format(
            len(rows), _without(reader, goal)
        )
    return Markup('<tr role="row"><th scope="row" role="rowheader">{}{}</th>{}</tr>').format(
        swatch(goal), name, cells
    )


def _cell(reader: Reader, goal: int, row: Row, choices: dict[str, str], opened: str | None) -> Markup:
    """Number of KPIs and the targets they are linked to, as one link that opens them below the matrix."""
    n = whole(row["n_kpis"])
    if not n:
        dash = Markup('<td role="cell"><span aria-hidden="true">{}</span><span class="e-sr">{}</span></td>')
        return dash.format(MISSING, _("no KPI is linked"))
    cell = goals.cell(goal, str(row["evidence"]))
    many = ngettext("{n} KPI, targets:", "{n} KPIs, targets:", n).format(n=reader.ctx.number(n))
    chip = Markup('<span class="e-target" title="{} {}">{}</span>')
    chips = Markup(" ").join(chip.format(_("SDG target"), target, target) for target in row["targets"])
    label = Markup('<b aria-hidden="true">{}</b><span class="e-sr">{}</span> <span>{}</span>')
    to_list = (
        f"{links.address('lens', reader, cell=cell, **choices)}#chart-{goal_view.FILE.format(goal=goal)}"
    )
    return Markup('<td role="cell" class="e-shade-{}"{}>{}</td>').format(
        goals.shade(n),
        Markup(' aria-current="true"') if cell == opened else "",
        links.anchor(to_list, label.format(reader.ctx.number(n), many, chips)),
    )


def _without(reader: Reader, goal: int) -> str:
    """That no KPI is linked to a goal, and the components that the methodology links to it all the same."""
    rows = reads.mechanisms(reader.lang)
    components = [f"{row['name']} ({row['target']})" for row in records(rows[rows["goal"] == goal])]
    none: str = _("no KPI is linked")
    if not components:
        return none
    template = _("{none}; the methodology names {components}")
    return template.format(none=none, components=", ".join(components))


def swatch(goal: int) -> Markup:
    """The colour of a goal with an outline; decoration beside its number."""
    return Markup('<i class="e-goal" style="background:{}" aria-hidden="true"></i>').format(
        goals.COLOURS[goal]
    )
