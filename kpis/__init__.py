"""Escala's KPI layer: SDG-linked e-government KPIs for every UN Member State.

>>> import kpis
>>> wh = kpis.open_warehouse()                       # read-only; built on first use
>>> wh.values("EGDI", areas=["COL"], years=[2024])   # DataFrame
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kpis.version import __version__
from kpis.warehouse import current

__all__ = ["__version__", "open_warehouse"]

if TYPE_CHECKING:
    from kpis.queries import Warehouse


def open_warehouse(path: str | Path | None = None) -> Warehouse:
    """The warehouse, open read-only; built first where there is none yet or the figures have changed.

    path: a warehouse file to open as it is, without building. Raises EngineError if it cannot be read,
    CatalogueError or DataError if a first build fails; if a rebuild fails and the last good warehouse can
    be read, that one is opened and a warning names the fault. A damaged part of the default warehouse that a
    question meets is mended by building it again, once and without a word.
    """
    from kpis.building.opening import open_warehouse as opened  # here, so that `import kpis` stays light

    return opened(Path(path) if path is not None else None)


def _make_current() -> None:
    from kpis.building.opening import refresh

    refresh()


def _mend() -> None:
    from kpis.building.opening import rebuild

    rebuild()


current.prepare_with(_make_current, _mend)
