"""Reads that are made once for each open warehouse: it is read-only, so their answer cannot change."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Answer = TypeVar("Answer")


def once_per_store(read: Callable[..., Answer]) -> Callable[..., Answer]:
    """Keeps what a function reads from a store, its first argument, by the other arguments.

    Callers share the answer and must not change it. It goes when the store goes. Errors are not kept.
    """
    answers: WeakKeyDictionary[Any, dict[tuple[Any, ...], Answer]] = WeakKeyDictionary()

    @wraps(read)
    def answer(store: Any, *args: Any) -> Answer:
        of_store = answers.setdefault(store, {})
        if args not in of_store:
            of_store[args] = read(store, *args)
        return of_store[args]

    return answer
