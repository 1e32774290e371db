"""Reads made once for each open store."""

from __future__ import annotations

import gc

import pytest

from kpis.warehouse.once import once_per_store


class Store:
    """Anything that can be held weakly."""


def test_a_read_is_made_once_for_each_store_and_argument():
    asked = []

    @once_per_store
    def read(_store: Store, name: str) -> str:
        asked.append(name)
        return name

    one, other = Store(), Store()
    assert [read(one, "a"), read(one, "a"), read(one, "b"), read(other, "a")] == ["a", "a", "b", "a"]
    assert asked == ["a", "b", "a"]


def test_an_answer_goes_with_its_store():
    made = []

    @once_per_store
    def read(_store: Store) -> int:
        made.append(1)
        return len(made)

    store = Store()
    assert read(store) == 1
    del store
    gc.collect()
    assert read(Store()) == 2


def test_a_fault_is_not_kept():
    tries = []

    @once_per_store
    def read(_store: Store) -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not yet")
        return "there"

    store = Store()
    with pytest.raises(ValueError, match="not yet"):
        read(store)
    assert read(store) == "there"
