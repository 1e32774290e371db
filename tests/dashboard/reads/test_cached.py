"""Kept answers: read once, and safe from what a page does with them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, Event, Lock

import numpy as np
import pandas as pd
import pytest

from dashboard.reads import cached as caching
from dashboard.reads import concurrency
from dashboard.reads.cached import cached


def test_an_answer_is_read_once_for_the_same_arguments():
    requests = []

    @cached(4)
    def read(version: str) -> int:
        requests.append(version)
        return len(requests)

    assert (read("a"), read("a"), read("b")) == (1, 1, 2)
    assert requests == ["a", "b"]


@dataclass(frozen=True)
class Profile:
    area: str
    gates: pd.DataFrame


def test_no_reader_changes_what_the_next_one_reads():
    @cached(4)
    def read() -> tuple[pd.DataFrame, list[int], dict[str, int], Profile]:
        return pd.DataFrame({"x": [1, 2]}), [1], {"a": 1}, Profile("COL", pd.DataFrame({"x": [1, 2]}))

    table, rows, named, profile = read()
    table.loc[0, "x"] = 99
    profile.gates.loc[0, "x"] = 99
    table["y"] = 0
    rows.append(2)
    named["b"] = 2
    again, list_again, named_again, profile_again = read()
    assert again.to_dict("list") == profile_again.gates.to_dict("list") == {"x": [1, 2]}
    assert (list_again, named_again) == ([1], {"a": 1})


def test_no_larger_table_is_kept_for_the_sake_of_a_part():
    whole = pd.DataFrame({"x": range(1000)})

    @cached(4)
    def read() -> pd.DataFrame:
        return whole[:2]

    assert not np.shares_memory(read()["x"].to_numpy(), whole["x"].to_numpy())


def test_an_answer_moves_to_other_columns_after_some_loans():
    @cached(4)
    def read() -> tuple[pd.DataFrame]:
        return (pd.DataFrame({"x": [1, 2]}),)

    (first,), *_, (last,) = (read() for _ in range(caching.RENEWAL + 1))
    assert last.to_dict("list") == {"x": [1, 2]}
    assert not np.shares_memory(first["x"].to_numpy(), last["x"].to_numpy())
    assert np.shares_memory(read()[0]["x"].to_numpy(), last["x"].to_numpy())


def test_a_fault_is_not_kept():
    tries = []

    @cached(4)
    def read() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not yet")
        return "there"

    with pytest.raises(ValueError, match="not yet"):
        read()
    assert read() == "there"


def test_a_room_that_asks_at_once_has_the_answer_made_once():
    computed, start, go = [], Barrier(8), Event()

    @cached(4)
    def read(version: str) -> str:
        computed.append(version)
        go.wait(5)
        return version

    def ask() -> str:
        start.wait(5)
        return read("a")

    with ThreadPoolExecutor(8) as room:
        requests = [room.submit(ask) for _ in range(8)]
        go.set()
        assert [answered.result(5) for answered in requests] == ["a"] * 8
    assert computed == ["a"]


def test_who_waits_for_an_answer_that_fails_tries_for_himself():
    tries, first, fail = [], Event(), Event()

    @cached(4)
    def read() -> str:
        tries.append(1)
        if len(tries) == 1:
            first.set()
            fail.wait(5)
            raise ValueError("broken off")
        return "there"

    with ThreadPoolExecutor(2) as room:
        answered = room.submit(read)
        first.wait(5)
        other = room.submit(read)
        fail.set()
        with pytest.raises(ValueError, match="broken off"):
            answered.result(5)
        assert other.result(5) == "there"


def test_no_more_answers_are_made_at_a_time_than_there_are_places():
    places = concurrency.MOST_RUNS
    working, most, lock = [0], [0], Lock()

    @cached(100)
    def inner(number: int) -> int:
        return number

    @cached(100)
    def read(number: int) -> int:
        with lock:
            working[0] += 1
            most[0] = max(most[0], working[0])
        answer = inner(number % 3)  # made within the place of the one that asks
        with lock:
            working[0] -= 1
        return answer

    with ThreadPoolExecutor(16) as room:
        assert list(room.map(read, range(60), timeout=20)) == [number % 3 for number in range(60)]
    assert 1 <= most[0] <= places


def test_the_answers_used_last_are_kept():
    computed = []

    @cached(2)
    def read(number: int) -> int:
        computed.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        assert read(number) == number
    assert computed == [1, 2, 3, 2]


def test_runs_take_turns_and_one_within_another_shares_its_place():
    places = concurrency.MOST_RUNS
    inside, most, lock, start = [0], [0], Lock(), Barrier(4 * places)

    def run() -> None:
        start.wait(timeout=10)
        with concurrency.run_slot():
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            with concurrency.run_slot():  # a page within a whole run takes no second slot, or all would wait
                Event().wait(0.01)
            with lock:
                inside[0] -= 1

    with ThreadPoolExecutor(4 * places) as pool:
        for done in [pool.submit(run) for _ in range(4 * places)]:
            done.result(timeout=20)
    assert most[0] <= places
    assert inside[0] == 0


def test_a_run_that_is_broken_off_gives_its_place_back():
    for _ in range(concurrency.MOST_RUNS + 1):
        with pytest.raises(KeyboardInterrupt), concurrency.run_slot():
            raise KeyboardInterrupt  # as Streamlit breaks off a run: no ordinary exception
    assert concurrency.RUN_SLOTS.acquire(timeout=1)
    concurrency.RUN_SLOTS.release()


def test_who_waits_aside_leaves_the_place_to_others():
    places = concurrency.MOST_RUNS
    waiting, go_on = Barrier(places + 1), Event()

    def run() -> None:
        with concurrency.run_slot():
            with concurrency.release_slot():
                waiting.wait(timeout=10)
                go_on.wait(timeout=10)
            assert concurrency.has_slot()

    with ThreadPoolExecutor(places) as pool:
        requests = [pool.submit(run) for _ in range(places)]
        waiting.wait(timeout=10)
        assert concurrency.RUN_SLOTS.acquire(timeout=1)  # though as many runs as there are places have begun
        concurrency.RUN_SLOTS.release()
        go_on.set()
        for done in requests:
            done.result(timeout=10)
    with concurrency.release_slot():
        assert not concurrency.has_slot()
