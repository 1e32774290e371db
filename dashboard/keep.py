"""Cached reads that cost nothing to read again: kept once for all readers, handed out as lazy copies.

`st.cache_data` stores bytes and unpickles them at every call; a page that asks for a table in every row of
a list spends most of its time so. Here the answer itself is kept. A reader gets a shallow copy, and pandas
copies on write, so that no page can change what the next one reads.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

import pandas as pd

Read = TypeVar("Read", bound=Callable[..., Any])


def kept(max_entries: int) -> Callable[[Read], Read]:
    """Keeps the answers of a read, the `max_entries` used last, by its arguments.

    Tables, lists, dictionaries and tuples of these are handed out as copies; other answers must not be
    changed. Faults are not kept. Arguments must be hashable.
    """

    def wrap(read: Read) -> Read:
        held = lru_cache(maxsize=max_entries)(read)

        @wraps(read)
        def answer(*args: Any, **named: Any) -> Any:
            return _lent(held(*args, **named))

        return answer  # type: ignore[return-value]

    return wrap


def _lent(found: Any) -> Any:
    if isinstance(found, pd.DataFrame | pd.Series):
        return found.copy(deep=False)
    if isinstance(found, list | dict):
        return found.copy()
    if isinstance(found, tuple):
        return tuple(_lent(one) for one in found)
    return found
