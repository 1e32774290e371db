"""Strengths and gaps at a glance: the strongest and the weakest KPIs beside the peers."""

from __future__ import annotations

from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from dashboard.charts import figures, ranks
from dashboard.charts.context import KpiView
from dashboard.charts.findings import best_and_worst
from dashboard.charts.look import Look
from dashboard.charts.profile_words import MIDDLE
from dashboard.charts.scalars import Row, is_missing, records, whole
from dashboard.components import frame, groups, links, sources
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads import standings
from dashboard.reads.kept import drawn
from dashboard.reads.reader import Reader

WIDTH, HEIGHT, PAD = 116, 16, 7  # of the strip, in pixels


@drawn(frame.CACHED_FRAMES)
def html(reader: Reader, area: str, peers: str) -> Markup:
    """The two lists side by side; empty without a KPI that can be compared."""
    best, worst = best_and_worst(data.country(reader.warehouse, area), reader.kpis)
    middles = standings.middles(reader, area, peers, [*best["kpi"], *worst["kpi"]])
    lists = Markup("").join(
        _list(reader, area, peers, title, rows, middles)
        for title, rows in zip(_titles(best, worst), (best, worst), strict=True)
        if not rows.empty
    )
    if not lists:
        return lists
    return Markup('<div class="e-glance">{}</div><p class="e-foot">{}</p>').format(
        lists, _foot(reader, area, peers)
    )


def _titles(best: pd.DataFrame, worst: pd.DataFrame) -> tuple[str, str]:
    """The names of the two lists; one wholly on the other side of the middle is not strong, or not weak."""
    middle = _("Nearest to the middle of the ranking")
    strong = best["percentile"].max() >= MIDDLE
    weak = worst["percentile"].min() <= MIDDLE
    return (
        _("Strongest against the world") if strong else middle,
        _("Weakest against the world") if weak else middle,
    )


def _foot(reader: Reader, area: str, peers: str) -> str:
    template = _(
        "Line: from the last to the first of the UN Member States; ● {name}, ◇ median of {peers}. Fresh "
        "values only, of KPIs that at least {n} of them have and that measure more than a level."
    )
    names = {"name": reader.area(area).name, "peers": reader.group(peers).name}
    return template.format(**names, n=reader.ctx.number(ranks.MANY))


def _list(
    reader: Reader, area: str, peers: str, title: str, rows: pd.DataFrame, middles: dict[str, Row]
) -> Markup:
    items = Markup("").join(
        _item(reader, area, peers, row, middles.get(str(row["kpi"]))) for row in records(rows)
    )
    return Markup('<section><h2 class="e-title">{}</h2><ol class="e-glance-list">{}</ol></section>').format(
        title, items
    )


def _item(reader: Reader, area: str, peers: str, row: Row, middle: Row | None) -> Markup:
    """A KPI with its place on the line and its value; in small type year, rank, and the peers' median."""
    ctx, kpi = reader.ctx, reader.kpi(row["kpi"]).brief
    place = _("rank {place}").format(place=ranks.place(row["rank"], row["n"], ctx))
    details = [Markup("{}").format(part) for part in (whole(row["time_period"]), place)]
    if middle is not None:
        details.append(_median(reader, peers, kpi, middle))
    return Markup("<li><span>{}{}</span>{}<b>{}</b><small>{}</small></li>").format(
        links.to(reader, "country", kpi.name, country=area, kpi=kpi.id),
        sources.licence_mark(kpi),
        _strip(reader, row, middle, reader.area(area).name, reader.group(peers).name),
        figures.figure(row["obs_value"], kpi, row["time_period"], ctx, dated=False) + _unit(kpi),
        Markup(" · ").join(details),
    )


def _unit(kpi: KpiView) -> Markup:
    """What follows a value whose unit is no sign: of a score out of so many, the top; else nothing."""
    if kpi.unit_kind in ("points", "score") and kpi.most and not kpi.symbol:
        return Markup(" <small>{}</small>").format(_("of {top}").format(top=f"{kpi.most:g}"))
    return Markup("")


def _median(reader: Reader, peers: str, kpi: KpiView, middle: Row) -> Markup:
    value = figures.figure(middle["obs_value"], kpi, middle["last"], reader.ctx, first=middle["first"])
    return figures.sentence(_("median {group} {value}"), group=groups.short(reader, peers), value=value)


def _strip(reader: Reader, row: Row, middle: Row | None, name: str, peer_name: str) -> Markup:
    """The places of the country and of the middle of its peers, as an image with words."""
    ctx, theirs = reader.ctx, None if middle is None else middle["percentile"]
    said = _("{name}: percentile {p}").format(name=name, p=ctx.number(row["percentile"]))
    if not is_missing(theirs):
        said += "; " + _("median of {group}: {p}").format(group=peer_name, p=ctx.number(theirs))
    own = 0.0 if row["percentile"] is None else float(row["percentile"])  # entries have one
    picture = drawing(own, None if theirs is None or is_missing(theirs) else float(theirs), ctx.look)
    image = Markup(
        '<img class="spark" width="{}" height="{}" alt="{}" title="{}" src="data:image/svg+xml,{}">'
    )
    return image.format(WIDTH, HEIGHT, said, said, quote(picture))


def drawing(own: float, theirs: float | None, look: Look) -> str:
    """The SVG; own, theirs: percentiles."""
    middle = HEIGHT / 2
    parts = [
        f'<line x1="{PAD}" x2="{WIDTH - PAD}" y1="{middle}" y2="{middle}" stroke="{look.peers}"/>',
        *(f'<line x1="{x}" x2="{x}" y1="4" y2="12" stroke="{look.peers}"/>' for x in (PAD, WIDTH - PAD)),
    ]
    if theirs is not None:
        x = _x(theirs)
        parts.append(
            f'<path d="M{x - 5} {middle}L{x} {middle - 5}L{x + 5} {middle}L{x} {middle + 5}Z" '
            f'fill="{look.paper}" stroke="{look.ink}" stroke-width="1.6"/>'
        )
    parts.append(f'<circle cx="{_x(own)}" cy="{middle}" r="5" fill="{look.accent}"/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</svg>'


def _x(percentile: float) -> float:
    return round(PAD + (WIDTH - 2 * PAD) * percentile / 100, 1)
