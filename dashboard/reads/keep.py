"""Cached reads that cost nothing to read again: kept once for all readers, handed out as lazy copies.

`st.cache_data` stores bytes and unpickles them at every call; a page that asks for a table in every row of
a list spends most of its time so. Here the answer itself is kept. A reader gets a shallow copy, and pandas
copies on write, so that no page can change what the next one reads.

When a room full of people opens a page at once, its answer is made by the first and awaited by the others.
And people take turns (`turn`): only about as many runs are at work at a time as the machine has processors.
Thirty half-made ones would all be late, and all at once, so that thirty people come again together.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from threading import BoundedSemaphore, Lock, local
from typing import Any, TypeVar

import pandas as pd

Read = TypeVar("Read", bound=Callable[..., Any])

AT_WORK = BoundedSemaphore((os.cpu_count() or 1) + 1)  # one more: who waits for the engine leaves a processor
RENEWED = 4  # loans after which an answer moves to other columns
_own = local()  # whether this thread is making an answer already


def kept(max_entries: int) -> Callable[[Read], Read]:
    """Keeps the answers of a read, the `max_entries` used last, by its arguments.

    Tables, lists, dictionaries, tuples of these and the tables of a dataclass are handed out as copies; other
    answers must not be changed. Faults are not kept. Arguments must be hashable. A read must not, in the
    end, ask for itself.
    """

    def wrap(read: Read) -> Read:
        shelf = _Shelf(read, max_entries)

        @wraps(read)
        def answer(*args: Any, **named: Any) -> Any:
            return shelf.answer(args, named).lend()

        return answer  # type: ignore[return-value]

    return wrap


class _Shelf:
    """The answers of one read. An answer that is still being made stands here as a promise."""

    def __init__(self, read: Callable[..., Any], max_entries: int) -> None:
        self.read = read
        self.most = max_entries
        self.held: OrderedDict[Hashable, Future[_Loan]] = OrderedDict()
        self.lock = Lock()

    def answer(self, args: tuple[Any, ...], named: dict[str, Any]) -> _Loan:
        key = (args, tuple(sorted(named.items()))) if named else args
        while True:
            found = self._find(key)
            if found is None:
                with turn():  # before the promise: whoever has made one is at work and will keep it
                    found, ours = self._promise(key)
                    if ours:
                        return self._make(key, found, args, named)
            if found.exception() is None:
                return found.result()

    def _find(self, key: Hashable) -> Future[_Loan] | None:
        with self.lock:
            found = self.held.get(key)
            if found is not None:
                self.held.move_to_end(key)
            return found

    def _promise(self, key: Hashable) -> tuple[Future[_Loan], bool]:
        with self.lock:
            found = self.held.get(key)
            if found is not None:
                return found, False
            found = self.held[key] = Future()
            while len(self.held) > self.most:
                self.held.popitem(last=False)
            return found, True

    def _make(
        self, key: Hashable, promise: Future[_Loan], args: tuple[Any, ...], named: dict[str, Any]
    ) -> _Loan:
        try:
            made = _Loan(self.read(*args, **named))
        except BaseException as fault:  # also a run broken off: whoever waits tries for himself
            with self.lock:
                if self.held.get(key) is promise:
                    del self.held[key]
            promise.set_exception(fault)
            raise
        promise.set_result(made)
        return made


@contextmanager
def turn() -> Iterator[None]:
    """One of the places at work, first come first served; what is done for the sake of it shares its place.

    Whoever has a place may wait for an answer that another is making: the other has a place too.
    """
    if getattr(_own, "working", False):
        yield
        return
    with AT_WORK:
        _own.working = True
        try:
            yield
        finally:
            _own.working = False


@contextmanager
def aside() -> Iterator[None]:
    """Leaves the place to others while another process works; without a place, nothing.

    Not within a kept read: those who wait for its answer hold places, and it could get none again.
    """
    if not getattr(_own, "working", False):
        yield
        return
    AT_WORK.release()
    _own.working = False
    try:
        yield
    finally:
        AT_WORK.acquire()
        _own.working = True


class _Loan:
    """An answer that is lent to readers.

    Its columns are its own: no larger table stays because of it. pandas notes every copy at each of the
    columns that it shares, and looks for those that are gone only when there are five hundred: long before,
    the answer moves to other columns.
    """

    def __init__(self, answer: Any) -> None:
        self.answer = _copied(answer, deep=True)
        self.times = 0

    def lend(self) -> Any:
        """A copy that shares the columns until one of the two is changed."""
        self.times += 1
        if self.times % RENEWED == 0:
            self.answer = _copied(self.answer, deep=True)
        return _copied(self.answer, deep=False)


def _copied(found: Any, *, deep: bool) -> Any:
    if isinstance(found, pd.DataFrame | pd.Series):
        return found.copy(deep=deep)
    if isinstance(found, list | dict):
        return found.copy()
    if isinstance(found, tuple):
        return tuple(_copied(one, deep=deep) for one in found)
    if is_dataclass(found) and not isinstance(found, type):
        tables = {
            one.name: part.copy(deep=deep)
            for one in fields(found)
            if isinstance(part := getattr(found, one.name), pd.DataFrame)
        }
        return replace(found, **tables) if tables else found
    return found
