"""When a formula may be applied, and which year of arrival may be said: rules by hand, and in a build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kpis import open_warehouse, progress
from kpis.building.build import build
from kpis.catalogue import Catalogue
from kpis.catalogue.model import Target, Text
from kpis.progress import NO_RECENT_FIGURE
from kpis.queries import Warehouse
from tests.conftest import write_tiny

AS_OF = 2026


def read(method: str = "unsd", **other: float) -> dict[str, object]:
    """50 in 2015, 60 in 2022, towards 100: read in 2026, limit five years, unless told otherwise."""
    given = {"base_year": 2015, "base_value": 50.0, "latest_year": 2022, "latest_value": 60.0, "direction": 1,
             "target": 100.0, "target_year": 2030, "worst": 0.0, "best": 100.0, "green": 100.0,
             "limit_low": 0.0, "limit_high": 100.0} | other  # fmt: skip
    frame = pd.DataFrame([given]).assign(
        latest_age=AS_OF - given["latest_year"], latest_old=AS_OF - given["latest_year"] > 5
    )
    row: dict[str, object] = progress.as_read(progress.assess_table(frame, method)).iloc[0].to_dict()
    return row


@pytest.mark.parametrize("method", progress.METHODS)
@pytest.mark.parametrize("latest", [59.0, 99.0, 100.0, 20.0])
def test_an_old_figure_has_no_status_whatever_the_formula_gives(method: str, latest: float) -> None:
    old, recent = read(method, latest_year=2020, latest_value=latest), read(method, latest_value=latest)
    assert (old["status"], old["reason"]) == (NO_RECENT_FIGURE, NO_RECENT_FIGURE)
    assert old["formula_status"] in progress.METHODS[method].statuses
    assert recent["status"] == recent["formula_status"] != NO_RECENT_FIGURE


def test_a_target_met_in_an_old_figure_is_no_target_achieved() -> None:
    assert read("statcan", latest_year=2020, latest_value=100.0)["status"] == NO_RECENT_FIGURE
    assert read("statcan", latest_value=100.0)["status"] == "target_achieved"


def test_a_straight_trend_arrives_when_it_is_there_by_hand() -> None:
    """70 in 2022 from 56 in 2015 is 2 a year: 100 fifteen years later; 99 means two steps less than whole."""
    row = read("sdsn", base_value=56.0, latest_value=70.0)
    assert (row["arrival"], row["limit_year"], pd.isna(row["unconfirmed_year"])) == (2037, 2037, True)
    assert read("sdsn", base_value=56.0, latest_value=70.0, target=99.0, green=99.0)["arrival"] == 2037
    assert read("sdsn", base_value=56.0, latest_value=70.0, target=98.0, green=98.0)["arrival"] == 2036


def test_a_compound_trend_arrives_when_it_is_there_by_hand() -> None:
    """Doubled in seven years: from 25 to 100 takes fourteen more."""
    assert read("unsd", base_value=12.5, latest_value=25.0)["arrival"] == 2036
    halved = read("unsd", base_value=40.0, latest_value=20.0, direction=-1, target=5.0)
    assert halved["arrival"] == 2036
    assert pd.isna(halved["limit_year"])  # a rate never comes to 0


@pytest.mark.parametrize("method", ["unsd", "sdsn"])
def test_a_year_that_is_past_or_now_is_unconfirmed_and_no_arrival(method: str) -> None:
    row = read(method, base_value=20.0, latest_value=80.0)
    assert pd.isna(row["arrival"])
    assert pd.isna(row["limit_year"])
    assert 2022 < row["unconfirmed_year"] <= AS_OF  # type: ignore[operator]


@pytest.mark.parametrize("method", progress.METHODS)
def test_an_old_figure_never_arrives(method: str) -> None:
    row = read(method, latest_year=2020)
    assert pd.isna(row["arrival"])
    assert pd.isna(row["limit_year"])
    assert row["unconfirmed_year"] > AS_OF  # type: ignore[operator]


@pytest.mark.parametrize("method", progress.METHODS)
@pytest.mark.parametrize("latest", [100.0, 50.0, 40.0])
def test_what_is_there_already_or_never_gets_there_has_no_year(method: str, latest: float) -> None:
    row = read(method, latest_value=latest)
    assert pd.isna(row["arrival"])
    assert pd.isna(row["unconfirmed_year"])


@pytest.fixture(scope="module")
def aimed(tiny_catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The tiny warehouse with a target for A (limit: three years), read in 2024: COL and JAM have 2022."""
    target = Target(value=0.9, source=Text(en="agreed", es="acordada"))
    kpis = tiny_catalogue.kpis | {"A": tiny_catalogue.kpis["A"].model_copy(update={"target": target})}
    folder = tmp_path_factory.mktemp("aimed")
    warehouse = open_warehouse(
        build(
            Path(folder / "aimed.duckdb"),
            data=write_tiny(folder / "data"),
            catalogue=replace(tiny_catalogue, kpis=kpis),
            today=dt.date(2024, 6, 1),
        )
    )
    yield warehouse
    warehouse.close()


def test_a_build_applies_the_limit_of_the_entry_at_its_year_of_reading(aimed: Warehouse) -> None:
    """A: Colombia 0.5 → 0.6 and Jamaica 0.5 → 0.4 by 2022; Namibia's 0.2 of 2020 is beyond three years."""
    rows = aimed.progress(["COL", "JAM", "NAM"], method="unsd").set_index("ref_area")
    assert rows["status"].to_dict() == {"COL": "on_track", "JAM": "regression", "NAM": NO_RECENT_FIGURE}
    assert rows.loc["NAM", ["latest_year", "latest_age", "fresh_years"]].tolist() == [2020, 4, 3]
    # 0.6 × 1.2^(t/2): 0.9 after 2 · ln 1.5 / ln 1.2 = 4.4 years, so in the fifth
    assert rows.loc["COL", "arrival"] == 2027
    assert rows["arrival"].notna().sum() == 1
    assert rows["precedents"].tolist() == [0, 0, 0]  # nobody has a value ten years after a start


def test_another_year_of_projection_changes_no_status(aimed: Warehouse) -> None:
    far = aimed.progress("NAM", horizon=2040)
    assert set(far["status"]) == {NO_RECENT_FIGURE}
    assert (
        aimed.progress("COL", horizon=2040)["arrival"].tolist() == aimed.progress("COL")["arrival"].tolist()
    )
