"""Denomination: by hand, panels, zero and absent denominators."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kpis.composite import CompositeWarning, denominate, findings
from kpis.errors import DataError, RequestError

from .examples import NAN, TABLE, columns, law, one_column, panel

PEOPLE = pd.DataFrame({"people": [2.0, 4.0, 8.0]}, index=["JAM", "URY", "COL"])


def test_three_rows_by_hand_matched_by_area():
    result = denominate(TABLE, PEOPLE, {"A": "people", "B": "people"}, factor={"B": 1000})
    assert result["A"].tolist() == [1 / 8, 2 / 4, 4 / 2]
    assert result["B"].tolist() == [1250, 7500, 10_000]
    assert result["C"].tolist() == [5, 5, 8]


def test_one_row_per_area_serves_every_period():
    people = pd.DataFrame({"people": [2.0, 4.0]}, index=pd.Index(["COL", "URY"], name="ref_area"))
    assert denominate(panel(), people, {"B": "people"})["B"].tolist() == [0, 1, 5, 1, 1.5, 2]


def test_one_row_per_area_and_period():
    people = pd.DataFrame({"people": [1.0, 2.0, 5.0, 4.0, 3.0, 2.0]}, index=panel().index)
    assert denominate(panel(), people, {"B": "people"})["B"].tolist() == [0, 1, 2, 1, 2, 4]


@law(x=columns())
def test_dividing_and_multiplying_back(x):
    values = one_column(*x)
    people = pd.DataFrame({"people": np.arange(1.0, len(x) + 1)}, index=values.index)
    back = denominate(values, people, {"A": "people"})["A"] * people["people"]
    np.testing.assert_allclose(back, x, rtol=1e-12)


def test_zero_missing_and_absent_denominators_are_missing_with_a_reason():
    people = pd.DataFrame({"people": [0.0, NAN]}, index=["COL", "URY"])
    with pytest.warns(CompositeWarning, match="'people' is missing or 0"):
        result = denominate(TABLE, people, {"A": "people"})
    assert result["A"].isna().all()
    assert findings(result)[0].areas == ("COL", "URY", "JAM")


def test_bad_requests():
    with pytest.raises(RequestError, match="Did you mean 'A'"):
        denominate(TABLE, PEOPLE, {"a": "people"})
    with pytest.raises(RequestError, match="Did you mean 'people'"):
        denominate(TABLE, PEOPLE, {"A": "peoples"})
    with pytest.raises(RequestError, match="not known"):
        denominate(TABLE, PEOPLE, {"A": "people"}, factor={"B": 2})
    with pytest.raises(DataError, match="appears more than once"):
        denominate(TABLE, pd.concat([PEOPLE, PEOPLE]), {"A": "people"})
