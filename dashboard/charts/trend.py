"""A trend: the one line that matters in the accent colour, its peers in grey, names at the line ends."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from dashboard.charts import figures, gaps, marks, scales
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Drawing, Trace, scatter

LABEL = 16  # pixels between two labels
LONGEST = 30  # characters of a name at a line end
WIDEST = 39  # of name and value there
BREAK = "B"  # SDMX obs_status: break in the series
SIZES = {"focus": 6, "series": 7}  # of the marks of a line by its role, pixels
Row = tuple[int, float, object]  # year, value, obs_status
Pen = tuple[str, float, str]  # colour, width, dash
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
# Ten areas side by side differ in their marks too; a cross is a break.
MARKS = (
    "circle", "square", "diamond", "triangle-up", "triangle-down",
    "circle-open", "square-open", "diamond-open", "triangle-up-open", "triangle-down-open",
)  # fmt: skip
SIGNS = "●■◆▲▼○□◇△▽"  # of MARKS, in a legend
CLOSE = 5  # pixels that a label may be moved without a connector to its line
BESIDE, CONNECTED = 10, 26  # pixels from the end of a line to a label without and with a connector
EDGES = 50  # pixels of a chart's height that are none of its axis


@dataclass(frozen=True)
class Line:
    """How one area is drawn. role: focus (accent), peer (grey), median (dotted) or series (own colour).

    brief: stands at the end of the line where the name is too long, as the letters of a group; "": the name,
    cut.
    """

    id: str
    name: str
    role: str = "peer"
    brief: str = ""

    def within(self, most: int) -> str:
        """What stands at the end of the line, in `most` characters."""
        if len(self.name) <= most:
            return self.name
        return marks.shortened(self.brief or self.name, most)


def figure(table: pd.DataFrame, lines: list[Line], kpi: KpiView, ctx: Context, *, height: int = 320) -> Chart:
    """Lines over the years.

    table: id, time_period, obs_value, obs_status; one row per line and year. A gap longer than the KPI's
    usual step interrupts the line, and fine dots lead across it; a break in the series (obs_status B) starts
    a new piece of the line and is marked with a cross.
    """
    fig, points = ctx.drawing(height), by_line(table)
    fig.fill()
    fig.put_beside(lines=scales.offered(points, kpi))
    ends: list[tuple[Line, float, float, str]] = []
    traces: list[Trace] = []
    for line in sorted(lines, key=lambda line: line.role == "focus"):
        if line.id not in points:
            continue
        pen = _pen(line, lines.index(line), ctx)
        drawn = course(points[line.id], line, kpi, ctx, pen, _mark(line, lines))
        traces += of_line(line.id, drawn, short=line.within(LONGEST))
        year, value, _status = points[line.id][-1]
        ends.append((line, float(year), value, pen[0]))
    fig.add_traces(traces)
    if ends and not ctx.narrow:
        _label(fig, ends, table, kpi, ctx, height)
    years = table.dropna(subset=["obs_value"])["time_period"]
    if not years.empty:
        span = [int(years.min()), int(years.max())]
        ticks = sorted({int(year) for year in years})
        fig.update_xaxes(
            range=[span[0] - 0.3, span[1] + 0.3],
            showgrid=False,
            tickvals=named_years(ticks, 6 if ctx.narrow else 8),
            tickformat="d",
            automargin=True,
        )
    fig.update_yaxes(title={"text": kpi.unit}, automargin=True, nticks=6)
    return fig.chart()


def of_line(line: str, traces: list[Trace], **more: str) -> list[Trace]:
    """The traces with the id of the line they belong to, as `static/scales.js` reads it.

    more: `short`, its name in a label where a scale is drawn anew.
    """
    meta = {"line": line, **more}
    return [{**trace, "meta": meta} for trace in traces]


def course(
    rows: list[Row], line: Line, kpi: KpiView, ctx: Context, pen: Pen, mark: str = "circle"
) -> list[Trace]:
    """One line, interrupted at its gaps, with fine dots across them."""
    return [*gaps.dots(_gaps(rows, kpi), pen[0]), _piece(rows, line, kpi, ctx, pen, mark)]


def by_line(table: pd.DataFrame) -> dict[str, list[Row]]:
    """Year, value and status of each line, years ascending; missing values left out."""
    rows = table.dropna(subset=["obs_value"]).sort_values("time_period", kind="stable")
    points: dict[str, list[Row]] = {}
    for line, year, value, status in zip(
        rows["id"], rows["time_period"], rows["obs_value"], rows["obs_status"], strict=True
    ):
        points.setdefault(line, []).append((int(year), float(value), status))
    return points


def _gaps(rows: list[Row], kpi: KpiView) -> list[tuple[gaps.Point, gaps.Point]]:
    """Value before and value after each gap; none where the series breaks, as nothing leads across."""
    at = {year: (value, status) for year, value, status in rows}
    pairs = gaps.between([year for year, _value, _status in rows], kpi.usual_step)
    return [((a, at[a][0]), (b, at[b][0])) for a, b in pairs if at[b][1] != BREAK]


def named_years(ticks: list[int], most: int) -> list[int]:
    """Of years in rising order those that the axis names: the last, and before it as many as do not touch."""
    least, named = (ticks[-1] - ticks[0]) / most, ticks[-1:]
    for year in reversed(ticks):
        if named[0] - year >= max(least, 1):
            named.insert(0, year)
    return named


def _pen(line: Line, number: int, ctx: Context) -> Pen:
    if line.role == "focus":
        return ctx.look.accent, 3.5, "solid"
    if line.role == "median":
        return ctx.look.ink, 2, "dot"
    if line.role == "series":
        return ctx.look.series[number % len(ctx.look.series)], 2.5, DASHES[number % len(DASHES)]
    return ctx.look.peers, 1.5, "solid"


def _mark(line: Line, lines: list[Line]) -> str:
    """The shape of a line's marks: its own among areas side by side."""
    return MARKS[lines.index(line) % len(MARKS)] if line.role == "series" else MARKS[0]


def _piece(rows: list[Row], line: Line, kpi: KpiView, ctx: Context, pen: Pen, mark: str) -> Trace:
    colour, width, dash = pen
    years: list[float | None] = []
    values: list[float | None] = []
    tooltips: list[str] = []
    crosses: list[str] = []
    after = {end: start for start, end in gaps.between([row[0] for row in rows], kpi.usual_step)}
    for year, value, status in rows:
        broken = status == BREAK
        if (broken or year in after) and years:
            years.append(None)
            values.append(None)
            tooltips.append("")
            crosses.append(mark)
        years.append(year)
        values.append(value)
        note = f"<br>{ctx.t('break in the series')}" if broken else ""
        note += f"<br>{gaps.since(after[year], ctx)}" if year in after else ""
        tooltips.append(f"{ctx.value(value, kpi)}{note}")
        crosses.append("x" if broken else mark)
    return scatter(
        name=line.name,
        x=years,
        y=values,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": width, "dash": dash},
        marker={"size": SIZES.get(line.role, 4), "symbol": crosses, "color": colour},
        customdata=tooltips,
        hovertemplate=f"<b>{line.name}</b> %{{x:d}}: %{{customdata}}<extra></extra>",
    )


def _label(
    fig: Drawing,
    ends: list[tuple[Line, float, float, str]],
    table: pd.DataFrame,
    kpi: KpiView,
    ctx: Context,
    height: int,
) -> None:
    """Names at the line ends, pushed apart so that none covers another."""
    values = table["obs_value"].dropna()
    pad = (values.max() - values.min() or abs(values.max()) or 1) * 0.06
    low, high = values.min() - pad, values.max() + pad
    fig.update_yaxes(range=[low, high])
    longest = 0
    labels = []
    for line, year, value, colour in ends:
        strong = line.role in ("focus", "series")
        end = figures.words if figures.old(kpi, year, ctx) else _undated
        text = _fitted(line, end(value, kpi, year, ctx))
        longest = max(longest, len(text))
        words = f"<b>{text}</b>" if strong else text
        labels.append(End(line.id, words, year, value, colour if strong else ctx.look.muted))
    fig.add_annotations(end_labels(labels, (low, high), height))
    fig.update_layout(margin={"r": min(20 + CONNECTED - BESIDE + longest * 7, 290), "b": 28})


@dataclass(frozen=True)
class End:
    """The label at the end of a line, and where the line ends."""

    id: str
    text: str
    year: float
    value: float
    colour: str


def end_labels(ends: list[End], span: tuple[float, float], height: int) -> list[dict[str, object]]:
    """Labels moved apart so that none covers another, those moved far connected with the ends of their lines.

    span: value at the foot and at the head of the axis. The browser does the same for another height.
    """
    foot, head = span
    places = [(end.value - foot) / (head - foot) * (height - EDGES) for end in ends]
    moved_to = spread(places, LABEL, height - EDGES)
    shifts = [moved - place for moved, place in zip(moved_to, places, strict=True)]
    beside = CONNECTED if any(abs(shift) > CLOSE for shift in shifts) else BESIDE
    return [_end_label(end, shift, beside) for end, shift in zip(ends, shifts, strict=True)]


def _end_label(end: End, shift: float, beside: int) -> dict[str, object]:
    """shift: pixels that the label is moved up; beside: from the line's end."""
    connector = {"showarrow": True, "ax": beside, "ay": -shift, "xshift": 0, "yshift": 0}
    close = {"showarrow": False, "xshift": beside, "yshift": shift}
    return {
        "name": f"end:{end.id}",
        "x": end.year,
        "y": end.value,
        "xanchor": "left",
        "yanchor": "middle",
        "text": end.text,
        "font": {"color": end.colour, "size": 13},
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": end.colour,
        "standoff": 5,
    } | (connector if abs(shift) > CLOSE else close)


def _undated(value: float, kpi: KpiView, _year: float, ctx: Context) -> str:
    """A fresh value; its year stands on the axis."""
    return ctx.value(value, kpi)


def _fitted(line: Line, value: str) -> str:
    """Name and value; the name is made short where it is long, or where both would not fit the margin."""
    most = min(LONGEST, max(WIDEST - len(value), LONGEST // 2))
    return f"{line.within(most)} {value}"


def spread(places: list[float], gap: float, top: float = float("inf")) -> list[float]:
    """Places moved as little as one pass needs so that neighbours keep `gap`; same order as given.

    Where they fit, all stay between 0 and `top`.

    >>> spread([20, 21, 50], 10)
    [15.5, 25.5, 50.0]
    """
    order = sorted(range(len(places)), key=lambda at: places[at])
    clusters: list[tuple[float, list[int]]] = []
    for at in order:
        centre, members = float(places[at]), [at]
        while clusters and centre - _half(members, gap) < clusters[-1][0] + _half(clusters[-1][1], gap) + gap:
            before, others = clusters.pop()
            centre = (before * len(others) + centre * len(members)) / (len(others) + len(members))
            members = others + members
        clusters.append((centre, members))
    result = [0.0] * len(places)
    for centre, members in clusters:
        for step, at in enumerate(members):
            result[at] = centre + (step - (len(members) - 1) / 2) * gap
    ceiling = top
    for at in reversed(order):
        result[at] = min(result[at], ceiling)
        ceiling = result[at] - gap
    floor = 0.0
    for at in order:
        result[at] = max(result[at], floor)
        floor = result[at] + gap
    return result


def legend(table: pd.DataFrame, lines: list[Line], kpi: KpiView, ctx: Context) -> str:
    """The lines by name with their last values, as HTML: for a narrow chart that has no room for them.

    Peers are drawn alike, so they share an item, the highest first.
    """
    points = by_line(table)
    present = [line for line in lines if line.id in points]
    items = [_legend_item(line, lines, [line], points, kpi, ctx) for line in present if line.role != "peer"]
    peers = sorted(
        (line for line in present if line.role == "peer"), key=lambda line: -points[line.id][-1][1]
    )
    if peers:
        items.append(_legend_item(peers[0], lines, peers, points, kpi, ctx))
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(items))


def _legend_item(
    like: Line, lines: list[Line], named: list[Line], points: dict[str, list[Row]], kpi: KpiView, ctx: Context
) -> Markup:
    """A list item: the pen of a line, and the lines that are drawn so, with their last values."""
    number = lines.index(like)
    colour, _width, dash = _pen(like, number, ctx)
    style = "solid" if dash == "solid" else "dotted" if dash == "dot" else "dashed"
    pen = f"height:0;border:0;border-top:3px {style} {colour};vertical-align:.25em"
    sign = f"{SIGNS[number % len(SIGNS)]} " if like.role == "series" else ""
    last = {line.name: points[line.id][-1] for line in named}
    words = Markup("; ").join(
        Markup("{} {}").format(name, figures.figure(value, kpi, year, ctx))
        for name, (year, value, _status) in last.items()
    )
    return Markup('<li><i style="{}"></i>{}{}</li>').format(pen, sign, words)


def _half(members: list[int], gap: float) -> float:
    return (len(members) - 1) * gap / 2


def gap_note(table: pd.DataFrame, kpi: KpiView, ctx: Context) -> str:
    """What the fine dots across gaps mean, for the foot; empty where no line has a gap."""
    return gaps.note(kpi, ctx) if any(_gaps(rows, kpi) for rows in by_line(table).values()) else ""


def alt(table: pd.DataFrame, lines: list[Line], kpi: KpiView, ctx: Context) -> str:
    """The trend in words: first and last value of each line."""
    sentences, points = [], by_line(table)
    for line in sorted(lines, key=lambda line: line.role != "focus"):
        if line.id not in points:
            sentences.append(f"{line.name}: {ctx.t('no data')}")
            continue
        (since, first, _), (to, last, _) = points[line.id][0], points[line.id][-1]
        course = f"{ctx.value(first, kpi)} ({since}) – {figures.words(last, kpi, to, ctx)}"
        missed = gaps.between([row[0] for row in points[line.id]], kpi.usual_step)
        sentences.append(f"{line.name}: {course}{gaps.in_words(missed, ctx)}")
    return ctx.t("Trend of {kpi}. {lines}.").format(kpi=kpi.name, lines="; ".join(sentences))
