"""The forecast: all countries three editions ahead, the past tried again, one country with a plan."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from kpis.building.build import build
from kpis.forecast import Fit, backtest, draws, fit, load_panel, summary, table
from kpis.forecast.summary import SHARES
from kpis.warehouse.store import Store
from tests.benchmarks.measure import limit, row, timed

MOST_SECONDS = {"table": 1.0, "record": 60.0}


def by_pandas(values: pd.DataFrame) -> pd.DataFrame:
    """Quantiles of values and ranks as pandas gives them."""
    ranks = values.rank(axis=1, ascending=False, method="min")
    shares = list(SHARES.values())
    return pd.concat([values.quantile(shares), ranks.quantile(shares, interpolation="lower")])


def all_by_pandas(model: Fit) -> list[pd.DataFrame]:
    """The same draws of four measures, ranked and summed up by pandas."""
    sample = draws(model)
    measures = [sample.egdi, *sample.indices.transpose(2, 0, 1)]
    return [by_pandas(pd.DataFrame(values.round(4), columns=list(sample.areas))) for values in measures]


def main() -> None:
    """Print times against their limits, and summing up draws against pandas."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(build(Path(folder) / "escala.duckdb"))
        panel = load_panel(store)
        whole = timed(lambda: table(store), 5)
        record = timed(lambda: [backtest(panel, ahead) for ahead in (1, 2, 3)], 1, warm=0)
        print(limit("193 countries, three editions", whole.median, MOST_SECONDS["table"], "s"))
        print(limit("the past tried again, one to three ahead", record.median, MOST_SECONDS["record"], "s"))
        model = fit(panel)
        ours = timed(lambda: summary(draws(model), panel), 5)
        print(
            row("draws of four measures, summed up", ours, timed(lambda: all_by_pandas(model), 5), "pandas")
        )
        store.close()


if __name__ == "__main__":
    main()
