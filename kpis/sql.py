"""SQL in files: `kpis/<room>/sql/<question>.sql`, each opening with its grain. Values are bound by name."""

from __future__ import annotations

from functools import cache

from kpis.paths import PACKAGE


@cache
def statement(name: str) -> str:
    """The SELECT of a room: `statement("queries/country")` is the text of kpis/queries/sql/country.sql."""
    room, question = name.split("/")
    return (PACKAGE / room / "sql" / f"{question}.sql").read_text(encoding="utf-8")
