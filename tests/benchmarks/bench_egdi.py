"""What-ifs on EGDI against the same chain written plainly in pandas, in one run."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from kpis import changes, egdi
from kpis.building.build import build
from kpis.egdi.inputs import Edition, edition_of
from kpis.egdi.rules import component_names
from kpis.warehouse.store import Store
from tests.benchmarks.measure import row, timed

CHANGES = {"COL": {"OSI_SP": 0.95, "TII_INTERNET_USERS": 85.0}}
MANY = 200  # what-ifs in a sweep


def frames(inputs: Edition) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Components and published figures as a pandas user would hold them."""
    components = pd.concat([inputs.component_frame(index) for index in inputs.indices], axis=1)
    return components, inputs.parts().assign(EGDI=inputs.egdi)


def pandas_index(components: pd.DataFrame, inputs: Edition, index: str) -> pd.Series:
    """One index from its components."""
    rule = inputs.rules[index]
    values = components[component_names(rule)].copy()
    for part in rule.components:
        if part.cap is not None:
            values[part.kpi] = values[part.kpi].clip(upper=part.cap)
    z = (values - values.mean()) / values.std(ddof=0)
    raw = sum(part.weight * z[part.kpi] for part in rule.components)
    return (raw - raw.min()) / (raw.max() - raw.min())


def pandas_simulate(
    components: pd.DataFrame, published: pd.DataFrame, inputs: Edition, targets: dict[str, dict[str, float]]
) -> pd.DataFrame:
    """Everybody's figures after the change, anchored on the published ones, with ranks and groups."""
    changed = components.copy()
    for area, values in targets.items():
        for name, value in values.items():
            changed.loc[area, name] = value
    after = published.copy()
    for index in inputs.indices:
        moved = pandas_index(changed, inputs, index) - pandas_index(components, inputs, index)
        after[index] = published[index] + moved
    names = list(inputs.indices)
    after["EGDI"] = published["EGDI"] + after[names].mean(axis=1) - published[names].mean(axis=1)
    after["rank"] = after["EGDI"].rank(ascending=False, method="min").astype(int)
    after["group"] = after["EGDI"].map(egdi.group_of)
    return after


def everything(store: Store) -> dict[str, object]:
    """A what-if with every table it offers."""
    result = egdi.simulate(CHANGES, store=store)
    return result.to_dict() | {"table": result.table, "everyone": result.everyone_after}


def main() -> None:
    """Print simulate against pandas, alone, with all its tables and in a sweep, and the other questions."""
    with tempfile.TemporaryDirectory() as name:
        store = Store(build(Path(name) / "w.duckdb"))
        inputs = edition_of(2024, store)
        components, published = frames(inputs)
        ours = egdi.simulate(CHANGES, store=store).everyone_after
        theirs = pandas_simulate(components, published, inputs, CHANGES)
        assert (ours["EGDI"] - theirs["EGDI"]).abs().max() < 1e-12
        assert (ours["rank"] == theirs["rank"]).all()
        assert (ours["group"] == theirs["group"]).all()
        plain = timed(lambda: pandas_simulate(components, published, inputs, CHANGES), 50)
        for label, work in (
            ("simulate: everybody's figures", lambda: egdi.simulate(CHANGES, store=store)),
            ("simulate: after, with rank and group", lambda: egdi.simulate(CHANGES, store=store).after),
            ("simulate: all tables, notes and JSON", lambda: everything(store)),
        ):
            print(row(label, timed(work, 200, warm=3), plain, "pandas, in memory"))
        sweep = [{"COL": {"OSI_SP": step / MANY}} for step in range(MANY)]
        together = timed(lambda: [egdi.simulate(change, store=store).egdi_after for change in sweep], 5)
        apart = timed(lambda: [pandas_simulate(components, published, inputs, change) for change in sweep], 1)
        print(row(f"simulate: a sweep of {MANY}", together, apart, "pandas, in memory"))
        for label, work in (
            ("reach: 15 components and equal effort", lambda: egdi.reach("COL", rank=50, store=store)),
            ("precedents", lambda: egdi.precedents("COL", 0.05, store=store)),
            ("explain EGDI", lambda: changes.explain("COL", "EGDI", store=store)),
            ("explain rank", lambda: changes.explain("COL", "RANK", store=store)),
        ):
            timing = timed(work, 30, warm=2)
            print(f"{label:<44} {timing.median * 1000:>9.2f} ms   p95 {timing.p95 * 1000:.2f} ms")
        store.close()


if __name__ == "__main__":
    main()
