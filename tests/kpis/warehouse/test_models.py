"""Every derived table on four areas and nine values, checked by hand."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import duckdb
import pytest

from kpis.errors import EngineError
from kpis.queries import Warehouse
from kpis.warehouse.models import find_models, run_models

EXACT = 1e-12  # one subtraction or division of doubles


def cell(wh: Warehouse, query: str) -> object:
    return wh.sql(query).iloc[0, 0]


def test_ties_share_the_better_rank_and_the_next_rank_is_skipped(tiny: Warehouse) -> None:
    ranks = tiny.values("A", years=[2020]).set_index("ref_area")["rank"]
    assert ranks[["COL", "JAM", "NAM"]].tolist() == [1, 1, 3]


def test_an_area_outside_the_un_has_a_value_and_no_rank(tiny: Warehouse) -> None:
    row = tiny.values("A", areas=["HKG"]).iloc[0]
    assert row["obs_value"] == 0.9
    assert row.isna()["rank"]


def test_lower_is_better_ranks_the_smallest_first(tiny: Warehouse) -> None:
    ranks = tiny.values("B").set_index("ref_area")["rank"]
    assert ranks[["JAM", "COL", "NAM"]].tolist() == [1, 2, 3]


def test_a_measure_without_a_better_side_has_no_rank(tiny: Warehouse) -> None:
    assert tiny.values("GAP")["rank"].isna().all()


def test_percentile_is_the_share_of_others_behind_with_ties_half(tiny: Warehouse) -> None:
    percentile = tiny.values("A", years=[2020]).set_index("ref_area")["percentile"]
    assert percentile[["COL", "JAM", "NAM"]].tolist() == [75.0, 75.0, 0.0]  # (1 behind + half of 1 tied) of 2
    alone = tiny.values("A", years=[2022]).set_index("ref_area")["percentile"]
    assert alone[["COL", "JAM"]].tolist() == [100.0, 0.0]


def test_a_value_that_everyone_has_is_no_strength(wh: Warehouse) -> None:
    guarantee = wh.country("JAM").set_index("kpi").loc["SDG_16.10.2"]
    assert (guarantee["obs_value"], guarantee["rank"], guarantee["percentile"]) == (1, 1, 50)


def test_change_is_since_the_previous_year_held(tiny: Warehouse) -> None:
    row = tiny.values("A", areas=["JAM"], years=[2022]).iloc[0]
    assert row["change"] == pytest.approx(-0.1, abs=EXACT)
    assert row["rank_change"] == -1  # from 1st to 2nd


def test_difference_needs_both_values_and_keeps_the_worse_status(tiny: Warehouse) -> None:
    gap = tiny.values("GAP").set_index("ref_area")
    assert gap.loc["COL", "obs_value"] == pytest.approx(0.25, abs=EXACT)
    assert gap.loc["NAM", "obs_value"] == pytest.approx(-0.2, abs=EXACT)
    assert gap.loc["NAM", "obs_status"] == "U"  # E and U: the less reliable of the two
    assert set(gap["time_period"]) == {2020}  # no B in 2022
    assert "HKG" not in gap.index


def test_a_ratio_over_zero_has_no_row(tiny: Warehouse) -> None:
    assert tiny.values("RATIO")["ref_area"].tolist() == ["COL", "NAM"]


def test_group_value_counts_members_of_the_year(tiny: Warehouse) -> None:
    ldc = tiny.group_values("A", "LDC").set_index("time_period")
    assert ldc.loc[2020, "median"] == 0.2  # Namibia until 2020
    assert ldc.loc[2022, "median"] == 0.4  # Jamaica from 2021
    assert tiny.members("LDC", 2020) == ["NAM"]
    assert tiny.members("LDC") == ["JAM"]


def test_weighted_mean_uses_population_and_only_members(tiny: Warehouse) -> None:
    world = tiny.group_values("A", "WORLD", years=[2020]).iloc[0]
    assert world["mean"] == pytest.approx((0.5 + 0.5 + 0.2) / 3, abs=EXACT)
    assert world["weighted_mean"] == pytest.approx((0.5 * 50 + 0.5 * 3 + 0.2 * 2) / 55, abs=EXACT)
    assert (world["n"], world["n_members"]) == (3, 3)


def test_latest_carries_year_age_and_freshness(tiny: Warehouse) -> None:
    latest = tiny.country("NAM").set_index("kpi").loc["A"]
    assert (latest["time_period"], latest["age"], bool(latest["fresh"])) == (2020, 4, False)
    assert bool(tiny.country("COL").set_index("kpi").loc["A", "fresh"])


def test_latest_rank_compares_recent_values_only(tiny: Warehouse) -> None:
    latest = tiny.latest("A", ["COL", "JAM", "NAM"]).set_index("ref_area")
    assert latest["n"].tolist() == [3, 3, 3]  # 2020 is within 3 years of the KPI's last year, 2022
    assert latest["rank"].tolist() == [1, 2, 3]


def test_latest_says_how_many_share_the_value(wh: Warehouse) -> None:
    strategy = wh.country("COL").set_index("kpi").loc["GTMI_I35"]
    rows = wh.world("GTMI_I35")
    assert strategy["obs_value"] == 3
    assert strategy["tied"] == (rows["obs_value"] == 3).sum() > 1


def test_classes_hold_a_fifth_of_all_values_of_all_years_with_rounded_bounds(tiny: Warehouse) -> None:
    classes = tiny.kpi_classes().set_index("kpi")
    a = classes.loc["A"]  # members' values 0.2 0.4 0.5 0.5 0.6: fifths 0.36 0.46 0.5 0.52, steps of 0.02
    assert a["lower_bound"].iloc[1:].tolist() == [0.36, 0.46, 0.5, 0.52]
    assert a.isna()["lower_bound"].tolist() == [True, False, False, False, False]
    assert a["class"].tolist() == [0, 1, 2, 3, 4]
    assert set(a["kind"]) == {"computed"}
    assert "EMPTY" not in classes.index


def test_classes_of_publishers_and_levels_come_from_the_catalogue(wh: Warehouse) -> None:
    classes = wh.kpi_classes().set_index("kpi")
    assert classes.loc["EGDI", "lower_bound"].iloc[1:].tolist() == [0.25, 0.5, 0.75]
    assert classes.loc["EGDI", "name_es"].tolist() == ["bajo", "medio", "alto", "muy alto"]
    assert classes.loc["GTMI_I35", "lower_bound"].tolist() == [0, 1, 2, 3]
    assert set(classes.loc["GTMI_I35", "kind"]) == {"level"}
    assert classes.loc["SDG_16.6.1", "centre"].unique().tolist() == [100]


def test_classes_around_a_neutral_value_lie_as_far_on_either_side(wh: Warehouse) -> None:
    bounds = wh.kpi_classes().set_index("kpi").loc["ACCOUNT_GENDER_GAP", "lower_bound"].dropna().tolist()
    assert bounds == sorted(-bound for bound in bounds)


def test_every_map_has_few_classes_that_some_value_of_some_year_reaches(wh: Warehouse) -> None:
    held = wh.sql(
        "select c.kpi, c.class, count(v.obs_value) as n, max(c.class) over (partition by c.kpi) as last "
        "from (select *, lead(lower_bound) over (partition by kpi order by class) as upper from kpi_class) c "
        "left join kpi_value as v on v.kpi = c.kpi and v.obs_value >= coalesce(c.lower_bound, '-infinity') "
        "and v.obs_value < coalesce(c.upper, 'infinity') where c.kind = 'computed' group by c.kpi, c.class"
    )
    assert held["last"].max() <= 4
    assert held.loc[held["n"] == 0, "kpi"].tolist() == []


def test_subscriptions_that_pass_one_a_person_in_many_states_have_no_better_side(wh: Warehouse) -> None:
    """More than one in five members above 100 per 100: there, more is no better."""
    rows = wh.sql(
        "select k.kpi, any_value(k.direction) as direction, avg((l.obs_value > 100)::int) as share "
        "from kpi_latest as l join kpi as k on k.kpi = l.kpi join area as a on a.ref_area = l.ref_area "
        "where k.unit_measure = 'per_100' and a.un_member group by k.kpi"
    )
    assert len(rows) >= 4
    assert (rows["direction"] == "context").tolist() == (rows["share"] > 0.2).tolist()


def test_coverage_names_pairs_without_values_and_gaps(tiny: Warehouse) -> None:
    coverage = tiny.coverage().set_index(["kpi", "ref_area"])
    assert coverage.loc[("EMPTY", "COL"), "n_years"] == 0
    assert coverage.loc[("A", "COL"), "n_years"] == 2
    assert len(coverage) == 5 * 3


def test_a_kpi_without_values_is_missing_not_zero(tiny: Warehouse) -> None:
    assert tiny.country("COL").set_index("kpi")["obs_value"].isna()["EMPTY"]
    assert tiny.values("EMPTY").empty


def test_series_and_source_tables_say_what_is_held(tiny: Warehouse) -> None:
    assert cell(tiny, "select n_values from series where series = 'S.A'") == 6
    source = tiny.sources().iloc[0]
    assert (source["first_year"], source["last_year"], source["n_series"]) == (2020, 2022, 2)


def test_models_are_ordered_by_what_they_read(tmp_path: Path) -> None:
    (tmp_path / "b.sql").write_text("select * from a")
    (tmp_path / "a.sql").write_text("select 1 as x")
    assert [model.name for model in find_models(tmp_path)] == ["a", "b"]


def test_models_in_a_circle_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("select * from b")
    (tmp_path / "b.sql").write_text("select * from a")
    with pytest.raises(EngineError, match="circle"):
        find_models(tmp_path)


def test_broken_sql_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "bad.sql").write_text("select from where")
    with pytest.raises(EngineError, match=r"bad\.sql"):
        find_models(tmp_path)


def test_usual_step_is_the_most_frequent_one(wh: Warehouse) -> None:
    steps = wh.kpis().set_index("kpi")["usual_step"]
    assert steps["EGDI"] == 2  # every second year since 2008
    assert steps["SDG_1.1.1"] == 1  # most surveys are of the year before, 18 years in Uzbekistan
    assert steps.isna()["GCI"]  # one edition


def test_equal_ratios_are_equal_to_the_last_bit() -> None:
    """0.7 / 0.1 is 6.999999999999999 for a computer; the area shares its rank with 7 / 1 and 1.4 / 0.2."""
    con = duckdb.connect()
    con.execute(
        "create table kpi as"
        " select 'R' as kpi, 'ratio' as derive, 's' as source, 'A' as input_a, 'B' as input_b"
    )
    parts = {
        "u": (0.7, 0.1),
        "v": (7.0, 1.0),
        "w": (1.4, 0.2),
        "x": (7e-9, 1e-9),
        "y": (-2.0, 3.0),
        "z": (0.0, 3.0),
    }
    con.execute(
        "create table kpi_direct (kpi text, ref_area text, time_period int, obs_value double,"
        " obs_status text, vintage text, footnote text)"
    )
    for area, pair in parts.items():
        for kpi, value in zip("AB", pair, strict=True):
            con.execute(
                "insert into kpi_direct values (?, ?, 2020, ?, 'A', '2020', null)", [kpi, area, value]
            )
    model = resources.files("kpis").joinpath("models", "steps", "kpi_pair.sql").read_text(encoding="utf-8")
    found = dict(con.execute(f"select ref_area, obs_value from ({model})").fetchall())
    assert found["u"] == found["v"] == found["w"] == found["x"] == 7
    assert found["y"] == pytest.approx(-2 / 3, rel=1e-11)
    assert found["z"] == 0


def test_macros_say_which_side_is_better(tiny: Warehouse) -> None:
    rows = tiny.sql(
        "select toward_better(side) as sign, sort_key(-2.0, side) as key "
        "from (select unnest(['higher', 'lower', 'zero', 'context']) as side)"
    )
    assert rows["sign"].tolist() == [1, -1, 0, 0]
    assert rows["key"].tolist() == [2, -2, 2, -2]


def test_a_macro_comes_after_what_it_reads_and_before_who_calls_it(tmp_path: Path) -> None:
    (tmp_path / "macros").mkdir()
    (tmp_path / "z.sql").write_text("select 1 as value")
    (tmp_path / "macros" / "m.sql").write_text("create macro m() as table select value from z")
    (tmp_path / "a.sql").write_text("select value + $income_lag as value from m()")
    models = find_models(tmp_path)
    assert [model.name for model in models] == ["z", "m", "a"]
    with duckdb.connect() as con:
        run_models(con, models)
        assert con.execute("select value from a").fetchall() == [(4,)]
