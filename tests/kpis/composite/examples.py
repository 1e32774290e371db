"""A table small enough to check by hand, a structure of three levels, and hypothesis strategies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

NAN = float("nan")

# two indicators and a lower-is-better one, in areas of different size
TABLE = pd.DataFrame(
    {"A": [1.0, 2.0, 4.0], "B": [10.0, 30.0, 20.0], "C": [5.0, 5.0, 8.0]},
    index=pd.Index(["COL", "URY", "JAM"], name="ref_area"),
)

STRUCTURE = pd.DataFrame(
    {
        "code": ["A", "B", "C", "P", "Q", "I"],
        "parent": ["P", "P", "Q", "I", "I", None],
        "weight": [1.0, 3.0, 2.0, 1.0, 1.0, np.nan],
    }
)


def law(*, examples: int | None = None, **cases: Any) -> Callable[[Any], Any]:
    """A property over drawn cases: as many as the profile says, or fewer where one takes long."""

    def mark(test: Any) -> Any:
        few = {} if examples is None else {"max_examples": examples}
        return settings(**few)(given(**cases)(test))

    return mark


def flat(*codes: str, weights: tuple[float, ...] | None = None) -> pd.DataFrame:
    """One index over some indicators."""
    weighed = weights or (1.0,) * len(codes)
    return pd.DataFrame(
        {"code": [*codes, "I"], "parent": ["I"] * len(codes) + [""], "weight": [*weighed, 1.0]}
    )


def panel() -> pd.DataFrame:
    """Two areas over three years, with gaps."""
    index = pd.MultiIndex.from_product(
        [["COL", "URY"], [2018, 2020, 2024]], names=["ref_area", "time_period"]
    )
    return pd.DataFrame(
        {"A": [1.0, NAN, 4.0, NAN, 5.0, NAN], "B": [0.0, 2.0, 10.0, 4.0, 6.0, 8.0]}, index=index
    )


def one_column(*numbers: float) -> pd.DataFrame:
    return pd.DataFrame({"A": list(numbers)}, index=[f"a{i}" for i in range(len(numbers))])


# steps of 1/8 are exact in binary, so that ties are ties and laws can be checked closely
eighths = st.integers(-8_000, 8_000).map(lambda n: n / 8)
positive = st.integers(1, 8_000).map(lambda n: n / 8)


@st.composite
def columns(draw: st.DrawFn, numbers: st.SearchStrategy[float] = eighths, min_size: int = 2) -> np.ndarray:
    """One indicator with gaps and at least two distinct values."""
    cells = draw(st.lists(st.none() | numbers, min_size=min_size, max_size=25))
    low, high = draw(st.lists(numbers, min_size=2, max_size=2, unique=True))
    return np.array([NAN if cell is None else cell for cell in [*cells, low, high]])


@st.composite
def tables(draw: st.DrawFn, numbers: st.SearchStrategy[float] = positive, gaps: bool = True) -> pd.DataFrame:
    """Areas × 2–5 indicators; every column has two distinct values."""
    width, height = draw(st.integers(2, 5)), draw(st.integers(3, 8))
    cell = st.none() | numbers if gaps else numbers
    body = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=height, max_size=height))
    matrix = np.array([[NAN if value is None else value for value in row] for row in body], dtype=float)
    matrix[0], matrix[1] = 1.0, 3.0
    return pd.DataFrame(matrix, index=[f"a{i}" for i in range(height)], columns=list("ABCDE")[:width])
