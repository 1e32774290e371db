"""Callbacks from other threads reach the loop in their order, several at a time."""

from __future__ import annotations

import asyncio
from threading import Thread

import pytest

from dashboard.serve.handing_over import PATIENCE, Batches
from tests.asgi import awaited


def test_all_come_in_their_order_and_wake_the_loop_once() -> None:
    called: list[int] = []
    woken: list[object] = []

    async def run() -> None:
        loop = asyncio.get_running_loop()
        wake = loop.call_soon_threadsafe

        def counting(callback: object, *args: object) -> asyncio.Handle:
            woken.append(callback)
            return wake(callback, *args)  # type: ignore[arg-type]

        loop.call_soon_threadsafe = counting  # type: ignore[method-assign, assignment]
        batches = Batches(loop)

        def hand_over() -> None:
            for number in range(100):
                batches.add(lambda number=number: called.append(number))  # type: ignore[misc]

        thread = Thread(target=hand_over)
        thread.start()
        thread.join()
        assert called == []
        while len(called) < 100:
            await asyncio.sleep(PATIENCE)
        batches.add(lambda: called.append(100))
        while len(called) < 101:
            await asyncio.sleep(PATIENCE)

    awaited(run())
    assert called == list(range(101))
    assert len(woken) == 2


def test_a_fault_of_one_keeps_no_other_back() -> None:
    called: list[str] = []
    faults: list[str] = []

    async def run() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: faults.append(str(context["exception"])))
        batches = Batches(loop)
        batches.add(lambda: [][0])
        batches.add(lambda: called.append("second"))
        while not called:
            await asyncio.sleep(PATIENCE)

    awaited(run())
    assert faults == ["list index out of range"]


def test_a_closed_loop_is_told() -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        Batches(loop).add(lambda: None)
