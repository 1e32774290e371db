"""Figures in `data/` against points that their publishers print, and rules that a new release must keep."""

from __future__ import annotations

import pytest

from kpis.paths import data_dir
from kpis.queries import Warehouse
from kpis.sources.observations import observation_files
from kpis.sources.releases import figures_of

DATA = data_dir()

PRINTED = [
    # KPI, ref_area, year, value with the decimals that are printed, where
    ("GCI", "DEU", 2024, "97.85"),  # ITU GCI 2024; 93.84, a tier too low, in the copy held before
    (
        "GCI",
        "COD",
        2024,
        "56.75",
    ),  # tier 3 in the press of January 2025; the two Congos were exchanged before
    ("GCI", "COG", 2024, "27.60"),
    ("GCI", "CAN", 2024, "93.18"),  # missing before
    ("GCI_LEGAL", "COL", 2024, "13.37"),
    ("HDI", "ISL", 2023, "0.972"),  # Human Development Report 2025, table 1: rank 1
    ("HDI", "COL", 2023, "0.788"),
    ("HDI", "SSD", 2023, "0.388"),  # the last rank
    ("OGDI", "COL", 2024, "0.9487"),  # UN E-Government Survey 2024, Technical Appendix
    ("EPI", "COL", 2024, "0.7397"),
    ("LOSI", "ESP", 2024, "0.9271"),  # Madrid, first with Tallinn
    ("UNCTAD_CYBERLAW", "AFG", 2026, "2"),
    ("SDG_16.5.2", "COL", 2023, "2.75"),  # UN SDG database, October 2026
    ("SDG_16.9.1", "MEX", 2023, "93.9"),
    ("SDG_16.6.1", "AFG", 2007, "79.6951"),  # World Bank, GF.XPD.BUDG.ZS
    ("SDG_5.5.1", "RWA", 2025, "63.75"),  # Inter-Parliamentary Union, the highest share
    ("SDG_5.b.1_TOTAL", "ZWE", 2020, "47.0"),  # UN SDG database, 2026.Q2: a survey …
    ("MOBILE_OWN_ESTIMATE", "ZWE", 2021, "74.9"),  # … and an ITU estimate
    ("SDG_5.b.1", "VUT", 2023, "69.6"),  # Multiple Indicator Cluster Survey 2023
    ("SDG_17.8.1", "COL", 2024, "79.3"),  # ITU DataHub, April 2026
    ("WGI_CC", "ABW", 2004, "0.966"),  # WGI 2025 edition; 1.166 in that of 2024
    ("FINDEX_PHONE_WOMEN", "COL", 2024, "88.3"),  # Global Findex 2025
    ("PRICE_FIXED_BB", "COL", 2025, "2.88"),  # ITU ICT Price Baskets, December 2025
    ("GTMI_I12", "NAM", 2025, "2"),
]

REPLACED = {
    # series that a newer release replaces whole: the vintages that were held of it
    "GCI.SCORE.V5": {"2026-06-26"},
    "HDR.HDI": {"2025-01-07"},
    "HDR.GNIPC": {"2025-01-07"},
    "IQ.SPI.OVRL": {"2026-05-13"},
    "ODIN.OVERALL": {"ed. 2020"},
    "GF_XPD_GBPC": {"2020-10-19"},
    "IT_USE_ii99": {"2026-03-01"},
    "IT_NET_BBND": {"2026-03-01"},
    "IT.CEL.SETS.P2": {"2026-03-01"},
    "IT_MOB_4GNTWK": {"2025-06-22"},
    **{f"{name}.EST": {"ed. 2024"} for name in ("CC", "GE", "RL", "RQ", "VA")},
}


@pytest.mark.parametrize(("kpi", "area", "year", "printed"), PRINTED)
def test_a_printed_figure_is_held(kpi: str, area: str, year: int, printed: str, wh: Warehouse) -> None:
    rows = wh.values(kpi, areas=[area], years=[year])
    assert len(rows) == 1
    decimals = len(printed.partition(".")[2])
    assert f"{rows['obs_value'].iloc[0]:.{decimals}f}" == printed


@pytest.mark.parametrize("series", REPLACED)
def test_a_replaced_series_has_nothing_of_the_former_release(series: str, wh: Warehouse) -> None:
    vintages = wh.sql("select distinct vintage from observation where series = $s", {"s": series})["vintage"]
    assert len(vintages) == 1
    assert REPLACED[series].isdisjoint(vintages)


NO_NAMIBIA = {"siwa_lac", "spc_bp50", "itu_internet_sex"}  # other regions, or not in the publisher's file


def test_namibia_is_in_every_file_that_has_it_upstream() -> None:
    for path in observation_files(DATA / "observations"):
        areas = {area for _, area, _ in figures_of(path)}
        assert ("NAM" in areas) == (path.stem not in NO_NAMIBIA), path


def test_surveys_and_estimates_of_phone_ownership_share_no_series(wh: Warehouse) -> None:
    rows = wh.sql(
        "select kpi, obs_status, count(*) as n from kpi_value "
        "where kpi in ('SDG_5.b.1_TOTAL', 'MOBILE_OWN_ESTIMATE') group by all"
    )
    assert set(zip(rows["kpi"], rows["obs_status"], strict=True)) == {
        ("SDG_5.b.1_TOTAL", "A"),
        ("MOBILE_OWN_ESTIMATE", "E"),
    }


def test_editions_of_the_cybersecurity_index_are_never_joined(wh: Warehouse) -> None:
    years = wh.sql(
        "select kpi, list(distinct time_period) as years from kpi_value "
        "where starts_with(kpi, 'GCI') group by kpi"
    ).set_index("kpi")["years"]
    for kpi, years_held in years.items():
        assert list(years_held) == [2020 if str(kpi).endswith("_2020") else 2024], kpi


def test_values_of_2021_that_a_copy_does_not_date_say_so(wh: Warehouse) -> None:
    rows = wh.sql(
        "select count(distinct ref_area) as n, min(time_period) as first, max(time_period) as last "
        "from observation where footnote = 'findex_year_derived'"
    ).iloc[0]
    assert (rows["n"], rows["first"], rows["last"]) == (40, 2021, 2021)


FRESH = {
    # KPI: UN Member States with a fresh value in 2026, by the limit of its entry
    "HDI": 191,
    "GCI_LEGAL": 192,
    "GCI_ORG": 192,
    "GCI_TECHNICAL": 192,
    "SDG_9.c.1": 191,
    "UNCTAD_CYBERLAW": 175,
    "GPI_17.8.1": 87,
    "SDG_16.6.1": 118,
    "SDG_5.5.1": 187,
}


@pytest.mark.parametrize("kpi", FRESH)
def test_figures_that_were_stale_are_fresh(kpi: str, wh: Warehouse) -> None:
    rows = wh.sql(
        "select count(*) as n from kpi_latest join area using (ref_area) "
        "where kpi = $kpi and fresh and un_member",
        {"kpi": kpi},
    )
    assert wh.as_of == 2026
    assert rows["n"].iloc[0] == FRESH[kpi]
