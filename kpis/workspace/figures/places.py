"""Areas of a table: UN Member States by code or name, and areas of one's own with a parent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import pandas as pd

from kpis.intake.grid import Grid, folded, plain
from kpis.intake.layout import Table, read_layout
from kpis.matching import near_miss
from kpis.messages import Message, message
from kpis.names import AreaNames
from kpis.texts import Text
from kpis.workspace.figures.cells import Codes, Factor
from kpis.workspace.figures.columns import find_columns, merit
from kpis.workspace.figures.model import AREA_COLUMNS
from kpis.workspace.figures.problems import Problems

LONGEST_NAME = 200  # characters of a code or a name

UNKNOWN = Text(
    "The area '{area}' is not known: it is no UN Member State and no area of the table of areas.{near}"
)
NEAR = Text(" Did you mean {name}?")
SEVERAL = Text("The area '{area}' can be one of several: {areas}. Write the code.")
NO_MEMBER = Text(
    "{name} ({area}) is no UN Member State. Give it as an area of your own, with a parent, in the table "
    "of areas."
)
NO_AREA = Text("A row with a value and no area. Add the code or the name of the area, or remove the row.")
LONG_NAME = Text(
    "The area '{area}…' has {n} characters; a code or name has at most {limit}. Is a cell misplaced?"
)
NO_PARENT = Text("The area '{area}' has no parent. Name the area that it belongs to: {example}.")
UNKNOWN_PARENT = Text(
    "The parent '{parent}' of the area '{area}' is no UN Member State and no area of yours.{near}"
)
CIRCLE = Text("The area '{area}' is above itself: {areas}. Correct the column of parents.")
TWICE = Text("The area '{area}' stands in two rows of the table of areas. Keep one.")
TWO_PARENTS = Text("The area '{area}' has two parents: '{one}' and '{other}'. Keep one.")
PADDED = Text("The area '{area}' is read as '{code}': a spreadsheet has dropped the zero in front.")


@dataclass
class Places:
    """Areas of one's own by code, and the countries that figures are of.

    own: code → name, parent as written, level, row. by_name: folded code or name → codes of own areas.
    """

    names: AreaNames
    country: str
    own: dict[str, tuple[str, str, str, int]] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)
    members: dict[str, None] = field(default_factory=dict)
    _stripped: dict[str, list[str]] | None = None

    def put(self, code: str, name: str, parent: str, level: str, row: int) -> None:
        """Adds an area of one's own."""
        self.own[code] = (name or code, parent, level, row)
        for label in {folded(code), plain(name)}:
            if label:
                self.by_name.setdefault(label, []).append(code)
        self._stripped = None

    def find(self, label: str) -> str | Message:
        """Code of the area that a label means, or what is wrong with the label."""
        if len(label) > LONGEST_NAME:
            return message(LONG_NAME, area=label[:40], n=len(label), limit=LONGEST_NAME)
        own = self.by_name.get(folded(label)) or self.by_name.get(plain(label), [])
        if len(own) == 1:
            return own[0]
        if own:
            return message(SEVERAL, area=label, areas=", ".join(own[:8]))
        return self._padded(label) or self._member(label)

    def _padded(self, label: str) -> str:
        """The only own code that is this number with zeros in front."""
        if not label.isdecimal():
            return ""
        if self._stripped is None:
            self._stripped = {}
            for code in self.own:
                if code.isdecimal():
                    self._stripped.setdefault(code.lstrip("0"), []).append(code)
        codes = self._stripped.get(label.lstrip("0"), [])
        return codes[0] if len(codes) == 1 else ""

    def _member(self, label: str) -> str | Message:
        found = self.names.find(label)
        members = [area for area in found if area in self.names.members]
        if len(found) == 1 and members:
            self.members.setdefault(members[0])
            return members[0]
        if len(found) > 1:
            areas = ", ".join(f"{area} ({self.names.title[area]})" for area in sorted(found))
            return message(SEVERAL, area=label, areas=areas)
        if found:
            return message(NO_MEMBER, name=self.names.title[found[0]], area=found[0])
        return message(UNKNOWN, area=label, near=self._near(label))

    def _near(self, label: str) -> Message | str:
        """The own area or Member State that a label is most like."""
        if near := near_miss(label, [name for name, *_ in self.own.values()], 0.8):
            return message(NEAR, name=near)
        code = self.names.near(label, self.names.members)
        return message(NEAR, name=f"{self.names.title[code]} ({code})") if code else ""


def of_sheet(grid: Grid, places: Places, problems: Problems) -> None:
    """Reads a table of areas: a row for each, with code, name, parent and level."""
    table = read_layout(grid, lambda cells: merit(cells, ()), 2)
    columns = find_columns(table, {}, {})
    code_at = columns.at("area")
    if code_at is None:
        code_at = 0
    names = {role: columns.at(role) for role in ("area_name", "parent", "level")}
    if names["area_name"] is None and "name" in columns.roles:
        names["area_name"] = columns.at("name")
    seen: dict[str, int] = {}
    for row in table.rows:
        code = table.text(row, code_at)
        if not code:
            continue
        name, parent, level = ("" if at is None else table.text(row, at) for at in names.values())
        if code in seen:
            problems.add(message(TWICE, area=code), [seen[code], row.number], _heading(table, code_at), code)
            continue
        seen[code] = row.number
        if parent or code.upper() not in places.names.members:
            places.put(code, name, parent, level, row.number)


def _heading(table: Table, at: int | None) -> str:
    return "" if at is None else table.headings[at]


def of_columns(
    area: Factor, beside: Mapping[str, Factor], numbers: Codes, places: Places, problems: Problems
) -> None:
    """Areas of one's own that stand beside the figures: area_name, parent and level of each row.

    An area is one's own where its row names a parent or a level, or where its country was named and it is
    none itself. A parent that nobody knows is then an area of that country.
    """
    first = _firsts(area.codes, len(area.labels))
    for at, label in enumerate(area.labels):
        row = first[at]
        if not label or label in places.own or len(label) > LONGEST_NAME:
            continue
        name, parent, level = (_label(beside.get(role), row) for role in ("area_name", "parent", "level"))
        is_member = bool(set(places.names.find(label)) & places.names.members)
        if parent or (not is_member and (level or places.country)):
            places.put(label, name, parent, level, int(numbers[row]))
    if "parent" in beside:
        _check_parents(area, beside["parent"], numbers, places, problems)
        for label, row in _parents_of_country(places):
            places.put(label, label, places.country, "", row)


def _firsts(codes: Codes, n: int) -> list[int]:
    first = [0] * n
    for at in range(len(codes) - 1, -1, -1):
        first[codes[at]] = at
    return first


def _label(factor: Factor | None, row: int) -> str:
    return "" if factor is None else factor.labels[factor.codes[row]]


def _parents_of_country(places: Places) -> list[tuple[str, int]]:
    """Parents that nobody knows, each with the row of its first area; none where no country was named."""
    if not places.country:
        return []
    first = {parent: row for _, parent, _, row in reversed(list(places.own.values())) if parent}
    return [(label, row) for label, row in first.items() if isinstance(places.find(label), Message)]


def _check_parents(area: Factor, parent: Factor, numbers: Codes, places: Places, problems: Problems) -> None:
    """An area of one's own has one parent in all its rows."""
    pairs = pd.DataFrame({"area": area.codes, "parent": parent.codes, "row": numbers})
    pairs = pairs.drop_duplicates(["area", "parent"])
    for at, rows in pairs[pairs.duplicated("area", keep=False)].groupby("area"):
        label = area.labels[int(str(at))]
        one, other = (parent.labels[code] for code in rows["parent"].iloc[:2])
        if label in places.own:
            said = message(TWO_PARENTS, area=label, one=one, other=other)
            problems.add(said, rows["row"].iloc[:2], "", label)


def resolve(area: Factor, numbers: Codes, places: Places, column: str, problems: Problems) -> list[str]:
    """Code of each label of a column, "" for one that means no area, which is a problem."""
    codes = []
    for at, label in enumerate(area.labels):
        found = places.find(label) if label else message(NO_AREA)
        if isinstance(found, Message):
            problems.add(found, area.rows_of(at, numbers), column, label)
            codes.append("")
            continue
        if found != label and label.isdecimal() and found in places.own:
            problems.note(message(PADDED, area=label, code=found), area.rows_of(at, numbers)[:1], column)
        codes.append(found)
    return codes


def table_of(places: Places, used: Sequence[str], problems: Problems) -> pd.DataFrame:
    """The areas in use and all above them, `AREA_COLUMNS`; a parent that leads nowhere is a problem."""
    parents = _parents(places, problems)
    rows: dict[str, tuple[str, str, str, str, str]] = {}
    for code in used:
        chain = _chain(code, parents, problems)
        country = next(
            (area for area in chain if area in places.names.members and area not in places.own), ""
        )
        for area in chain:
            if area in places.own:
                name, _, level, _ = places.own[area]
                rows[area] = (area, name, parents[area], level, country)
            else:
                rows[area] = (area, places.names.title.get(area, area), "", "country", area)
    return pd.DataFrame(sorted(rows.values()), columns=list(AREA_COLUMNS), dtype="str")


def _parents(places: Places, problems: Problems) -> dict[str, str]:
    """Code of the parent of each own area; each that is not known is one problem, with all its rows."""
    parents: dict[str, str] = {}
    lost: dict[str, tuple[str, Message | str, list[int]]] = {}
    for code, (_, parent, _, row) in places.own.items():
        found = places.find(parent) if parent else places.country
        if isinstance(found, Message):
            near = dict(found.details).get("near", "")
            lost.setdefault(parent, (code, cast("Message | str", near), []))[2].append(row)
            found = ""
        elif not found:
            problems.add(message(NO_PARENT, area=code, example="COL, Colombia"), [row], "", code)
        parents[code] = found
    for parent, (code, near, rows) in lost.items():
        problems.add(message(UNKNOWN_PARENT, parent=parent, area=code, near=near), rows, "", parent)
    return parents


def _chain(code: str, parents: Mapping[str, str], problems: Problems) -> list[str]:
    """An area and all above it; a circle is a problem, said once by its first area."""
    chain = [code]
    while (above := parents.get(chain[-1], "")) and above not in chain:
        chain.append(above)
    if above and not any(above in problem.cell for problem in problems.listed if problem.said.text == CIRCLE):
        problems.add(
            message(CIRCLE, area=above, areas=" → ".join([*chain[chain.index(above) :], above])),
            (),
            "",
            above,
        )
    return chain
