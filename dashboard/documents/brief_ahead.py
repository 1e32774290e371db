"""What is ahead of a country: targets of 2030, the forecast, what opens the next stage, actions and cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard.charts import figures, forecast_words, progress_figures, progress_sentences, stage_words
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
from dashboard.reads.standing import MAIN, latest_value
from kpis import stages
from kpis.stages import Profile

METHOD = "unsd"  # of the one column of verdicts, as the page Progress opens with
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
    yield Paragraph(progress_sentences.country(reader.area(area).name, rows, reader.ctx))
    by_verdict = [(verdicts.plain_verdict(row), row) for row in records(rows)]
    order = list(verdicts.PLAIN)
    by_verdict.sort(key=lambda pair: order.index(pair[0]))
    years = {int(row["target_year"]) for row in records(rows)}
    year = years.pop() if len(years) == 1 else None
    yield Table(
        _("Off track, by the {method} method in plain words").format(method=verdicts.SHORT[METHOD]),
        (
            Column("KPI", width=3.6),
            Column(_("On track?"), width=2.0),
            Column(_("Last value"), "right", 1.2),
            Column(_("Year"), "right", 1.0),
            Column(f"{_('Target')}, {year}" if year else _("Target"), "right", 1.2),
        ),
        tuple(_target(reader, verdict, row, year) for verdict, row in by_verdict if verdict in verdicts.OFF),
        _("No target that can be assessed is off track."),
    )
    if others := _others(reader, by_verdict):
        yield Paragraph(others, "note")


def _target(reader: Reader, verdict: str, row: Row, year: int | None) -> tuple[Cell, ...]:
    """A KPI with its verdict; year: of the targets of all, None where each has its own."""
    kpi, ctx = reader.kpi(str(row["kpi"])), reader.ctx
    target = cells.value(row["target"], kpi, ctx)
    return (
        Cell(cells.title(kpi)),
        Cell(ctx.t(verdicts.PLAIN[verdict]), status=TONES[verdict], sub=progress_figures.thin(row, ctx)),
        cells.value(row["latest_value"], kpi, ctx),
        cells.year(row["latest_year"], kpi, ctx),
        target if year else replace(target, sub=str(int(row["target_year"]))),
    )


def _others(reader: Reader, by_verdict: list[tuple[str, Row]]) -> str:
    """The targets that are not off track, by their verdict, each with its last value."""
    parts = []
    for verdict in [code for code in verdicts.PLAIN if code not in verdicts.OFF]:
        kpis = [_last(reader, row) for code, row in by_verdict if code == verdict]
        if kpis:
            word = reader.ctx.t(verdicts.PLAIN[verdict])
            parts.append(f"{word[:1].upper()}{word[1:]}: {'; '.join(kpis)}.")
    return " ".join(parts)


def _last(reader: Reader, row: Row) -> str:
    kpi = reader.kpi(str(row["kpi"]))
    said = figures.words(row["latest_value"], kpi, row["latest_year"], reader.ctx)
    return f"{cells.title(kpi)}, {said}"


def forecast(reader: Reader, area: str, group: str) -> Iterator[Block]:
    """The main KPI beside its peers, the forecast as a fan and in sentences."""
    kpi = reader.kpis.get(MAIN)
    if kpi is None:
        return
    yield Heading(2, _("Behind and ahead"))
    rows = data.forecast(reader.warehouse, area).dropna(subset=["p50"])
    if not rows.empty:
        first = records(rows)[0]
        n = float(latest_value(reader, area, MAIN)["n"])
        if chance := forecast_words.chance_of_rank(first, n, reader.ctx):
            yield Paragraph(chance)
        said = (
            forecast_words.as_today(first, reader.ctx),
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
        yield Paragraph(_nearest(body[0]))
    yield Table(
        _("The fewest KPIs that suffice; the weakest dimension first, then the nearest"),
        (
            Column(_("Dimension"), width=1.4),
            Column(_("Step"), width=2.45),
            Column("KPI", width=3.6),
            Column(_("Value"), "right", 0.8),
            Column(_("Year"), "right", 0.8),
            Column(_("Bar"), "right", 0.75),
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
        cells.name(kpi, indices=False),
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
    """An action that moves a KPI of a dimension to the next stage, and a case."""
    wh, lang, dimension = reader.warehouse, reader.lang, str(step["dimension"])
    stage = stages.STAGES[int(step["next_stage"])]
    actions = knowledge.actions_for_gate(lang, kpi_id, dimension, stage)
    own = actions[actions["for_kpi"] == kpi_id]
    subject = reader.kpi(kpi_id).name if len(own) else reader.dimensions[dimension]
    cases = [
        _case(reader, case)
        for case in records(knowledge.for_gate(wh, lang, kpi_id, dimension, stage, area, 1, reader.further))
    ]
    for action in records((own if len(own) else actions).head(1)):
        said = f"{subject}: {action['action']} ({action['typical_duration']})."
        yield " ".join([said, *cases])


def _case(reader: Reader, case: Row) -> str:
    """A case by name and country; what it is an example of where that is an action that moves the KPI."""
    doubt = "" if case["verified"] else f" ({_('not verified')})"
    where = reader.area_names.get(case["country_iso3"], case["country_iso3"])
    text = (
        _("Example: {name}, {country}{doubt}.") if case["example"] else _("Case: {name}, {country}{doubt}.")
    )
    return text.format(name=case["name"], country=where, doubt=doubt)
