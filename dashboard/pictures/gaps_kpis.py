"""Pictures of the tables of a country's gaps: which years it has, and who could fill what is missing."""

from __future__ import annotations

from dashboard.charts import coverage_words
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.pictures.around import about
from dashboard.pictures.model import Bar, Matrix, Picture, Ranking
from dashboard.reads import filling
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

YEARS, STEPS = 12, 5  # columns; classes of a cell


def of_country(reader: Reader, area: str, view: str) -> Picture:
    """The view "kpis" or "next"."""
    return years(reader, area) if view == "kpis" else next_steps(reader, area)


def years(reader: Reader, area: str) -> Matrix:
    """Dimensions × years: how many KPIs hold a value of that year, darker the larger their share."""
    ctx, of = reader.ctx, data.country(reader.warehouse, area).set_index("kpi")["dimension"]
    held = data.trends(reader.warehouse, area).dropna(subset=["obs_value"])
    held = held.assign(dimension=held["kpi"].map(of), time_period=held["time_period"].astype(int))
    last = int(held["time_period"].max()) if len(held) else ctx.as_of
    shown = range(last - YEARS + 1, last + 1)
    counts = held.groupby(["dimension", "time_period"])["kpi"].nunique()
    size = of.value_counts()
    names = coverage_words.dimensions(reader.dimensions, ctx)
    labels = {name: label for name, label in names.items() if name in size.index}
    cells = tuple(
        tuple(_cell(reader, int(counts.get((name, year), 0)), int(size[name])) for year in shown)
        for name in labels
    )
    rows = data.country(reader.warehouse, area)
    old = int(coverage_words.is_old(rows).sum())
    title = coverage_words.country_sentence(
        reader.area(area).name, int(rows["obs_value"].notna().sum()), old, len(rows), ctx
    )
    said = "; ".join(
        f"{label}: " + ", ".join(f"{year} {cell[0]}" for year, cell in zip(shown, line, strict=True))
        for label, line in zip(labels.values(), cells, strict=True)
    )
    n = _("n = {n} KPIs").format(n=ctx.number(len(of)))
    return Matrix(
        about(reader, title, _("KPIs with a value of that year, by dimension"), f"{title} {said}.", n),
        tuple(labels.values()),
        tuple(str(year) for year in shown),
        cells,
        STEPS,
    )


def _cell(reader: Reader, count: int, size: int) -> tuple[str, int | None]:
    return reader.ctx.number(count), min(int(STEPS * count / size), STEPS - 1) if count else None


def next_steps(reader: Reader, area: str) -> Ranking:
    """How many gaps could be filled by whom."""
    rows = filling.gaps(reader, area, usual_group(reader, area))
    labels = {
        "others": _("Other States have a fresh value"),
        "parts": _("Computed from other KPIs"),
        "nobody": _("Nobody has a fresh value"),
        "no_source": _("No source in use has any value"),
    }
    counts = {who: int((rows["who"] == who).sum()) for who in filling.WHO}
    bars = tuple(
        Bar(labels[who], float(count), reader.ctx.number(count), "focus" if who == "others" else "peer")
        for who, count in counts.items()
    )
    name = reader.area(area).name
    title = _("What would fill the {n} gaps of {name}").format(n=reader.ctx.number(len(rows)), name=name)
    said = "; ".join(f"{bar.name}: {bar.label}" for bar in bars)
    n = _("n = {n} KPIs").format(n=reader.ctx.number(len(data.country(reader.warehouse, area))))
    unit = _("KPIs without a value or with an old one, and who could change that")
    return Ranking(about(reader, title, unit, f"{title}. {said}.", n), bars)
