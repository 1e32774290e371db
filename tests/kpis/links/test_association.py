"""Association at equal income: by hand, against an independent least squares, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from kpis import open_warehouse
from kpis.building.build import build
from kpis.catalogue import load
from kpis.errors import RequestError
from kpis.links import association
from kpis.paths import entries_dir
from kpis.queries import Warehouse
from kpis.warehouse import Store


@pytest.fixture(scope="module")
def store(wh: Warehouse) -> Store:
    return wh.tables


def test_egdi_and_account_ownership_against_independent_least_squares(store: Store, wh: Warehouse) -> None:
    found = association.associate("EGDI", "SDG_8.10.2", year=2024, store=store)
    rows = wh.sql(
        "select e.ref_area, e.obs_value as x, "
        "(select arg_max(obs_value, time_period) from kpi_value o where o.kpi = 'SDG_8.10.2' "
        " and o.ref_area = e.ref_area and o.time_period between 2019 and 2024) as y, "
        "(select ln(arg_max(obs_value, time_period)) from observation g where g.series = 'NY.GDP.PCAP.PP.KD' "
        " and g.ref_area = e.ref_area and g.time_period between 2021 and 2024) as z "
        "from kpi_value e join area using (ref_area) "
        "where un_member and e.kpi = 'EGDI' and time_period = 2024"
    ).dropna()
    assert found.n == len(rows)
    x, y, z = (rows[c].to_numpy() for c in "xyz")
    design = np.column_stack([np.ones(len(x)), x, z])
    solved = np.linalg.solve(design.T @ design, design.T @ y)
    error = y - design @ solved
    se = math.sqrt(error @ error / (len(x) - 3) * np.linalg.inv(design.T @ design)[1, 1])
    assert found.slope == pytest.approx(solved[1], rel=1e-9)
    assert found.slope_high - found.slope == pytest.approx(stats.t.ppf(0.975, len(x) - 3) * se, rel=1e-9)
    t = solved[1] / se
    assert found.coefficient == pytest.approx(t / math.sqrt(t**2 + len(x) - 3), rel=1e-9)
    assert found.low < found.coefficient < found.high
    assert found.coefficient < found.raw  # income accounts for part of it
    assert found.favourable
    assert found.kpi_year == 2024
    assert found.outcome_years == (2021, 2024)
    assert found.sentence == "association_not_effect"


def test_less_of_a_bad_thing_is_favourable(store: Store) -> None:
    found = association.associate("EGDI", "CHILD_MORTALITY", store=store)
    assert found.coefficient < 0
    assert found.favourable


def test_an_interval_around_zero_claims_nothing(store: Store) -> None:
    found = association.associate("EGDI", "SDG_1.1.1", store=store)
    assert found.low < 0 < found.high
    assert found.favourable is None


@pytest.mark.parametrize(
    ("kpi", "outcome", "message"),
    [
        ("EGDI", "SDG_17.8.1", "SDG_17.8.1 enters EGDI"),
        ("TII", "SDG_17.6.1", "SDG_17.6.1 enters TII"),
        ("GTMI", "SDG_17.8.1", "SDG_17.8.1 enters GTMI"),
        ("HCI", "SDG_4.1.2", "measured with its parts"),
        ("EGDI", "SDG_16.10.1", "Did you mean 'SDG_16.10.2'"),
        ("EGDX", "SDG_8.10.2", "Did you mean 'EGDI'"),
        ("WGI_GE", "SDG_8.10.2", "e-government KPI 'WGI_GE' is not known"),
        ("EGDI", "WGI_GE", "SDG outcome 'WGI_GE' is not known"),
        ("EGDI", "SDG_16.6.2", "only 0 countries"),
        ("GTMI", "SDG_16.10.2", "does not vary"),
    ],
)
def test_what_may_not_be_compared_is_refused_with_the_reason(
    store: Store, kpi: str, outcome: str, message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        association.associate(kpi, outcome, store=store)


def test_a_year_without_values_is_refused(store: Store) -> None:
    with pytest.raises(RequestError, match="EGDI has no values of 2023. Years held: 2003"):
        association.associate("EGDI", "SDG_8.10.2", year=2023, store=store)


def test_outcomes_say_which_are_allowed_and_why_not(store: Store) -> None:
    rows = association.outcomes("EGDI", store).set_index("outcome")
    assert not rows.loc["SDG_17.8.1", "allowed"]
    assert rows.loc["SDG_8.10.2", "allowed"]
    assert rows.loc[~rows["allowed"], "reason"].str.contains("EGDI").all()


def test_residuals_are_those_of_the_model(store: Store, wh: Warehouse) -> None:
    for year in (2024, 2003):  # 2003 holds values of low reliability, which do not shape the line
        rows = association.residuals("EGDI", year, store).set_index("ref_area")["residual"]
        model = wh.values("EGDI_VS_INCOME", years=[year]).set_index("ref_area")["obs_value"]
        assert len(rows) == len(model)
        assert rows.to_numpy() == pytest.approx(model[rows.index].to_numpy(), abs=1e-9)


def test_residuals_know_the_better_side(store: Store) -> None:
    mortality = association.residuals("CHILD_MORTALITY", store=store)
    assert mortality["better"].iloc[0]
    assert mortality["residual"].iloc[0] < 0
    assert mortality["residual"].is_monotonic_increasing
    gap = association.residuals("OSI_TII_GAP", store=store)
    assert gap["better"].isna().all()
    firm = association.residuals("OSI", 2024, store)
    assert firm["residual"].mean() == pytest.approx(0, abs=1e-9)
    assert (firm["standardised"] ** 2).sum() == pytest.approx(len(firm) - 2, rel=1e-9)


def test_residuals_of_nothing_are_refused(store: Store, tiny: Warehouse) -> None:
    with pytest.raises(RequestError, match="Did you mean 'EGDI'"):
        association.residuals("EGDL", store=store)
    with pytest.raises(RequestError, match="no year with 30 countries"):
        association.residuals(tiny.kpis()["kpi"].iloc[0], store=tiny.tables)


def test_an_association_is_plain_for_json(store: Store) -> None:
    plain = association.associate("OSI", "SDG_8.10.2", store=store).to_dict()
    assert plain["kpi"] == "OSI"
    assert isinstance(plain["n"], int)
    assert pd.Series(plain).notna().all()


def test_points_are_what_the_association_is_computed_from(store: Store) -> None:
    found = association.associate("EGDI", "SDG_8.10.2", store=store)
    rows = association.points("EGDI", "SDG_8.10.2", store=store)
    assert len(rows) == found.n
    # the same least squares in another order of operations
    assert np.corrcoef(rows["x_left"], rows["y_left"])[0, 1] == pytest.approx(found.coefficient, abs=1e-9)
    slope = (rows["x_left"] @ rows["y_left"]) / (rows["x_left"] @ rows["x_left"])
    assert slope == pytest.approx(found.slope, rel=1e-9)
    assert abs(np.corrcoef(rows["x_left"], rows["ln_income"])[0, 1]) < 1e-9


OWN = """
[[source]]
id = "SOURCE"
title = { en = "Own", es = "Propia" }
publisher = "Ministry"
url = "https://example.org"
licence = { en = "CC BY 4.0", es = "CC BY 4.0" }
redistribution = "open"
e_government = EGOV
citation = "Ministry"
note = { en = "note", es = "nota" }

[[kpi]]
id = "KPI"
dimension = "services"
name = { en = "Internet minus literacy (SOURCE)", es = "Internet menos alfabetización (SOURCE)" }
definition = { en = "d", es = "f" }
caveat = { en = "c", es = "v" }
unit = "pp"
direction = "higher"
precision = 1
derive = { query = "difference", a = "TII_INTERNET_USERS", b = "HCI_ADULT_LITERACY" }
source = "SOURCE"
fresh_years = 3
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The warehouse with an entry of one's own twice: of a source of e-government, and of another."""
    folder = tmp_path_factory.mktemp("own")
    for kpi, source, egov in (("INTERNET_GAP", "egov", "true"), ("OTHER_GAP", "other", "false")):
        text = OWN.replace("KPI", kpi).replace("SOURCE", source).replace("EGOV", egov)
        (folder / f"{source}.toml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:  # what comes from matrices is not read here
        patched.setattr("kpis.building.derived.derive", lambda *_: None)
        built = build(folder / "own.duckdb", catalogue=load([entries_dir(), folder]))
    warehouse = open_warehouse(built)
    yield warehouse.tables
    warehouse.close()


def test_a_kpi_of_ones_own_is_refused_where_it_shares_a_figure(own: Store) -> None:
    """Internet users minus literacy went with Internet users at r = 0.335, n = 183, as if they were apart."""
    assert association.associate("INTERNET_GAP", "SDG_8.10.2", store=own).n >= association.MIN_AREAS
    for ask in (association.associate, association.points):
        with pytest.raises(RequestError, match=r"SDG_17\.8\.1 enters INTERNET_GAP"):
            ask("INTERNET_GAP", "SDG_17.8.1", store=own)
    refused = association.outcomes("INTERNET_GAP", own).set_index("outcome")["allowed"]
    assert refused.index[~refused].tolist() == ["SDG_17.8.1"]


def test_the_source_says_whether_a_kpi_is_e_government(own: Store) -> None:
    assert {"INTERNET_GAP", "OTHER_GAP"} & set(association.eligible(own)) == {"INTERNET_GAP"}
    with pytest.raises(RequestError, match="e-government KPI 'OTHER_GAP' is not known"):
        association.associate("OTHER_GAP", "SDG_8.10.2", store=own)


def test_points_refuse_shared_figures_and_give_few_rows_as_they_are(store: Store) -> None:
    with pytest.raises(RequestError, match=r"SDG_17\.8\.1"):
        association.points("EGDI", "SDG_17.8.1", store=store)
    assert len(association.points("EGDI", "SDG_16.5.2", store=store)) < association.MIN_AREAS


def test_eligible_kpis_can_all_be_compared_with_income(store: Store) -> None:
    names = association.eligible(store)
    assert {"EGDI", "OSI", "GTMI"} <= set(names)
    assert "SDG_1.1.1" not in names
    for name in names:
        assert association.residuals(name, store=store)["income"].gt(0).all()
