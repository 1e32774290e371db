"""The fan of past achievements: a table checked by hand, its laws, and the real warehouse."""

from __future__ import annotations

import pandas as pd
import pytest

from kpis.errors import RequestError
from kpis.progress import Fan, fan
from kpis.queries import Warehouse


@pytest.fixture
def eleven() -> Fan:
    """Eleven countries that changed by 0, 1 … 10 in five years, and three in six; base 50 in 2015."""
    rows = [("A", 5, float(change)) for change in range(11)] + [("B", 6, 4.0)] * 3
    spells = pd.DataFrame(rows, columns=["ref_area", "ahead", "change"])
    spells["ref_area"] = [f"A{at}" for at in range(11)] + ["A0", "A1", "A2"]
    return Fan(2015, 50.0, 2.0, spells.assign(start_value=50.0, end_value=50.0 + spells["change"]))


def test_bands_by_hand_and_too_few_give_none(eleven: Fan) -> None:
    bands = eleven.bands()
    assert bands["ahead"].tolist() == [5]  # six years: three countries only
    assert bands["time_period"].tolist() == [2020]
    assert bands["n"].tolist() == [11]
    # 0…10 has eleven equally spaced values, so its quantiles are exact
    assert bands.loc[0, ["p10", "p25", "p50", "p75", "p90"]].tolist() == [51, 52.5, 55, 57.5, 59]


def test_bands_stop_at_the_natural_limit(eleven: Fan) -> None:
    assert eleven.bands(0.0, 56.0).loc[0, ["p50", "p75", "p90"]].tolist() == [55, 56, 56]


def test_who_got_at_least_as_far_by_hand(eleven: Fan) -> None:
    assert eleven.at_least(8.0, 5, 1) == (3, 11)
    assert eleven.at_least(8.0, 5, -1) == (9, 11)
    assert eleven.at_least(8.0, 9, 1) == (0, 0)
    assert eleven.at_least(20.0, 5, 1) == (0, 11)
    assert eleven.at_least(20.0, 5, 1, 60.0) == (1, 11)  # who is at the limit cannot go further


def test_the_tiny_table_by_hand(tiny: Warehouse) -> None:
    """A of 2020: COL 0.5, JAM 0.5, NAM 0.2 (no later value), HKG is no Member State; JAM 0.4 in 2022."""
    kpi = tiny.kpis().loc[lambda table: table["series"] == "S.A", "kpi"].iloc[0]
    found = fan(kpi, "COL", 2020, 0.5, 2030, store=tiny.tables)
    assert found.spells[["ref_area", "ahead", "from_year", "to_year"]].values.tolist() == [
        ["JAM", 2, 2020, 2022]
    ]
    assert found.spells["change"].tolist() == pytest.approx([-0.1], abs=1e-12)  # difference of doubles
    assert found.n_areas == 1
    assert found.bands().empty


def test_the_real_fan_against_plain_pandas(wh: Warehouse) -> None:
    kpi, area, base, years = "SDG_17.8.1", "COL", 55.9, 8
    members = wh.areas().loc[lambda table: table["un_member"], "ref_area"]
    held = wh.values(kpi, areas=members.tolist())
    held = held[held["obs_status"] != "U"].dropna(subset=["obs_value"])
    low, high = held["obs_value"].quantile([0.05, 0.95])
    later = held.assign(time_period=held["time_period"] - years)
    both = held.merge(later, on=["ref_area", "time_period"], suffixes=("", "_later"))
    both["away"] = (both["obs_value"] - base).abs()
    both = both[(both["ref_area"] != area) & (both["away"] <= 0.05 * (high - low) + 1e-9)]
    one = both.sort_values(["away", "time_period"], ascending=[True, False]).drop_duplicates("ref_area")
    expected = (one["obs_value_later"] - one["obs_value"]).quantile([0.1, 0.5, 0.9]) + base
    found = fan(kpi, area, 2015, base, 2030, store=wh.tables)
    row = found.bands().set_index("ahead").loc[years]
    assert row["n"] == len(one)
    # the same linear quantiles of the same doubles, summed in another order
    assert row[["p10", "p50", "p90"]].tolist() == pytest.approx(expected.tolist(), abs=1e-9)
    assert area not in set(found.spells["ref_area"])
    assert not found.spells.duplicated(["ref_area", "ahead"]).any()


def test_unknown_kpis_have_no_fan_and_bad_years_are_named(wh: Warehouse) -> None:
    empty = fan("NOPE", "COL", 2015, 1.0, 2030, store=wh.tables)
    assert (empty.n_areas, len(empty.bands())) == (0, 0)
    assert empty.at_least(1.0, 5, 1) == (0, 0)
    with pytest.raises(RequestError, match="2016 to 2055"):
        fan("SDG_17.8.1", "COL", 2015, 50.0, 2015, store=wh.tables)
    with pytest.raises(RequestError, match="missing"):
        fan("SDG_17.8.1", "COL", 2015, float("nan"), 2030, store=wh.tables)
