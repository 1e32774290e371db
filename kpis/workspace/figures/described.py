"""Series of a table: KPIs of Escala, and series of one's own with unit, direction, target and gates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import pandas as pd

from kpis.intake.grid import Cell, Grid, Place, folded, tidy
from kpis.intake.layout import Table, read_layout
from kpis.intake.numbers import Mark, NumberReader
from kpis.matching import is_single_slip, near_miss
from kpis.messages import message
from kpis.texts import Text
from kpis.workspace.figures.cells import Codes, Factor
from kpis.workspace.figures.columns import OF_SERIES, find_columns, merit
from kpis.workspace.figures.model import GATES, SERIES_COLUMNS, SERIES_NUMBERS, Known, KpiFacts
from kpis.workspace.figures.problems import Problems

LONGEST = 120  # characters of an id or a name
_DIRECTIONS = {
    "higher": "higher", "lower": "lower", "context": "context", "mayor": "higher", "menor": "lower",
    "mas": "higher", "más": "higher", "menos": "lower", "mas alto": "higher", "más alto": "higher",
    "mas bajo": "lower", "más bajo": "lower", "ascendente": "higher", "descendente": "lower",
    "1": "higher", "-1": "lower", "+": "higher", "-": "lower",
    "contexto": "context", "ninguna": "context", "none": "context",
    "higher is better": "higher", "lower is better": "lower",
    "mayor es mejor": "higher", "menor es mejor": "lower",
}  # fmt: skip

NOT_KNOWN = Text(
    "'{series}' is no KPI of Escala. Did you mean {near}? If it is a series of your own, describe it in "
    "the sheet of series, or in the columns unit and direction."
)
NOT_DESCRIBED = Text(
    "'{series}' is read as a series of your own, without unit and direction. Describe it in the sheet of "
    "series, or below, so that it is ranked the right way round."
)
NO_SERIES = Text("A row with a value and no series. Add the id of the KPI or of your series.")
LONG_ID = Text(
    "The series '{series}…' has {n} characters; an id or name has at most {limit}. Is a cell misplaced?"
)
NO_DIRECTION = Text("'{cell}' is no direction. Write higher, lower or context.")
NO_KPI = Text("'{cell}' is no KPI of Escala.{near} Leave it empty for a series of your own.")
NEAR = Text(" Did you mean {name}?")
TWO_FACTS = Text("The series '{series}' has two values of {field}: '{one}' and '{other}'. Keep one.")
TWICE = Text("The series '{series}' stands in two rows of the sheet of series. Keep one.")
GATE_ORDER = Text(
    "The gates of '{series}' do not rise from enhanced to connected: {gates}. With the direction "
    "{direction} they must."
)
GATE_FALL = Text(
    "The gates of '{series}' do not fall from enhanced to connected: {gates}. With the direction "
    "{direction} they must."
)
BAD_YEAR = Text("'{cell}' is no year of a target. Write a year from {first} to {last}.")
BY_NAME = Text("'{series}' is read as the KPI {kpi}.")
FIRST_TARGET, LAST_TARGET = 2000, 2100


@dataclass
class Series:
    """What is known of the series of a table. facts: id → what is stated of it; by_name: folded → id."""

    known: Known
    facts: dict[str, dict[str, object]] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kpi in self.known.kpis.values():
            for name in (kpi.id, *kpi.names):
                self.by_name.setdefault(folded(name), kpi.id)

    def put(self, series: str, facts: Mapping[str, object]) -> None:
        """States something of a series; "" and missing state nothing."""
        stated = {role: value for role, value in facts.items() if not _is_blank(value)}
        self.facts.setdefault(series, {}).update(stated)
        if series not in self.known.kpis:
            self.by_name[folded(series)] = series
            if name := stated.get("name"):
                self.by_name.setdefault(folded(str(name)), series)

    def kpi_of(self, series: str) -> KpiFacts | None:
        """The KPI of Escala that a series is."""
        return self.known.kpis.get(str(self.facts.get(series, {}).get("kpi") or series))

    def direction(self, series: str) -> str:
        kpi = self.kpi_of(series)
        return str(self.facts.get(series, {}).get("direction") or (kpi.direction if kpi else "context"))


def _is_blank(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def of_sheet(grid: Grid, series: Series, decimal: Mark | None, problems: Problems) -> None:
    """Reads a table of series: a row for each, with any of `OF_SERIES`."""
    table = read_layout(grid, lambda cells: merit(cells, ()), 2)
    columns = find_columns(table, {}, {})
    at = columns.at("series")
    if at is None:
        return
    roles = {role: columns.roles[role] for role in OF_SERIES if role in columns.roles}
    if (
        "name" not in roles and "area_name" in columns.roles
    ):  # a heading "name" alone, in a table without areas
        roles["name"] = columns.roles["area_name"]
    seen: dict[str, int] = {}
    for row in table.rows:
        code = table.text(row, at)
        if not code:
            continue
        if code in seen:
            problems.add(message(TWICE, series=code), [seen[code], row.number], table.headings[at], code)
            continue
        seen[code] = row.number
        cells = {role: (table.headings[place], table.cell(row, place)) for role, place in roles.items()}
        series.put(
            series.by_name.get(folded(code), code),
            _facts(cells, row.number, code, table, series, decimal, problems),
        )


def _facts(
    cells: Mapping[str, tuple[str, Cell]],
    row: int,
    label: str,
    table: Table,
    series: Series,
    decimal: Mark | None,
    problems: Problems,
) -> dict[str, object]:
    """What the cells of a row state of a series, by role; what is wrong is a problem and states nothing."""
    facts: dict[str, object] = {}
    for role, (heading, cell) in cells.items():
        if tidy(cell) == "":
            continue
        if role in SERIES_NUMBERS:
            facts[role] = _number(role, Place(row, label, heading), cell, table.name, decimal, problems)
        else:
            facts[role] = _word(role, heading, tidy(cell), row, series, problems)
    return facts


def _number(
    role: str, place: Place, cell: Cell, name: str, decimal: Mark | None, problems: Problems
) -> float:
    values, faults = NumberReader(name, decimal, ".").read_all([(place, cell)])
    for _, fault in faults:
        problems.add(fault.message, [place.row], place.column, tidy(cell))
    is_year = role != "target_year" or math.isnan(values[0]) or FIRST_TARGET <= values[0] <= LAST_TARGET
    if not is_year:
        said = message(BAD_YEAR, cell=tidy(cell)[:40], first=FIRST_TARGET, last=LAST_TARGET)
        problems.add(said, [place.row], place.column, tidy(cell))
    return values[0] if is_year else math.nan


def _word(role: str, heading: str, text: str, row: int, series: Series, problems: Problems) -> str:
    if role == "direction":
        if direction := _DIRECTIONS.get(folded(text)):
            return direction
        problems.add(message(NO_DIRECTION, cell=text[:40]), [row], heading, text)
        return ""
    if role == "kpi":
        kpis = series.known.kpis
        found = next((kpi for kpi in kpis if folded(kpi) == folded(text)), "")
        if not found:
            near = near_miss(text, kpis, 0.75)
            hint = message(NEAR, name=near) if near else ""
            problems.add(message(NO_KPI, cell=text[:40], near=hint), [row], heading, text)
        return found
    return text[:LONGEST]


def of_columns(
    factor: Factor, codes: list[str], beside: Mapping[str, tuple[str, Factor]], table: Table, numbers: Codes,
    series: Series, decimal: Mark | None, problems: Problems,
) -> None:  # fmt: skip
    """What columns beside the figures state of each series; two different statements are a problem."""
    for at, code in enumerate(codes):
        if not code:
            continue
        of_series = factor.codes == at
        first = int(numbers[of_series][0])
        cells: dict[str, tuple[str, Cell]] = {}
        for role, (heading, column) in beside.items():
            stated = [
                label for label in pd.unique(pd.Series(column.codes[of_series])) if column.labels[label]
            ]
            if len(stated) > 1:
                one, other = (column.labels[label] for label in stated[:2])
                said = message(TWO_FACTS, series=code, field=heading, one=one, other=other)
                problems.add(said, [int(numbers[of_series & (column.codes == stated[1])][0])], heading, other)
            elif stated:
                cells[role] = (heading, column.cells[stated[0]])
        series.put(code, _facts(cells, first, code, table, series, decimal, problems))


def resolve(
    factor: Factor, numbers: Codes, column: str, series: Series, described: bool, problems: Problems
) -> list[str]:
    """Id of each label; one that is unlike all KPIs is a series of one's own, with a note.

    described: columns beside the figures state units and directions.
    """
    codes = []
    for at, label in enumerate(factor.labels):
        rows = factor.rows_of(at, numbers)
        if not label:
            problems.add(message(NO_SERIES), rows, column)
            codes.append("")
            continue
        if len(label) > LONGEST:
            said = message(LONG_ID, series=label[:40], n=len(label), limit=LONGEST)
            problems.add(said, rows, column, label)
            codes.append("")
            continue
        found = series.by_name.get(folded(label))
        if found is None:
            found = label
            _judge_unknown(label, rows, column, series, described, problems)
        elif folded(found) != folded(label) and found in series.known.kpis:
            problems.note(message(BY_NAME, series=label, kpi=found), rows[:1], column)
        codes.append(found)
    return codes


def _judge_unknown(
    label: str, rows: list[int], column: str, series: Series, described: bool, problems: Problems
) -> None:
    if described or label in series.facts:
        return
    near = next((kpi for kpi in series.known.kpis if is_single_slip(folded(label), folded(kpi))), None)
    if near:
        problems.add(message(NOT_KNOWN, series=label, near=near), rows, column, label)
    else:
        problems.note(message(NOT_DESCRIBED, series=label), rows[:1], column)


def check_gates(codes: Iterable[str], series: Series, problems: Problems) -> None:
    """Gates must go the way of the direction: each at least as hard as the one before it."""
    for code in codes:
        stated = series.facts.get(code, {})
        gates = [float(str(stated[gate])) for gate in GATES if gate in stated]
        direction = series.direction(code)
        sign = {"higher": 1, "lower": -1}.get(direction, 0)
        if any(sign * (after - before) < 0 for before, after in pairwise(gates)):
            text = GATE_ORDER if sign > 0 else GATE_FALL
            said = message(
                text, series=code, gates=", ".join(f"{gate:g}" for gate in gates), direction=Text(direction)
            )
            problems.add(said, (), "", code)


def table_of(codes: Iterable[str], series: Series, lang: str) -> pd.DataFrame:
    """The series in use, `SERIES_COLUMNS`; a KPI of Escala has its name and unit in a language."""
    rows = []
    at = ("en", "es").index(lang)
    for code in codes:
        stated, kpi = series.facts.get(code, {}), series.kpi_of(code)
        numbers = [stated.get(role, math.nan) for role in SERIES_NUMBERS]
        name = stated.get("name") or (kpi.names[at] if kpi else code)
        unit = stated.get("unit") or (kpi.units[at] if kpi else "")
        rows.append((code, kpi.id if kpi else "", name, unit, series.direction(code), *numbers))
    table = pd.DataFrame(rows, columns=list(SERIES_COLUMNS))
    return table.astype(dict.fromkeys(SERIES_NUMBERS, "float64"))


def limits_of(code: str, series: Series) -> tuple[float, float]:
    """Natural limits of a series: those of its KPI; of a percentage of one's own none are known."""
    kpi = series.kpi_of(code)
    low = kpi.low if kpi and kpi.low is not None else -math.inf
    high = kpi.high if kpi and kpi.high is not None else math.inf
    return low, high


def is_percent(code: str, series: Series) -> bool:
    """Whether values are percentages."""
    kpi, unit = series.kpi_of(code), str(series.facts.get(code, {}).get("unit", ""))
    return kpi.is_percent if kpi else "%" in unit or "por ciento" in unit or "per cent" in unit
