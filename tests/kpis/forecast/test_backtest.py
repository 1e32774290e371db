"""How often the recipe was right, beside the figures of the study it comes from."""

from __future__ import annotations

import pandas as pd
import pytest

from kpis.forecast import backtest, load_panel

# Means over origins: error, CRPS, share within 80 %, for values and ranks, with as today and the line.
STUDY = {
    1: (0.0419, 0.0449, 0.0634, 0.0302, 0.803, 7.95, 8.26, 12.26, 5.68, 0.829),
    2: (0.0543, 0.0668, 0.1043, 0.0391, 0.814, 10.26, 10.65, 19.67, 7.25, 0.838),
    3: (0.0691, 0.0975, 0.1454, 0.0485, 0.806, 12.19, 12.23, 26.45, 8.68, 0.836),
}
# A few values of 2008 to 2010 and the vintage of Internet use and subscriptions differ from the study's.
VALUES, PLACES, SHARES = 0.0005, 0.05, 0.005


@pytest.fixture(scope="module", params=[1, 2, 3])
def tested(request, wh) -> tuple[int, pd.DataFrame]:
    return request.param, backtest(load_panel(wh.tables), request.param)


def of_origins(values: pd.Series, table: pd.DataFrame) -> float:
    return float(values.groupby(table["origin"]).mean().mean())


def test_it_reproduces_the_study(tested):
    ahead, table = tested
    means = []
    for measure in ("egdi", "rank"):
        for point in ("forecast", "as_today", "line"):
            means.append(of_origins((table[f"{measure}_{point}"] - table[f"{measure}_actual"]).abs(), table))
        means.append(of_origins(table[f"{measure}_crps"], table))
        means.append(of_origins(table[f"{measure}_within_80"].astype(float), table))
    tolerances = (VALUES, VALUES, VALUES, VALUES, SHARES, PLACES, PLACES, 4 * PLACES, PLACES, SHARES)
    for mean, study, tolerance in zip(means, STUDY[ahead], tolerances, strict=True):
        assert mean == pytest.approx(study, abs=tolerance)
