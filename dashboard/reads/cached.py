"""Cached reads: computed once for all readers, handed out as shallow copies.

`st.cache_data` pickles an answer and unpickles it at every call, which is most of the time of a page that
asks for a table in each row of a list. Here the answer itself is cached (`cachetools`); a reader gets a
shallow copy, and pandas copies on write, so no page can change what the next one reads.

A read is a single flight: when a room full of people opens a page at once, one thread computes its answer and
the others wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import nullcontext
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from threading import Condition
from typing import Generic, ParamSpec, TypeVar, cast

import cachetools
import pandas as pd

from dashboard.reads.concurrency import run_slot
from dashboard.reads.packed import packed, unpacked

P = ParamSpec("P")
T = TypeVar("T")

RENEWAL = 4  # loans after which an answer moves to new columns
_CACHES: list[tuple[cachetools.LRUCache[Hashable, _Loan[object]], Condition]] = []


def cached(max_entries: int, *, limited: bool = True) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Caches the answers of a read by its arguments, the `max_entries` used last.

    Arguments must be hashable; the first is the open warehouse or the reader, if the answer depends on them.
    Tables, lists, dictionaries, tuples of these and the tables of a dataclass are handed out as copies; other
    answers must not be changed. Errors are not cached. A read must not ask for itself, not even indirectly.
    limited: the read holds a run slot; not for one that waits for another process (`release_slot`).
    """

    def wrap(read: Callable[P, T]) -> Callable[P, T]:
        cache: cachetools.LRUCache[Hashable, _Loan[object]] = cachetools.LRUCache(max_entries)
        condition = Condition()
        _CACHES.append((cache, condition))

        @cachetools.cached(cache, condition=condition)
        def loan(*args: P.args, **kwargs: P.kwargs) -> _Loan[T]:
            return _Loan(read(*args, **kwargs))

        @wraps(read)
        def answer(*args: P.args, **kwargs: P.kwargs) -> T:
            # The slot first: a thread that others wait for must not wait for a slot of theirs.
            with run_slot() if limited else nullcontext():
                return loan(*args, **kwargs).lend()

        return answer

    return wrap


def retire_others(version: str) -> None:
    """Drops the answers drawn from any other warehouse, which would keep its file open.

    Also those that name none: they come from definitions, which may have changed along with the figures.
    """
    for cache, condition in _CACHES:
        with condition:
            for key in [key for key in cache if _version(key) != version]:
                del cache[key]


def _version(key: Hashable) -> str | None:
    """The data version of a cache key: that of its first argument, a warehouse or a reader."""
    arguments = cast(tuple[object, ...], key)
    return getattr(arguments[0], "version", None) if arguments else None


class _Loan(Generic[T]):
    """An answer that is lent to readers.

    Its columns are copied, so no larger table stays in memory for a part of it. pandas notes every shallow
    copy at each column it shares and clears the list only at five hundred; the answer moves to new columns
    long before. Its long texts lie packed (`reads/packed.py`).
    """

    def __init__(self, answer: T) -> None:
        copied = _copy(answer, deep=True)
        self._answer = packed(copied)
        self._is_packed = self._answer is not copied
        self._can_change = _can_change(self._answer)
        self._loans = 0

    def lend(self) -> T:
        """A copy that shares its columns with the answer until one of the two is changed."""
        if self._can_change:
            self._loans += 1
            if self._loans % RENEWAL == 0:
                self._answer = _copy(self._answer, deep=True)
        answer = cast(T, unpacked(self._answer)) if self._is_packed else self._answer
        return _copy(answer, deep=False) if self._can_change else answer


def _can_change(answer: object) -> bool:
    """Whether `_copied` copies anything of an answer: a tuple may hold a thousand texts."""
    if isinstance(answer, tuple):
        return any(_can_change(part) for part in answer)
    return isinstance(answer, pd.DataFrame | pd.Series | list | dict) or (
        is_dataclass(answer)
        and any(isinstance(getattr(answer, field.name), pd.DataFrame) for field in fields(answer))
    )


def _copy(answer: T, *, deep: bool) -> T:
    return cast(T, _copied(answer, deep=deep))


def _copied(answer: object, *, deep: bool) -> object:
    if isinstance(answer, pd.DataFrame | pd.Series):
        return answer.copy(deep=deep)
    if isinstance(answer, list | dict):
        return answer.copy()
    if isinstance(answer, tuple):
        return tuple(_copied(part, deep=deep) for part in answer)
    if is_dataclass(answer) and not isinstance(answer, type):
        tables = {
            field.name: table.copy(deep=deep)
            for field in fields(answer)
            if isinstance(table := getattr(answer, field.name), pd.DataFrame)
        }
        return replace(answer, **tables) if tables else answer
    return answer
