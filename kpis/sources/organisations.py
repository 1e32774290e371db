"""Organisations as dated groups: who was a member in which years.

Upstream: `reference/organisations.csv` (group, ref_area, valid_from, valid_to, source_url), facts of
general reference compiled in November 2026, each with the page by which it can be checked; copied from no
data set, so under no licence. A year counts if a State was a member on any of its days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kpis.errors import DataError, unknown
from kpis.sources.csvio import Row, read_if_there

COLUMNS = ("group", "ref_area", "valid_from", "valid_to", "source_url")
KIND = "organisation"


@dataclass(frozen=True)
class Organisation:
    """An organisation: its id and names, and what is to be known of its members beyond their years."""

    id: str
    name_en: str
    name_es: str
    note_en: str = ""
    note_es: str = ""


ORGANISATIONS = (
    Organisation(
        "OECD",
        "OECD",
        "OCDE",
        "Organisation for Economic Co-operation and Development.",
        "Organización para la Cooperación y el Desarrollo Económicos.",
    ),
    Organisation(
        "EU",
        "European Union",
        "Unión Europea",
        "The United Kingdom counts through 2020.",
        "El Reino Unido cuenta hasta 2020 inclusive.",
    ),
    Organisation(
        "G20",
        "G20",
        "G20",
        "The 19 States; the European Union and the African Union, members too, have no figures of their own.",
        "Los 19 Estados; la Unión Europea y la Unión Africana, también miembros, no tienen cifras propias.",
    ),
    Organisation(
        "CELAC",
        "CELAC",
        "CELAC",
        "Community of Latin American and Caribbean States. Brazil was absent in 2021 and 2022.",
        "Comunidad de Estados Latinoamericanos y Caribeños. El Brasil estuvo ausente en 2021 y 2022.",
    ),
    Organisation("ANDEAN_COMMUNITY", "Andean Community (CAN)", "Comunidad Andina (CAN)"),
    Organisation(
        "MERCOSUR",
        "Mercosur",
        "Mercosur",
        "Venezuela counts through 2016, the year of its suspension.",
        "Venezuela cuenta hasta 2016, año de su suspensión.",
    ),
    Organisation("PACIFIC_ALLIANCE", "Pacific Alliance", "Alianza del Pacífico"),
    Organisation(
        "SICA",
        "SICA",
        "SICA",
        "Central American Integration System.",
        "Sistema de la Integración Centroamericana.",
    ),
    Organisation("CARICOM", "CARICOM", "CARICOM", "Caribbean Community.", "Comunidad del Caribe."),
    Organisation(
        "OECS",
        "OECS",
        "OECO",
        "Organisation of Eastern Caribbean States.",
        "Organización de Estados del Caribe Oriental.",
    ),
    Organisation(
        "AFRICAN_UNION",
        "African Union",
        "Unión Africana",
        "Suspensions are not recorded.",
        "No se registran las suspensiones.",
    ),
    Organisation(
        "ASEAN",
        "ASEAN",
        "ASEAN",
        "Association of Southeast Asian Nations.",
        "Asociación de Naciones de Asia Sudoriental.",
    ),
    Organisation(
        "PIF",
        "Pacific Islands Forum",
        "Foro de las Islas del Pacífico",
        "A State whose first year is not known counts in all years.",
        "Un Estado cuyo primer año no se conoce cuenta en todos los años.",
    ),
)
IDS = {"CAN": "ANDEAN_COMMUNITY", "AU": "AFRICAN_UNION"}
"""By the id upstream, which is also the code of a country: Canada, Australia."""
GENERAL = (
    "Members of the year, compiled in November 2026; the organisation's own page prevails.",
    "Miembros del año, recopilados en noviembre de 2026; prevalece la página de la organización.",
)
ONLY_STATES = ("Only UN Member States count.", "Solo cuentan los Estados Miembros de la ONU.")


def read_members(reference: Path) -> list[Row]:
    """Rows of `organisations.csv` in a collected folder, none where there is no such file.

    Raises DataError for an organisation that is not named here.
    """
    path = reference / "organisations.csv"
    rows = read_if_there(path, required=COLUMNS)
    rows = [row | {"group": IDS.get(row["group"], row["group"])} for row in rows]
    known = [organisation.id for organisation in ORGANISATIONS]
    for group in {row["group"] for row in rows}:
        if group not in known:
            raise DataError(unknown("organisation", group, known, place=str(path)))
    return rows


def groups(members: Iterable[Row], states: Collection[str], after: int) -> Iterator[tuple[str, ...]]:
    """One row of `group.csv` for each organisation with members, in the order above.

    states: codes of the UN Member States. after: the last position taken.
    """
    listed = list(members)
    there = [one for one in ORGANISATIONS if any(row["group"] == one.id for row in listed)]
    for position, one in enumerate(there, start=after + 1):
        rows = [row for row in listed if row["group"] == one.id]
        outside = any(row["ref_area"] not in states for row in rows)
        notes = [
            " ".join(filter(None, (own, general, only if outside else "")))
            for general, own, only in zip(GENERAL, (one.note_en, one.note_es), ONLY_STATES, strict=True)
        ]
        yield one.id, KIND, str(position), one.name_en, one.name_es, *notes, rows[0]["source_url"]


def memberships(members: Iterable[Row], states: Collection[str]) -> Iterator[tuple[str, str, str, str]]:
    """Rows of `area_group.csv`: members that are UN Member States, with their years."""
    for row in members:
        if row["ref_area"] in states:
            yield row["group"], row["ref_area"], row["valid_from"], row["valid_to"]
