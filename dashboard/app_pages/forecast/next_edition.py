"""The next edition, forecast and frozen before the fact; scored once it is imported."""

from __future__ import annotations

from dashboard.reads.reader import Reader


def show(reader: Reader, area: str | None) -> None:
    """What was frozen, for all and for a country; after the edition, how right it was."""
