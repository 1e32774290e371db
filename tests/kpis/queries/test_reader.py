"""What readers get from the real warehouse: published numbers, Namibia, requests that miss."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from kpis.errors import RequestError
from kpis.paths import data_dir
from kpis.queries import Warehouse

UN_INDICES = ["EGDI", "EPI", "OSI", "HCI", "TII"]


def test_denmark_and_colombia_2024_as_published(wh: Warehouse) -> None:
    rows = wh.values("EGDI", areas=["DNK", "COL"], years=[2024]).set_index("ref_area")
    assert rows["obs_value"].to_dict() == {"COL": 0.7793, "DNK": 0.98474}
    assert rows["rank"].to_dict() == {"COL": 68, "DNK": 1}


def test_all_twelve_editions_agree_with_the_figures_held_to_the_last_digit(wh: Warehouse) -> None:
    with (data_dir() / "observations" / "undesa_egovkb.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    published = {
        (row["series"], row["ref_area"], int(row["time_period"])): float(row["obs_value"])
        for row in rows
        if row["series"] in UN_INDICES
    }
    frame = wh.values(UN_INDICES)
    served = dict(
        zip(
            zip(frame["kpi"], frame["ref_area"], frame["time_period"], strict=True),
            frame["obs_value"],
            strict=True,
        )
    )
    assert served == published  # exact: no arithmetic lies between file and reader
    assert len({year for _, _, year in served}) == 12


def test_ranks_of_the_egdi_are_the_published_ones(wh: Warehouse) -> None:
    differing = wh.sql(
        """
        select s.time_period, s.ref_area from standing as s
        join observation as r
            on r.series = 'EGDI.RANK' and r.ref_area = s.ref_area and r.time_period = s.time_period
        where s.measure = 'EGDI' and s.rank <> r.obs_value
        """
    )
    assert differing.empty
    assert (
        wh.sql("select count(*) from standing where measure = 'EGDI' and rank_kind = 'published'").iloc[0, 0]
        > 2200
    )


def test_derived_ranks_of_the_egdi_equal_the_published_but_for_four_ties_of_2020(wh: Warehouse) -> None:
    differing = wh.sql(
        """
        with computed as (
            select
                ref_area,
                time_period,
                rank() over (partition by time_period order by obs_value desc) as rank
            from kpi_value where kpi = 'EGDI'
        )
        select c.ref_area, c.time_period from computed as c
        join standing as s on s.measure = 'EGDI' and s.ref_area = c.ref_area and s.time_period = c.time_period
        where s.rank <> c.rank
        """
    )
    assert set(differing["ref_area"]) == {"AND", "HUN", "MKD", "TLS"}
    assert set(differing["time_period"]) == {2020}


@pytest.mark.parametrize(
    ("year", "mean"),
    [(2014, 0.4712), (2016, 0.4922), (2018, 0.5491), (2020, 0.5988), (2022, 0.6102), (2024, 0.6382)],
)
def test_world_means_as_the_survey_prints_them(wh: Warehouse, year: int, mean: float) -> None:
    # the Survey rounds to four decimals
    assert wh.group_values("EGDI", "WORLD", years=[year])["mean"].iloc[0] == pytest.approx(mean, abs=0.00005)


def test_countries_per_group_2024_as_published(wh: Warehouse) -> None:
    value = wh.world("EGDI", 2024)["obs_value"]
    counts = np.histogram(value, bins=[0, 0.25, 0.5, 0.75, 1])[0].tolist()
    assert counts == [11, 44, 62, 76]
    classes = wh.sql(
        "select class, count(*) as n from classification where scheme = 'EGDI_GROUP' group by class"
    )
    assert sorted(classes["n"]) == [11, 44, 62, 76]


@pytest.mark.usefixtures("home")
def test_namibia_is_on_every_path(wh: Warehouse) -> None:
    areas = wh.areas().set_index("ref_area")
    assert areas.loc["NAM", "iso2"] == "NA"
    assert "NAM" in wh.members("AFRICA")
    assert wh.values("EGDI", areas=["NAM"], years=[2024])["obs_value"].notna().all()
    assert wh.world("EGDI", 2024).set_index("ref_area").loc["NAM", "rank"] > 0


def test_every_member_state_has_a_row_even_without_a_value(wh: Warehouse) -> None:
    world = wh.world("SDG_5.b.1")
    assert len(world) == 193
    assert world["obs_value"].isna().any()
    assert not (world["obs_value"] == 0).any()


def test_the_sixteen_caribbean_sids(wh: Warehouse) -> None:
    expected = "ATG BHS BLZ BRB CUB DMA DOM GRD GUY HTI JAM KNA LCA SUR TTO VCT"
    assert wh.members("CARIBBEAN_SIDS") == sorted(expected.split())


def test_least_developed_countries_change_with_time(wh: Warehouse) -> None:
    assert "CPV" in wh.members("LDC", 2005)
    assert "CPV" not in wh.members("LDC", 2010)
    assert "SSD" not in wh.members("LDC", 2010)
    assert "STP" not in wh.members("LDC", 2025)
    assert len(wh.members("LDC", 2025)) == 44


def test_the_distance_from_income_averages_to_nothing_each_year(wh: Warehouse) -> None:
    means = wh.sql(
        "select time_period, avg(obs_value) as mean, count(*) as n from kpi_value "
        "where kpi = 'EGDI_VS_INCOME' and obs_status <> 'U' group by time_period"
    )
    assert (
        means["mean"].abs().max() < 1e-9
    )  # least squares with an intercept; the rest is rounding of doubles
    assert means["n"].min() >= 150


def test_evidence_leads_to_the_source_rows(wh: Warehouse) -> None:
    direct = wh.evidence("OSI", "JAM", 2024)
    assert direct["role"].tolist() == ["value"]
    assert direct["publisher"].str.contains("United Nations").all()
    gap = wh.evidence("OSI_TII_GAP", "JAM", 2024).set_index("role")["obs_value"]
    value = wh.values("OSI_TII_GAP", areas=["JAM"], years=[2024])["obs_value"].iloc[0]
    assert gap["a"] - gap["b"] == pytest.approx(value, abs=1e-9)  # differences are rounded to nine decimals
    assert set(wh.evidence("EGDI_VS_INCOME", "JAM", 2024)["role"]) == {"a", "gdp_pc_ppp"}


def test_every_kpi_with_values_leads_to_a_source_row(wh: Warehouse) -> None:
    latest = wh.country("COL").dropna(subset=["obs_value"])
    for row in latest.itertuples():
        assert not wh.evidence(str(row.kpi), "COL", int(row.time_period)).empty, row.kpi


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda wh: wh.values("EGDX"), "Did you mean 'EGDI'"),
        (lambda wh: wh.values("EGDI", areas=["COLL"]), "Did you mean 'COL'"),
        (lambda wh: wh.values("EGDI", group="SIDSS"), "Did you mean 'SIDS'"),
        (lambda wh: wh.country("colombias"), "Did you mean 'COL'"),
        (
            lambda wh: wh.country("Congo"),
            "can be one of several: COD (Democratic Republic",
        ),
        (lambda wh: wh.trend("EGDI", ["QQQ"]), "area 'QQQ' is not known"),
        (lambda wh: wh.values("x" * 5000), "xxx..."),
    ],
)
def test_an_unknown_name_gets_the_near_miss(wh: Warehouse, call: object, said: str) -> None:
    with pytest.raises(RequestError, match=r".") as caught:
        call(wh)  # type: ignore[operator]
    assert said in str(caught.value)
    assert len(str(caught.value)) < 400


def test_group_and_areas_together_mean_both(wh: Warehouse) -> None:
    frame = wh.values("OSI", areas=["JAM", "COL"], group="SIDS", years=[2024])
    assert frame["ref_area"].tolist() == ["JAM"]


def test_a_group_means_the_members_of_the_year(wh: Warehouse) -> None:
    values = wh.values("EGDI", group="LDC", years=[2010])
    stored = wh.group_values("EGDI", "LDC", years=[2010]).iloc[0]
    assert {"WSM", "MDV", "VUT", "GNQ"} <= set(values["ref_area"])  # members then, not today
    assert len(values) == stored["n"]
    assert values["obs_value"].median() == stored["median"]


def test_gaps_rank_parity_first_and_equal_gaps_share_a_rank(wh: Warehouse) -> None:
    gaps = wh.values("BIRTH_REG_GAP").dropna(subset=["rank"])
    size = gaps["obs_value"].abs().round(6)
    best = gaps[gaps["rank"] == 1]
    assert (size[best.index] == size.groupby(gaps["time_period"]).transform("min")[best.index]).all()
    shared = gaps.assign(size=size).groupby(["time_period", "size"])["rank"].nunique()
    assert (shared == 1).all()


def test_what_is_no_year_is_a_request_error(wh: Warehouse) -> None:
    with pytest.raises(RequestError, match="write whole years"):
        wh.values("EGDI", years=["last"])  # type: ignore[list-item]


def test_a_horizon_in_the_past_is_refused(wh: Warehouse) -> None:
    with pytest.raises(RequestError, match="lies before the newest value"):
        wh.progress("COL", "SDG_17.8.1", horizon=1990)


def test_what_is_shown_of_a_projection_stays_within_the_limits(wh: Warehouse) -> None:
    rows = wh.sql("select projected, projected_shown, limit_low, limit_high, verdict from progress")
    shown = rows.dropna(subset=["projected_shown"])
    assert (shown["projected_shown"] <= shown["limit_high"].fillna(float("inf"))).all()
    assert (rows["projected"] > rows["limit_high"]).any()  # the methods' own figure is kept beside it
    assert rows["verdict"].notna().all()


def test_members_about_to_leave_or_in_doubt_carry_a_note(wh: Warehouse) -> None:
    notes = wh.membership_notes("LDC").set_index("ref_area")
    assert notes["valid_to"].to_dict() == {
        "BGD": 2026, "NPL": 2026, "LAO": 2026, "SLB": 2027, "KHM": 2029, "SEN": 2029,
    }  # fmt: skip
    assert (
        notes.loc[["BGD", "NPL"], "note_en"].str.contains("extension was asked, decision not verified").all()
    )
    assert notes["note_es"].str.len().min() > 30
    assert {"BGD", "NPL", "LAO"} <= set(wh.members("LDC", 2026))
    assert wh.membership_notes("SIDS").empty
