"""The pictures of the page Stages: a country's ladder and history, the stages of a group, who moved."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts import stage_flow, stage_moves, stage_sentences, stage_words
from dashboard.charts.scalars import is_missing, records, whole
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.pictures import makers
from dashboard.pictures.around import about, alone
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import Bar, Ladder, Matrix, Picture, Ranking
from dashboard.reads import shared as data
from dashboard.reads import stage_moves as reads
from dashboard.reads.reader import Reader
from kpis.errors import RequestError

START = "LDC"  # of which group the page speaks while no country is chosen
ROWS, FEW = 16, 8  # of a matrix that can be read on a slide; of one with room for the names of stages
YEARS, SPAN = 12, 5  # of a history; between the two of who moved


def picture(asked: Asked) -> Picture:
    """The view of the address, and of it the chart that it names."""
    reader, area = asked.reader, asked.country()
    years = data.stage_years(reader.warehouse)
    view = asked.one("show", ["ladder", "matrix", "moves"], "ladder" if area else "matrix")
    group = asked.group(usual_group(reader, area) if area else START, "peers")
    if not years:
        raise RequestError("no country has a stage yet: too few figures are held.")
    if view == "moves":
        return _moves(asked, group, years)
    if area and view == "ladder":
        is_ladder = asked.chart("ladder", "stage_history") == "ladder"
        return ladder(reader, area) if is_ladder else history(reader, area)
    asked.chart("stage_matrix")
    return matrix(reader, group)


def _moves(asked: Asked, group: str, years: list[int]) -> Picture:
    """The flow from stage to stage, or rises and falls by dimension, between two years."""
    end = asked.number("to", years[1:][::-1], years[-1])
    starts = [year for year in reversed(years) if year < end]
    usual = max(years[0], end - SPAN)
    start = asked.number("from", starts, usual if usual in starts else starts[0])
    dimension = asked.one("dimension", list(asked.reader.dimensions), reads.WHOLE)
    if asked.chart("stage_flow", "stage_moves") == "stage_flow":
        return flow(asked.reader, group, (start, end), dimension)
    return moves(asked.reader, group, (start, end))


def flow(reader: Reader, group: str, span: tuple[int, int], dimension: str) -> Matrix:
    """How many countries went from which stage to which; who stayed stands on the diagonal."""
    ctx, both = reader.ctx, reads.of_group(reader, group, span, dimension)
    held = both[both["change"].eq(0) | reads.confirmed(both)]
    bands = stage_flow.flows(held)
    counts = {(row["stage_from"], row["stage_to"]): int(row["n"]) for row in records(bands)}
    stages = range(len(stage_words.names(ctx)))
    rows = list(reversed(stages))
    cells = tuple(
        tuple(_flow_cell(reader, counts.get((one, to), 0), one, to) for to in stages) for one in rows
    )
    n = _(
        "n = {n} countries. Left out, because only other KPIs having data explain their change: {k}."
    ).format(n=ctx.number(len(held)), k=ctx.number(len(both) - len(held)))
    title = stage_flow.title(bands, reader.dimensions[dimension], ctx)
    unit = _("Countries by stage in {start} (rows) and {end} (columns); ▲ rose, ▼ fell").format(
        start=span[0], end=span[1]
    )
    foot = _("Stages by Escala, methodology of the Centre")
    return Matrix(
        about(reader, title, unit, stage_flow.alt(bands, span, ctx), foot, n),
        tuple(f"{span[0]}: {stage_words.numbered(stage, ctx)}" for stage in rows),
        tuple(f"{span[1]}: {stage_words.numbered(stage, ctx)}" for stage in stages),
        cells,
    )


def _flow_cell(reader: Reader, count: int, one: int, to: int) -> tuple[str, int | None]:
    """A number of countries with its direction, in the shade of the stage that they have come to."""
    if not count:
        return "", None
    sign = "▲ " if to > one else "▼ " if to < one else ""
    return f"{sign}{reader.ctx.number(count)}", to


def moves(reader: Reader, group: str, span: tuple[int, int]) -> Ranking:
    """Rises and falls by dimension on the KPIs with data in both years."""
    ctx, labels = reader.ctx, reader.dimensions
    both = reads.of_group(reader, group, span, None)
    counts = stage_moves.counts(both[reads.confirmed(both)], [name for name in labels if name != reads.WHOLE])
    left_out = int((both["change"].ne(0) & ~reads.confirmed(both)).sum())
    n = _(
        "n = {n} stages known in both years. Left out, because only other KPIs having data explain them: {k}."
    ).format(n=ctx.number(len(both)), k=ctx.number(left_out))
    bars = tuple(
        Bar(
            labels[str(row["dimension"])],
            float(row["up"]),
            f"▲ {ctx.number(row['up'])}" if row["up"] else "",
            "up",
            float(row["down"]),
            f"▼ {ctx.number(row['down'])}" if row["down"] else "",
        )
        for row in records(counts)
    )
    unit = _("Countries that rose (▲) or fell (▼), by dimension, on the KPIs with data in both years")
    years = f"{span[0]}–{span[1]}"
    title, alt = stage_moves.title(counts, labels, ctx), stage_moves.alt(counts, labels, ctx)
    foot = _("Stages by Escala, methodology of the Centre")
    return Ranking(about(reader, title, f"{unit}, {years}", alt, foot, n), bars)


def history(reader: Reader, area: str) -> Matrix:
    """The stage of each dimension in the last years; "?" where it is in doubt, "–" without enough data."""
    rows, labels = reads.history(reader.warehouse, area), reader.dimensions
    years = sorted(int(year) for year in rows["time_period"].unique())[-YEARS:]
    held = {(row["dimension"], int(row["time_period"])): row for row in records(rows)}
    shown = [name for name in labels if (name, years[-1]) in held]
    cells = tuple(tuple(_history_cell(held.get((name, year))) for year in years) for name in shown)
    said = "; ".join(
        f"{labels[name]}: " + ", ".join(f"{year} {cell[0]}" for year, cell in zip(years, line, strict=True))
        for name, line in zip(shown, cells, strict=True)
    )
    title = _("{name}: stages since {year}").format(name=reader.area(area).name, year=years[0])
    return Matrix(
        about(
            reader,
            title,
            _("Stage by the two-thirds rule; a change may come from another KPI having data"),
            f"{title}. {said}.",
            _("Stages by Escala, methodology of the Centre"),
            _("With the values and bars of today, also for past years."),
            _("?: in doubt; –: too little data"),
        ),
        tuple(labels[name] for name in shown),
        tuple(str(year) for year in years),
        cells,
    )


def _history_cell(row: dict[str, object] | None) -> tuple[str, int | None]:
    if row is None or is_missing(row["stage"]):
        return "–", None
    stage, doubt = whole(row["stage"]), row["in_doubt"]
    return f"{stage + 1}{'?' if not is_missing(doubt) and bool(doubt) else ''}", stage


def ladder(reader: Reader, area: str) -> Ladder:
    """The stage of each dimension, and what opens the next."""
    profile = data.stage_profile(reader.warehouse, area)
    drawn = makers.ladder(reader, profile)
    held = profile.gates.dropna(subset=["value"])
    n = _("n = {n} of {all} KPIs").format(
        n=reader.ctx.number(len(held)), all=reader.ctx.number(len(profile.gates))
    )
    title = stage_words.standing(reader.area(area).name, profile, reader.dimensions, reader.ctx)
    return alone(drawn, reader, title, _("Stages by Escala, methodology of the Centre"), n)


def matrix(reader: Reader, group: str) -> Matrix:
    """Countries × dimensions; of a large group how many countries stand at each stage of each dimension."""
    ctx, name = reader.ctx, reader.group(group).name
    year = data.stage_years(reader.warehouse)[-1]
    cells = makers.by_stage(data.stage_matrix(reader.warehouse, group, year), reader.area_names)
    title = stage_sentences.group(name, cells, reader.dimensions, ctx)
    unit = f"{name} · " + _("Stage of each dimension, {year}").format(year=year)
    if len(cells) <= ROWS:
        drawn = numbered(makers.stage_matrix(reader, cells, title, unit), reader)
    else:
        drawn = makers.stage_counts(reader, cells, title, unit)
    n = _("n = {n} countries").format(n=ctx.number(len(cells)))
    foot = _("Stages by Escala, methodology of the Centre")
    return alone(drawn, reader, title, foot, n)


def numbered(matrix: Matrix, reader: Reader) -> Matrix:
    """Many rows with numbers for stages, which the unit line names: names would be too small to read."""
    if len(matrix.rows) <= FEW:
        return matrix
    names = (stage_words.numbered(stage, reader.ctx) for stage in range(len(stage_words.names(reader.ctx))))
    unit = f"{matrix.about.unit}: {', '.join(names)}"
    cells = tuple(
        tuple((said if at is None else str(at + 1), at) for said, at in row) for row in matrix.cells
    )
    return replace(matrix, about=replace(matrix.about, unit=unit), cells=cells)
