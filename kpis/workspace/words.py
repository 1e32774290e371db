"""What commands and pages say of a workspace."""

from __future__ import annotations

from kpis.texts import mark

TABLES = {
    "person": mark("people"),
    "item": mark("entries"),
    "change": mark("lines of history"),
    "figure": mark("figures"),
}
KEPT_BEFORE = mark("What was there before is kept in {file}.")
ERASED = mark(
    "Entries deleted: {removed}. Published or changed by others, kept without a name: {kept}. Lines of "
    "history without a name: {lines}."
)
