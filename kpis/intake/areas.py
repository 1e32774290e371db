"""Which column of a table holds the areas."""

from __future__ import annotations

from collections.abc import Collection

from kpis.intake.grid import folded, plain
from kpis.intake.layout import Table
from kpis.messages import ChoiceError, TableError, message
from kpis.texts import Text

# headings of codes before headings of names, as `plain` writes them; COINr's are uCode and uName
CODES = (
    "ucode", "ref area", "area", "iso3", "iso 3", "iso code", "iso3 code", "iso alpha 3", "alpha 3 code",
    "iso 3166 1 alpha 3", "country code", "codigo pais", "codigo de pais", "codigo iso", "area code",
    "geo", "geo code", "geo time period",
    "economy code", "location code", "code", "codigo", "cod", "codigo dane", "divipola", "m49", "m49 code",
)  # fmt: skip
NAMES = (
    "country name", "country", "countries", "pais", "paises", "uname", "nombre pais", "nombre del pais",
    "economy",
    "entity", "territory", "location", "area name", "name", "nombre", "reference area", "ref area label",
    "member state", "estado miembro", "departamento", "municipio", "municipality", "province", "provincia",
    "state", "ciudad", "city", "entidad", "territorio",
)  # fmt: skip
YEARS = (
    "year", "ano", "anio", "survey year", "time", "time period", "period", "periodo", "fecha", "date",
    "edition",
    "edicion", "tiempo",
)  # fmt: skip

NO_COLUMN = Text(
    "{file}: column '{column}' of --area-column is not there. Columns found: {found}.",
)
IS_INDICATOR = Text(
    "{file}: column '{column}' is an indicator of the structure and cannot hold the areas. Name another one.",
)
NO_AREAS = Text(
    "{file}: no column holds the areas: {reason}. Add a column with their codes or names, or name it with "
    "--area-column. Columns found: {found}.",
)
WHICH = Text(
    "{file}: the areas can be in column {found}. Name it with --area-column.",
)
HOLDS_YEARS = Text("'{column}' holds years")
REPEATS = Text("'{column}' repeats its values")
ALL_USED = Text("all are indicators of the structure")
TAKEN = Text(
    "{file}: the areas are read from column '{column}'.",
)


def find_areas(table: Table, used: Collection[int], named: str | None = None) -> int:
    """Position of the column of areas: as named, by its heading, or the one of unlike texts.

    used: positions of the indicators. Where it is not the first column a note says which it is.
    Raises ChoiceError or TableError where none or several could be meant.
    """
    if named is not None:
        return _named(table, used, named)
    free = [at for at in range(len(table.headings)) if at not in used]
    by_heading = _by_heading(table, free)
    return _noted_column(table, _by_content(table, free) if by_heading is None else by_heading, free)


def _by_heading(table: Table, free: list[int]) -> int | None:
    """A column headed as codes or names of areas, distinct texts first: "Area" can be square kilometres."""
    candidates = [at for names in (CODES, NAMES) for at in free if plain(table.headings[at]) in names]
    if not candidates:
        return None
    best = max(
        candidates, key=lambda at: (_is_unlike(table, at), _is_text(table, at))
    )  # the first of the best
    table.only(table.headings[best])
    return best


def _named(table: Table, used: Collection[int], named: str) -> int:
    at = table.only(named)
    if at is None:
        raise ChoiceError(NO_COLUMN, file=table.name, column=named, found=headings(table))
    if at in used:
        raise ChoiceError(IS_INDICATOR, file=table.name, column=named)
    return at


def _by_content(table: Table, free: list[int]) -> int:
    if not free:
        raise TableError(NO_AREAS, file=table.name, reason=ALL_USED, found=headings(table))
    texts = [at for at in free if _is_text(table, at)]
    if free[0] in texts and free[0] == 0:
        return 0
    unlike = [at for at in texts if _is_unlike(table, at)]
    if len(unlike) > 1:
        candidate_names = ", ".join(f"'{table.headings[at]}'" for at in unlike)
        raise TableError(WHICH, file=table.name, found=candidate_names)
    if unlike:
        return unlike[0]
    if holds_years(table, free[0]) or not _is_unlike(table, free[0]):
        reason = HOLDS_YEARS if holds_years(table, free[0]) else REPEATS
        raise TableError(
            NO_AREAS,
            file=table.name,
            reason=message(reason, column=table.heading_label(free[0])),
            found=headings(table),
        )
    return free[0]


def _noted_column(table: Table, column: int, free: list[int]) -> int:
    if column != 0 and (column != free[0] or not table.headings[column]):
        table.notes.append(message(TAKEN, file=table.name, column=table.heading_label(column)))
    return column


def _values(table: Table, column: int) -> list[str]:
    return [text for row in table.rows if (text := table.text(row, column))]


def _is_text(table: Table, column: int) -> bool:
    values = _values(table, column)
    return bool(values) and sum(any(sign.isalpha() for sign in value) for value in values) > len(values) / 2


def _is_unlike(table: Table, column: int) -> bool:
    values = [folded(value) for value in _values(table, column)]
    return bool(values) and len(set(values)) == len(values)


def holds_years(table: Table, column: int) -> bool:
    """Whether a column is headed as years, or all its cells are years."""
    values = _values(table, column)
    looks = bool(values) and all(
        len(v) == 4 and v.isascii() and v.isdigit() and "1900" <= v <= "2100" for v in values
    )
    return looks or plain(table.headings[column]) in YEARS


def years_of(table: Table, column: int) -> list[str]:
    """The different years of a column, in order."""
    return sorted(set(_values(table, column)))


def headings(table: Table) -> str:
    """Headings for a message: the first twelve."""
    names = [name for name in table.headings if name]
    return ", ".join(names[:12]) + (f", … ({len(names)})" if len(names) > 12 else "")
