"""What is ahead of a country: targets of 2030, the forecast, what opens the next stage, actions and cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard.charts import forecast_words, progress_figures, progress_sentences, stage_words
from dashboard.charts import progress_words as verdicts
from dashboard.charts.scalars import Row, records
from dashboard.components.knowledge import reads as knowledge
from dashboard.components.language import text as _
from dashboard.documents import cells
from dashboard.documents.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Heading,
    Paragraph,
    Status,
    Table,
)
from dashboard.pictures import makers
from dashboard.pictures.model import Role
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from dashboard.reads.standing import MAIN
from kpis import stages
from kpis.stages import Profile

METHOD = "unsd"  # of the one column of verdicts, as the page Progress opens with
MOST_ACTIONS, MOST_CASES = 1, 2  # for each of the dimensions that come first
TONES: dict[str, Status] = {
    "met": "good", "on": "good", "fair": "middling", "slow": "middling",
    "still": "poor", "back": "poor", "past": "none", "open": "none",
}  # fmt: skip


def progress(reader: Reader, area: str) -> Iterator[Block]:
    """Whether each target is in reach by its year, in one column of verdicts; what asks for action first."""
    rows = data.progress(reader.warehouse, (area,), None)
    rows = rows[rows["method"] == METHOD]
    if rows.empty:
        return
    yield Heading(2, _("On the way to 2030"))
    yield Paragraph(progress_sentences.country(reader.area(area).name, rows, reader.ctx), "lead")
    by_verdict = [(verdicts.plain_verdict(row), row) for row in records(rows)]
    order = list(verdicts.PLAIN)
    by_verdict.sort(key=lambda pair: order.index(pair[0]))
    body = tuple(_target(reader, verdict, row) for verdict, row in by_verdict)
    yield Table(
        _("Verdict by the {method} method in plain words").format(method=verdicts.SHORT[METHOD]),
        (
            Column("KPI", width=3.2),
            Column(_("On track?"), width=1.8),
            Column(_("Last value"), "right", 1.3),
            Column(_("Year"), "right", 1.0),
            Column(_("Target"), "right", 1.3),
        ),
        body,
        _("No KPI with a target has a value."),
    )


def _target(reader: Reader, verdict: str, row: Row) -> tuple[Cell, ...]:
    kpi, ctx = reader.kpi(str(row["kpi"])), reader.ctx
    short = "" if verdict in ("past", "open") else progress_figures.thin(row, ctx)
    target = cells.value(row["target"], kpi, ctx)
    return (
        Cell(cells.title(kpi)),
        Cell(ctx.t(verdicts.PLAIN[verdict]), status=TONES[verdict], sub=short),
        cells.value(row["latest_value"], kpi, ctx),
        cells.year(row["latest_year"], kpi, ctx),
        replace(target, sub=str(int(row["target_year"]))),
    )


def forecast(reader: Reader, area: str, group: str) -> Iterator[Block]:
    """The main KPI beside its peers, the forecast as a fan and in sentences."""
    kpi = reader.kpis.get(MAIN)
    if kpi is None:
        return
    yield Heading(2, _("Behind and ahead"))
    rows = data.forecast(reader.warehouse, area).dropna(subset=["p50"])
    if not rows.empty:
        first = records(rows)[0]
        yield Paragraph(f"{forecast_words.in_short(first, reader.ctx)}.", "lead")
        n = data.country(reader.warehouse, area).set_index("kpi").at[MAIN, "n"]
        said = (
            forecast_words.as_today(first, reader.ctx),
            forecast_words.chance_of_rank(first, float(n), reader.ctx),
            forecast_words.chance_of_group(first, kpi, reader.ctx),
            forecast_words.others_move(first, reader.ctx),
        )
        yield Paragraph(" ".join(filter(None, said)))
    fan = makers.fan(reader, area, kpi)
    course = makers.trend(reader, kpi, *_course(reader, area, group))
    share = 0.5 if fan and course else 1.0
    if course is not None:
        yield Figure(course, share)
    if fan is not None:
        yield Figure(fan, share)
    elif rows.empty:
        yield Paragraph(_("No forecast: the last edition lacks an index of this country."))


def _course(reader: Reader, area: str, group: str) -> tuple[str, list[tuple[str, str, Role]]]:
    """Title and lines of the course: the country, the median of its peers, the median of the world."""
    name, peer_name = reader.area(area).name, reader.group(group).name
    title = _("{name} beside the median of {group}").format(name=name, group=peer_name)
    lines: list[tuple[str, str, Role]] = [(area, name, "focus")]
    for code, role in dict.fromkeys([(group, "median"), ("WORLD", "peer")]):
        if code not in [line for line, _name, _role in lines]:
            label = _("median of {group}").format(group=reader.group(code).name)
            lines.append((code, label, role))  # type: ignore[arg-type]  # of Role
    return title, lines


def gates(reader: Reader, profile: Profile) -> Iterator[Block]:
    """What opens the next stage: the fewest KPIs, the weakest dimension first."""
    yield Heading(2, _("What opens the next stage"))
    steps = stage_words.first_steps(profile)
    if steps.empty:
        assessed = profile.dimensions["stage"].notna().any()
        yield Paragraph(
            _("Every dimension with enough data stands at the highest stage.")
            if assessed
            else _("No dimension has enough data for a stage, so no next one can be named.")
        )
        return
    body = []
    for row in records(steps):
        gates = profile.gates[(profile.gates["dimension"] == row["dimension"]) & profile.gates["in_unlock"]]
        body += [_gate(reader, row, gate) for gate in records(gates)]
    if body:
        yield Paragraph(_nearest(body[0]), "lead")
    yield Table(
        _("The fewest KPIs that suffice; the weakest dimension first, then the nearest"),
        (
            Column(_("Dimension"), width=1.6),
            Column(_("Step"), width=1.9),
            Column("KPI", width=2.6),
            Column(_("Value"), "right", 1.0),
            Column(_("Year"), "right", 0.9),
            Column(_("Bar"), "right", 1.0),
        ),
        tuple(body),
        _("No KPI is left to raise."),
    )


def _nearest(row: tuple[Cell, ...]) -> str:
    """The first of the gates in a sentence. row: as of `_gate`."""
    dimension, _way, kpi, value, year, bar = row
    text = _("First: {kpi}, from {value} ({year}) to {bar}, opens the next stage of {dimension}.")
    return text.format(
        kpi=kpi.text,
        value=value.text,
        year=year.text,
        bar=bar.text,
        dimension=stage_words.inside(dimension.text),
    )


def _gate(reader: Reader, step: Row, gate: Row) -> tuple[Cell, ...]:
    kpi, ctx = reader.kpi(str(gate["kpi"])), reader.ctx
    return (
        Cell(reader.dimensions[str(step["dimension"])]),
        Cell(stage_words.step(step, ctx)),
        cells.name(kpi),
        cells.value(gate["value"], kpi, ctx),
        cells.year(gate["time_period"], kpi, ctx),
        cells.value(gate["bar"], kpi, ctx),
    )


def actions(reader: Reader, profile: Profile) -> Iterator[Block]:
    """For what opens the next stage: an action each, and cases by name that did just this or stand near."""
    items: dict[str, None] = {}
    for row in records(stage_words.first_steps(profile)):
        for kpi_id in row["unlock"][:1]:
            items |= dict.fromkeys(_help(reader, profile.area, row, str(kpi_id)))
    if items:
        yield Heading(2, _("Actions and cases"))
        yield Bullets(tuple(items))


def _help(reader: Reader, area: str, step: Row, kpi_id: str) -> Iterator[str]:
    """Actions that move a KPI of a dimension to the next stage, then cases."""
    wh, lang, dimension = reader.warehouse, reader.lang, str(step["dimension"])
    stage = stages.STAGES[int(step["next_stage"])]
    actions = knowledge.actions_for_gate(lang, kpi_id, dimension, stage)
    own = actions[actions["for_kpi"] == kpi_id]
    for action in records((own if len(own) else actions).head(MOST_ACTIONS)):
        kind = reader.kpi(kpi_id).name if len(own) else reader.dimensions[dimension]
        yield f"{kind}: {action['action']} ({action['typical_duration']})"
    cases = knowledge.for_gate(wh, lang, kpi_id, dimension, stage, area, MOST_CASES)
    for case in records(cases):
        yield _case(reader, case)


def _case(reader: Reader, case: Row) -> str:
    """A case by name and country; what it is an example of where that is an action that moves the KPI."""
    doubt = "" if case["verified"] else f" ({_('not verified')})"
    where = reader.area_names.get(case["country_iso3"], case["country_iso3"])
    text = _("Example: {name}, {country}{doubt}") if case["example"] else _("Case: {name}, {country}{doubt}")
    return text.format(name=case["name"], country=where, doubt=doubt)
