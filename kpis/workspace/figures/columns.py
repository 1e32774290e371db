"""Which column of a table is what: guessed from its heading, or as its owner says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kpis.intake.areas import CODES, NAMES, YEARS, headings
from kpis.intake.grid import folded, plain
from kpis.intake.layout import Table
from kpis.matching import near_miss
from kpis.messages import ChoiceError, Message, message
from kpis.texts import Text
from kpis.workspace.figures.periods import is_period

# Headings by role, as `plain` writes them; the first role that fits a heading has it.
WITHIN = ("departamento", "department", "provincia", "province", "region", "estado federal")
HEADINGS: dict[str, tuple[str, ...]] = {
    "area_name": (
        "area name", "nombre area", "nombre del area", "nombre", "name", "nombre municipio", "municipio",
        "municipality", "nombre departamento", "entidad", "agency", "country name", "nombre pais", "uname",
    ),
    "parent": (
        "parent", "parent area", "area superior", "superior", "codigo superior", "parent code", "padre",
        "depende de", "pertenece a", "part of", "cod departamento", "codigo departamento", "department code",
        *WITHIN,
    ),
    "level": ("level", "nivel", "tipo de area", "area level", "nivel del area"),
    "series": (
        "series", "serie", "indicator", "indicador", "kpi", "kpi id", "indicator code", "codigo indicador",
        "variable", "codigo serie", "series code",
    ),
    "value": ("value", "valor", "obs value", "dato", "figure", "cifra", "resultado", "observation value"),
    "status": ("obs status", "status", "estado del dato", "estado", "observation status"),
    "note": (
        "note", "notes", "nota", "notas", "footnote", "comment", "comentario", "observacion", "observaciones",
    ),
    "quarter": ("quarter", "trimestre", "trim"),
    "month": ("month", "mes"),
    "name": ("series name", "nombre serie", "nombre de la serie", "indicator name", "nombre indicador",
             "nombre del indicador"),
    "kpi": ("international kpi", "kpi internacional", "kpi escala", "escala kpi"),
    "unit": ("unit", "unidad", "unit measure", "unidad de medida"),
    "direction": ("direction", "direccion", "sentido", "better", "mejor"),
    "target": ("target", "meta", "target value", "valor meta"),
    "target_year": ("target year", "ano de la meta", "ano meta", "anio meta"),
    "enhanced": ("enhanced", "mejorada", "mejorado", "umbral mejorada"),
    "transactional": ("transactional", "transaccional", "umbral transaccional"),
    "connected": ("connected", "conectada", "conectado", "umbral conectada"),
}  # fmt: skip
AREA = tuple(name for name in (*CODES, *NAMES))
OF_FIGURES = ("area", "period", "quarter", "month", "series", "value", "status", "note")
OF_AREAS = ("area_name", "parent", "level")
OF_SERIES = (
    "name",
    "kpi",
    "unit",
    "direction",
    "target",
    "target_year",
    "enhanced",
    "transactional",
    "connected",
)
ROLES = (*OF_FIGURES, *OF_AREAS, *OF_SERIES)

NO_HEADING = Text("--map {role}: column '{column}' is not there.{near} Columns found: {found}.")
NEAR = Text(" Did you mean '{name}'?")
NO_AREA_COLUMN = Text(
    "No column holds the areas. Add one with the heading area or país, or say which one it is (--map "
    "area=…). Columns found: {found}."
)
NO_PERIOD_COLUMN = Text(
    "No column holds the period. Add one with the heading period or periodo, or say which one it is (--map "
    "period=…). Columns found: {found}."
)
NO_VALUE_COLUMN = Text(
    "No column holds the values: none is headed value or valor, by a period such as 2023 or 2023-Q4, or "
    "by the id of a KPI. Say which one it is (--map value=…, or --map EGDI=…). Columns found: {found}."
)
NO_SERIES_COLUMN = Text(
    "Nothing says which KPI the values are of. Add a column headed series or serie, or name the series "
    "(--map with the id of the KPI in place of value: --map EGDI=…). Columns found: {found}."
)
TWO_HEADINGS = Text(
    "The heading '{column}' stands more than once (columns {places}). Where headings are merged over two "
    "rows, write them as one row, such as one row per area and period."
)
UNUSED = Text("Columns that are not read: {columns}.")


@dataclass(frozen=True)
class Columns:
    """Where what stands. roles: role → position; values: position → period or series of a wide table.

    wide: "" for a long table, "period" or "series" for one column each.
    """

    roles: Mapping[str, int]
    values: Mapping[int, str]
    wide: str

    def at(self, role: str) -> int | None:
        return self.roles.get(role)


def expected_headings(series: Collection[str]) -> frozenset[str]:
    """Folded headings that a table of figures may have, to find its separator and its sheet."""
    names = {heading for names in HEADINGS.values() for heading in names} | set(AREA) | set(YEARS)
    return frozenset(names | {folded(kpi) for kpi in series})


def merit(cells: Sequence[str], series: Collection[str]) -> int:
    """How many cells of a row can be headings of a table of figures."""
    known = expected_headings(series)
    return len(
        {
            cell
            for cell in cells
            if cell and (plain(cell) in known or folded(cell) in known or is_period(cell))
        }
    )


def find_columns(table: Table, mapping: Mapping[str, str], series: Mapping[str, str]) -> Columns:
    """The columns of a table.

    mapping: role, or id of a series, → heading, as the owner says; series: folded id or name → id of
    every series that may head a column. Raises ChoiceError for a heading that is not there.
    """
    named = {role: _named(table, role, heading) for role, heading in mapping.items()}
    roles = {role: at for role, at in named.items() if role in ROLES}
    values = {at: role for role, at in named.items() if role not in ROLES}
    plains = [plain(heading) for heading in table.headings]
    _guess(plains, roles, set(values))
    if values:
        return Columns(roles, values, "series")
    taken = set(roles.values())
    if "value" in roles:
        return Columns(roles, {}, "")
    periods = {
        at: text
        for at, heading in enumerate(table.headings)
        if at not in taken and is_period(text := heading.partition(" [")[0])
    }
    if periods:
        return Columns({role: at for role, at in roles.items() if role != "period"}, periods, "period")
    of_series = {
        at: found
        for at, text in enumerate(table.headings)
        if at not in taken and (found := series.get(folded(text)) or series.get(_bracketed(text)))
    }
    return Columns(roles, of_series, "series" if of_series else "")


def _bracketed(heading: str) -> str:
    """The code of "Online service index [OSI]"."""
    return folded(heading.rpartition("[")[2].rstrip("]")) if heading.endswith("]") else ""


def _named(table: Table, role: str, heading: str) -> int:
    places = table.columns(heading)
    if places:
        return places[0]
    near = near_miss(heading, [name for name in table.headings if name])
    hint: Message | str = message(NEAR, name=near) if near else ""
    raise ChoiceError(NO_HEADING, role=role, column=heading, near=hint, found=headings(table))


def _guess(plains: Sequence[str], roles: dict[str, int], taken: set[int]) -> None:
    """Adds the roles that headings tell, each heading once; codes of areas go before names."""

    def take(role: str, names: Sequence[str]) -> None:
        if role in roles:
            return
        free = {text: at for at, text in reversed(list(enumerate(plains))) if at not in used()}
        at = next((free[name] for name in names if name in free), None)
        if at is not None:
            roles[role] = at

    def used() -> set[int]:
        return taken | set(roles.values())

    take("area", CODES)
    take("period", YEARS)
    for role, names in HEADINGS.items():
        if role != "area_name":
            take(role, names)
    if "area" in roles:
        take("area_name", (*HEADINGS["area_name"], *NAMES))
    else:
        take("area", (*NAMES, *HEADINGS["area_name"]))
    if "area" not in roles and "parent" in roles and plains[roles["parent"]] in WITHIN:
        roles["area"] = roles.pop("parent")  # departments themselves, not what lies in them


def missing(table: Table, columns: Columns, *, has_series: bool) -> list[Message]:
    """What a table lacks to be read, each as a sentence. has_series: its one series is named elsewhere."""
    found = headings(table)
    faults = []
    if columns.at("area") is None:
        faults.append(message(NO_AREA_COLUMN, found=found))
    if not columns.values and columns.at("value") is None:
        faults.append(message(NO_VALUE_COLUMN, found=found))
        return faults
    if columns.wide != "period" and columns.at("period") is None:
        faults.append(message(NO_PERIOD_COLUMN, found=found))
    if columns.wide != "series" and columns.at("series") is None and not has_series:
        faults.append(message(NO_SERIES_COLUMN, found=found))
    return faults


def repeated_headings(table: Table, used: Collection[int]) -> list[Message]:
    """Headings in use that stand more than once."""
    faults = []
    for heading in dict.fromkeys(folded(table.headings[at]) for at in sorted(used)):
        places = table.columns(heading) if heading else []
        if len(places) > 1:
            numbers = ", ".join(str(at + 1) for at in places[:8])
            faults.append(message(TWO_HEADINGS, column=table.headings[places[0]], places=numbers))
    return faults


def unused(table: Table, columns: Columns) -> Message | None:
    """A note on the columns that are not read, or None."""
    used = {*columns.roles.values(), *columns.values}
    names = [name for at, name in enumerate(table.headings) if name and at not in used]
    if not names:
        return None
    more = f", … ({len(names)})" if len(names) > 12 else ""
    return message(UNUSED, columns=", ".join(names[:12]) + more)
