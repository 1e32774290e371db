"""The picture of the page Cases: in which countries the cases of a search are."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.charts import case_map
from dashboard.charts.scalars import records
from dashboard.components.knowledge import reads, words
from dashboard.components.language import text as _
from dashboard.components.takeaway import BOUNDARIES
from dashboard.pictures.around import about
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import WorldMap
from kpis.errors import RequestError
from kpis.links.sdg import target_order
from kpis.stages import STAGES

CLASSES = (1, 2, 4, 8)  # cases from which the next shade begins
FILTERS = ("theme", "channel", "stage", "dimension", "target", "level", "verified")


def picture(asked: Asked) -> WorldMap:
    """Countries by number of cases. Raises RequestError for lists, a single case, and where none fits."""
    reader, ctx, area = asked.reader, asked.reader.ctx, asked.country()
    view = asked.one("show", ["list", "table", "map"], "list")
    active = _filters(asked)
    query, group = asked.store.free("q"), asked.group()
    asked.chart("cases_map")
    if view != "map" or any(asked.store.values.get(name) for name in ("case", "gate")):
        raise RequestError(
            "of 'cases' only the map has a picture: add show=map, and take case= and gate= out."
        )
    if group != "WORLD":
        active["group"] = group
    matches = reads.search(reader.warehouse, reader.lang, query, reader.further, **active)
    table = case_map.counts(matches, reader.areas)
    if table.empty:
        raise RequestError("no case fits this search, so there is no map to draw.")
    classes = [sum(row["n"] >= least for least in CLASSES) - 1 for row in records(table)]
    ends = [*(least - 1 for least in CLASSES[1:]), int(table["n"].max())]
    labels = [
        _range(least, end, classes.count(at), ctx.number)
        for at, (least, end) in enumerate(zip(CLASSES, ends, strict=True))
    ]
    most = max(classes)
    note = _("n = {n} cases. A country without a mark has no case here; that does not mean it has none.")
    return WorldMap(
        about(
            reader,
            case_map.title(table, ctx),
            _("Number of cases by country"),
            case_map.alt(table, ctx),
            _(case_map.SOURCE),
            note.format(n=ctx.number(len(matches))),
            _(BOUNDARIES),
        ),
        tuple((str(row["ref_area"]), at) for row, at in zip(records(table), classes, strict=True)),
        tuple(labels[: most + 1]),
        "",
        (area,) if area else (),
        outside=_("no case here"),
    )


def _filters(asked: Asked) -> dict[str, reads.Codes]:
    """The filters of the address, each code one that the page offers."""
    cases = reads.all_cases(asked.reader.lang, asked.reader.further)
    allowed = {
        "theme": sorted(set(cases["theme"])),
        "channel": list(words.CHANNELS),
        "stage": list(STAGES),
        "dimension": [name for name in asked.reader.dimensions if name != "overall"],
        "target": sorted(set(cases["sdg_targets"].explode()), key=target_order),
        "level": list(words.LEVELS),
        "verified": ["yes", "no"],
    }
    chosen = {name: tuple(asked.store.many(name, allowed[name])) for name in FILTERS}
    return {name: codes[0] if name == "verified" else codes for name, codes in chosen.items() if codes}


def _range(least: int, end: int, count: int, number: Callable[[int], str]) -> str:
    """A class in words, with its countries: "2–3 (14)"."""
    said = number(least) if end <= least else f"{number(least)}–{number(end)}"
    return f"{said} ({number(count)})"
