"""The values of a table: numbers, periods, limits, repeated keys."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from kpis.intake.grid import Cell, Percent, Place, tidy
from kpis.intake.layout import Table
from kpis.intake.numbers import Mark, NumberReader
from kpis.messages import Message, message
from kpis.names import AreaNames
from kpis.texts import Text
from kpis.workspace.figures import described
from kpis.workspace.figures.cells import Codes, Factor, is_date, is_uncomputed, uncomputed
from kpis.workspace.figures.described import Series
from kpis.workspace.figures.model import FIGURE_COLUMNS, KEY
from kpis.workspace.figures.periods import FIRST_YEAR, read_period, year_of
from kpis.workspace.figures.problems import Problems

LONGEST_NOTE = 500  # characters of a note; a longer one is cut
FEW = 3  # values from which shares in place of percentages are suspected

NO_PERIOD = Text("A row with a value and no period. Add the year, quarter or month that it stands for.")
AHEAD = Text(
    "The period {period} lies ahead of {as_of}. A table of figures holds what was measured; a goal goes "
    "into target."
)
LONG_AGO = Text("The period {period} lies before {first}.")
FIRST_DAYS = Text("Dates are read as months: {cell} as {period}.")
NEW_YEARS = Text(
    "All periods are dates of 1 January, so years cannot be told from months. Write 2023 for a year, "
    "Jan-2023 for a month."
)
BEYOND = Text("{value} is outside the natural limits of {series}: {low} to {high}.")
BELOW = Text("{value} is below the natural limit of {series}: {low}.")
TWO_VALUES = Text(
    "Two values for {series}, {area}, {period}: {one} in row {row_one} and {other} in row {row_other}. "
    "Keep one."
)
REPEATED = Text("Rows that repeat a value of an earlier row are left out ({n}).")
SHARES = Text(
    "All values of {series} lie between 0 and 1, but its unit is per cent: 0.41 then means 0.41%. Where "
    "shares are meant, write 41, or give the cells the format per cent."
)
AS_PERCENT = Text("Cells of {series} that are shown as per cent are read so: {held} as {shown}%.")
MIXED = Text(
    "{series} mixes cells shown as per cent and plain numbers above 1 (row {row} and row {other}). Give "
    "them one format, and correct those that are then a hundred times too large or too small."
)
NO_VALUES = Text("Rows without a value are left out ({n}).")


@dataclass
class Stacked:
    """Values one below the other. row: position of the row of each; column: which heading; numbers: of rows.

    periods, series: one factor a column of values; beside: cells of status and note, by row. decimal: the
    mark that the owner names; hint: the one that the separator suggests.
    """

    table: Table
    cells: list[Cell]
    row: Codes
    column: Codes
    headings: list[str]
    periods: list[Factor]
    series: list[Factor]
    numbers: Codes
    beside: dict[str, list[Cell]] = field(default_factory=dict)
    period_heading: str = ""
    decimal: Mark | None = None
    hint: Mark | None = None
    n_blank: int = 0

    def put(self, cells: list[Cell], heading: str, period: Factor, series: Factor) -> None:
        """Adds a column of values; blank cells are left out."""
        filled = np.fromiter((at for at, cell in enumerate(cells) if cell != ""), dtype=np.int64)
        self.n_blank += len(cells) - len(filled)
        self.cells += [cells[at] for at in filled]
        self.row = np.concatenate([self.row, filled])
        self.column = np.concatenate([self.column, np.full(len(filled), len(self.headings))])
        self.headings.append(heading)
        self.periods.append(period)
        self.series.append(series)


def figures_of(
    stacked: Stacked,
    area: Factor,
    area_codes: list[str],
    series: Series,
    names: AreaNames,
    problems: Problems,
) -> pd.DataFrame:
    """The figures, `FIGURE_COLUMNS`; rows at fault are left out and named in the problems.

    area: the areas of the rows as written; area_codes: the code of each.
    """
    numbers, at = stacked.numbers[stacked.row], area.codes[stacked.row]
    frame = pd.DataFrame(
        {
            "series": _taken(stacked, stacked.series, [factor.labels for factor in stacked.series]),
            "ref_area": np.array(area_codes, dtype=object)[at],
            "time_period": _periods(stacked, series, numbers, problems),
            "row": numbers,
        }
    )
    if stacked.n_blank:
        problems.note(message(NO_VALUES, n=stacked.n_blank))
    labels = [area.labels[code] for code in at]
    frame["obs_value"] = _numbers(stacked, frame, labels, series, problems)
    for role, column in (("status", "obs_status"), ("note", "note")):
        cells = stacked.beside.get(role)
        frame[column] = "" if cells is None else [tidy(cells[row])[:LONGEST_NOTE] for row in stacked.row]
    is_whole = (frame[KEY] != "").all(axis=1) & frame["obs_value"].notna()
    frame = frame[is_whole]
    _check_limits(frame, series, stacked, problems)
    _check_shares(frame, series, problems)
    frame = _without_repeats(frame, names, problems)
    return frame.sort_values(KEY, kind="stable").reset_index(drop=True)[list(FIGURE_COLUMNS)]


def _taken(stacked: Stacked, factors: list[Factor], labels: list[list[str]]) -> list[str]:
    """The label of each value, from the factor of its column."""
    parts = [
        np.array(labels[at], dtype=object)[factor.codes[stacked.row[stacked.column == at]]]
        for at, factor in enumerate(factors)
    ]
    return list(np.concatenate(parts)) if parts else []


def _periods(stacked: Stacked, series: Series, numbers: Codes, problems: Problems) -> list[str]:
    """The period of each value, "" where it is at fault."""
    labels: list[list[str]] = []
    seen: dict[int, list[str]] = {}
    for at, factor in enumerate(stacked.periods):
        if id(factor) not in seen:
            rows = numbers[stacked.column == at]
            codes = factor.codes[stacked.row[stacked.column == at]]
            seen[id(factor)] = _read_periods(factor, codes, rows, stacked, at, series.known.as_of, problems)
        labels.append(seen[id(factor)])
    return _taken(stacked, stacked.periods, labels)


def _read_periods(
    factor: Factor, codes: Codes, rows: Codes, stacked: Stacked, at: int, as_of: int, problems: Problems
) -> list[str]:
    heading = stacked.period_heading or stacked.headings[at]
    dates = [cell for cell in factor.cells if is_date(cell)]
    if len(dates) > 1 and all(str(cell)[5:] == "01-01" for cell in dates):
        problems.add(message(NEW_YEARS), [int(rows[0])] if len(rows) else (), heading, str(dates[0]))
    periods = []
    for place, (label, cell) in enumerate(zip(factor.labels, factor.cells, strict=True)):
        found = _period(label, cell, as_of)
        if isinstance(found, Message):
            of_label = [int(row) for row in rows[codes == place]]
            if of_label:  # a period of rows without a value is nobody's business
                problems.add(found, of_label, heading, label)
            found = ""
        periods.append(found)
    if dates and any(periods):
        first = factor.labels.index(tidy(dates[0]))
        if periods[first]:
            problems.note(message(FIRST_DAYS, cell=str(dates[0]), period=periods[first]), (), heading)
    return periods


def _period(label: str, cell: Cell, as_of: int) -> str | Message:
    if not label:
        return message(NO_PERIOD)
    if is_uncomputed(cell):
        return message(NO_PERIOD)
    found = read_period(cell)
    if isinstance(found, Message):
        return found
    if year_of(found) > as_of:
        return message(AHEAD, period=found, as_of=as_of)
    return message(LONG_AGO, period=found, first=FIRST_YEAR) if year_of(found) < FIRST_YEAR else found


def _numbers(
    stacked: Stacked, frame: pd.DataFrame, labels: list[str], series: Series, problems: Problems
) -> list[float]:
    """The values; a cell that is no number is a problem, one shown as per cent is taken as shown."""
    table, cells = stacked.table, stacked.cells
    reader = NumberReader(table.name, stacked.decimal, stacked.hint)
    placed = [
        (Place(row, area, stacked.headings[column]), cell)
        for row, area, column, cell in zip(
            frame["row"].tolist(), labels, stacked.column.tolist(), cells, strict=True
        )
    ]
    values, faults = reader.read_all(placed)
    for at, fault in faults:
        said = uncomputed(table, placed[at][0].row, 0).message if is_uncomputed(cells[at]) else fault.message
        problems.add(said, [placed[at][0].row], placed[at][0].column, tidy(cells[at]))
    for note in reader.notes():
        problems.note(note)
    if any(isinstance(cell, Percent) for cell in cells):
        _take_percents(cells, values, frame, series, problems)
    return values


def _take_percents(
    cells: list[Cell], values: list[float], frame: pd.DataFrame, series: Series, problems: Problems
) -> None:
    """A cell that its workbook shows as 41 % holds 0.41: in a series of percentages it is 41."""
    shown: dict[str, int] = {}
    plain: dict[str, int] = {}
    for at, (cell, code) in enumerate(zip(cells, frame["series"], strict=True)):
        if not described.is_percent(code, series):
            continue
        if isinstance(cell, Percent):
            shown.setdefault(code, at)
            values[at] = round(100 * cell, 10)
        elif isinstance(cell, float) and abs(cell) > 1:
            plain.setdefault(code, at)
    for code, at in shown.items():
        row = int(frame["row"].iloc[at])
        if code in plain:
            other = int(frame["row"].iloc[plain[code]])
            problems.add(message(MIXED, series=code, row=row, other=other), [row, other])
        else:
            held = f"{float(cells[at]):g}"  # type: ignore[arg-type]
            problems.note(message(AS_PERCENT, series=code, held=held, shown=f"{values[at]:g}"), [row])


def _check_limits(frame: pd.DataFrame, series: Series, stacked: Stacked, problems: Problems) -> None:
    for code, rows in frame.groupby("series", sort=False):
        low, high = described.limits_of(str(code), series)
        outside = rows[(rows["obs_value"] < low) | (rows["obs_value"] > high)]
        for row, value in zip(outside["row"], outside["obs_value"], strict=True):
            text = BELOW if math.isinf(high) else BEYOND
            said = message(text, value=f"{value:g}", series=code, low=f"{low:g}", high=f"{high:g}")
            problems.add(said, [row], _heading(stacked), f"{value:g}")


def _heading(stacked: Stacked) -> str:
    return stacked.headings[0] if len(stacked.headings) == 1 else ""


def _check_shares(frame: pd.DataFrame, series: Series, problems: Problems) -> None:
    for code, values in frame.groupby("series", sort=False)["obs_value"]:
        within = bool(values.between(0, 1).all()) and bool((values % 1 != 0).any())
        if len(values) >= FEW and within and described.is_percent(str(code), series):
            problems.note(message(SHARES, series=code))


def _without_repeats(frame: pd.DataFrame, names: AreaNames, problems: Problems) -> pd.DataFrame:
    """Each key once; the same key with another value is a problem."""
    repeats = frame[frame.duplicated(KEY, keep=False)]
    if repeats.empty:
        return frame
    n = 0
    for (code, area, period), rows in repeats.groupby(KEY, sort=False):
        first = rows.iloc[0]
        other = rows[rows["obs_value"] != first["obs_value"]]
        n += len(rows) - 1 - len(other)
        for row, value in zip(other["row"], other["obs_value"], strict=True):
            said = message(
                TWO_VALUES, series=code, area=names.title.get(str(area), area), period=period,
                one=f"{first['obs_value']:g}",
                other=f"{value:g}", row_one=first["row"], row_other=row,
            )  # fmt: skip
            problems.add(said, [first["row"], row])
    if n:
        problems.note(message(REPEATED, n=n))
    return frame.drop_duplicates(KEY)
