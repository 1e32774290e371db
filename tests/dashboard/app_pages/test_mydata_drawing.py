"""Charts of own figures: what people typed as a name is no markup there, and a target is drawn."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from dashboard.app_pages.mydata import drawing
from dashboard.charts import own_values
from dashboard.charts.context import Context
from dashboard.charts.figure import Chart
from dashboard.charts.look import LIGHT
from dashboard.components.numbers import POINT

CTX = Context(t=str, number=POINT.number, separators=".,", look=LIGHT, as_of=2026)
TAG = "<a href='http://x'>"
KPI = own_values.kpi_view("X", f"{TAG}series", f"{TAG}unit", "higher", [1.5])


def rows(n: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ref_area": [f"a{at}" for at in range(n)],
            "name": [f"{TAG}{at}" for at in range(n)],
            "obs_value": [float(n - at) for at in range(n)],
            "time_period": "2024-Q1",
            "at": 2023.25,
        }
    )


def charts() -> dict[str, Chart]:
    parents = pd.DataFrame({"name": [TAG], "n": [2], "lowest": [1.0], "median": [2.0], "highest": [3.0]})
    return {
        "bars": drawing.ranking(rows(3), KPI, CTX, "a1"),
        "skyline": drawing.ranking(rows(200), KPI, CTX, None),
        "courses": drawing.courses([(TAG, "series", rows(1))], (9.0, 2030), KPI, CTX),
        "within": drawing.within(parents, KPI, CTX),
    }


@pytest.mark.parametrize("kind", charts())
def test_a_typed_name_makes_no_link_in_a_chart(kind: str) -> None:
    assert TAG not in json.dumps(charts()[kind].to_dict())


def test_the_area_set_off_has_the_accent_and_a_target_its_mark() -> None:
    bars = charts()["bars"].data[0]
    assert [colour == LIGHT.accent for colour in bars["marker"]["color"]] == [False, True, False]
    target = charts()["courses"].data[1]
    assert (target["x"], target["y"]) == ([2030], [9.0])
