"""The default warehouse, for functions that are called without one (`kpis.stages.profile("COL")`).

Such a function takes `store: Tables = DEFAULT` and is marked `@with_store`.

The rooms that call `store` lie below the one that builds; so building is handed in from above
(`kpis/__init__.py`) and not imported here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar, cast

from kpis.paths import warehouse_path
from kpis.tables import Tables
from kpis.warehouse.store import Store

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")

DEFAULT = cast(Tables, None)
"""In a signature: the default warehouse. `with_store` opens it before the function runs."""

_prepare: Callable[[], object] | None = None
_mend: Callable[[], object] | None = None
_open: dict[tuple[str, int], Store] = {}
_lock = threading.Lock()


def prepare_with(prepare: Callable[[], object], mend: Callable[[], object]) -> None:
    """Name what makes the default warehouse current before it is opened, and what mends a damaged one."""
    global _prepare, _mend
    _prepare, _mend = prepare, mend


def store() -> Store:
    """The default warehouse, open; built first where needed, reopened when a new one was published.

    Raises EngineError, CatalogueError or DataError where there is none and none can be built.
    """
    path = warehouse_path()
    with _lock:
        if path.is_file():
            key = (str(path), path.stat().st_mtime_ns)
            if key in _open:
                return _open[key]
        if _prepare is not None:
            _prepare()
        opened = Store(path, mend=_mend)
        _open.clear()  # earlier files are closed by the garbage collector once nobody reads them
        _open[str(path), path.stat().st_mtime_ns] = opened
        return opened


def with_store(function: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Hand the default warehouse to calls that name no `store`, or None.

    Such a call raises what `store` raises.
    """
    parameters = signature(function)

    @wraps(function)
    def call(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Answer:
        bound = parameters.bind(*args, **kwargs)
        if bound.arguments.get("store") is None:
            bound.arguments["store"] = store()
        return function(*bound.args, **bound.kwargs)

    return call
