"""Profiles in words: against whom, and no strength below the middle, no weakness above it."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts import profile_words
from dashboard.charts.context import Context

LABELS = {"legal": "Legal framework", "services": "Services", "data": "Data"}


@pytest.mark.parametrize(
    ("percentiles", "title"),
    [
        ((70.0, 30.0), "Against the world, strongest: legal framework; weakest: services"),
        ((40.0, 30.0), "Against the world, nearest to the middle: legal framework; weakest: services"),
        ((90.0, 60.0), "Against the world, strongest: legal framework; nearest to the middle: services"),
        ((50.0, 50.1), "Against the world, strongest: services; weakest: legal framework"),
    ],
)
def test_a_title_names_the_yardstick(percentiles: tuple[float, float], title: str, ctx: Context) -> None:
    medians = pd.Series({"legal": percentiles[0], "services": percentiles[1], "data": float("nan")})
    assert profile_words.of_medians(medians, LABELS, ctx) == title


def test_one_dimension_is_no_finding(ctx: Context) -> None:
    medians = pd.Series({"legal": 70.0, "services": float("nan")})
    assert profile_words.of_medians(medians, LABELS, ctx) == "Profile"
