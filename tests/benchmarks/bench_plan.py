"""The planner: a move of a lever in a real session, and what a goal asks, warm and cold."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from streamlit.proto.Delta_pb2 import Delta

from kpis import plan
from kpis.building.build import build
from kpis.warehouse.store import Store
from tests.benchmarks.measure import limit, row, summed, timed
from tests.benchmarks.reader import Reader, Run
from tests.serving import served

LEVER = "lever_COL_OSI_SP"
MOVES = 60
MOST_SECONDS = 0.150
AREAS = ("COL", "URY", "JAM", "HTI", "RWA")


class Planner(Reader):
    """A session that also moves sliders."""

    sliders: dict[str, tuple[str, str]]  # key: id, fragment

    def _take(self, delta: Delta, run: Run) -> None:
        super()._take(delta, run)
        if delta.WhichOneof("type") == "new_element" and delta.new_element.WhichOneof("type") == "slider":
            one = delta.new_element.slider
            self.sliders[one.id.rsplit("-", 1)[1]] = (one.id, delta.fragment_id)

    async def slide(self, key: str, value: float) -> Run:
        """Moves a slider; a run of its fragment."""
        asked = self._request()
        identity, asked.rerun_script.fragment_id = self.sliders[key]
        state = asked.rerun_script.widget_states.widgets.add(id=identity)
        state.double_array_value.data.append(value)
        return await self._run(asked)


async def _moves(path: Path) -> list[Run]:
    with served(path) as server:
        async with Planner(server, "es") as reader:
            reader.sliders = {}
            await reader.open("plan", country="COL", show="levers")
            return [await reader.slide(LEVER, round(0.40 + 0.01 * at, 3)) for at in range(MOVES)]


def main() -> None:
    """Print the time of a move against its limit, and of the questions of a plan."""
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "escala.duckdb")
        runs = asyncio.run(_moves(path))
        if faults := [fault for run in runs for fault in run.faults]:
            raise RuntimeError(faults[0])
        if not all(run.fragment for run in runs):
            raise RuntimeError("a move of a lever ran more than its fragment")
        took = summed([run.seconds for run in runs])
        print(
            limit(
                "move of a lever, never the same twice: median", took.median * 1000, MOST_SECONDS * 1000, "ms"
            )
        )
        print(limit("move of a lever, never the same twice: p95", took.p95 * 1000, MOST_SECONDS * 1000, "ms"))
        store = Store(path)
        whole = timed(
            lambda: [plan.outlook(area, stage="connected", by=2030, store=store) for area in AREAS], 5
        )
        once = timed(lambda: plan.attempt("COL", {"OSI_SP": 0.9}, store), 50, warm=3)
        print(row("what if: ranks and stages of everybody", once, whole, "five plans to connected, 2030"))
        store.close()


if __name__ == "__main__":
    main()
