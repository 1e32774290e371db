"""The warehouse build written in pandas, from the same files: what the build is measured against.

Idiomatic and vectorised, no Python loop over rows. `tests/benchmarks/test_pandas_build.py` checks that it
gives the same tables, so that the comparison is of like with like.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from kpis.catalogue import Catalogue, load
from kpis.paths import data_dir
from kpis.sources.observations import COLUMNS, STATUSES, observation_files

Tables = dict[str, pd.DataFrame]
SIGNS = {"higher": -1.0, "lower": 1.0, "zero": 1.0}  # of what ranks first when sorted upwards


def build(out: Path, as_of: int, data: Path | None = None) -> Tables:
    """Read, check, derive and write (one Parquet file a table); returns the tables."""
    folder = data or data_dir()
    catalogue = load()
    tables = read(folder, catalogue)
    check(tables["observation"], tables["area"])
    tables["kpi_value"] = kpi_values(tables)
    tables["standing"] = standing(tables)
    tables["kpi_latest"] = latest(tables, as_of)
    tables["group_value"] = group_values(tables)
    tables["coverage"] = coverage(tables)
    out.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.to_parquet(out / f"{name}.parquet", index=False)
    return tables


def read(data: Path, catalogue: Catalogue) -> Tables:
    """All files, with Namibia kept."""
    parts = []
    for path in observation_files(data / "observations"):
        frame = pd.read_csv(path, keep_default_na=False, dtype=str)
        assert list(frame.columns) == list(COLUMNS)
        parts.append(frame.assign(source=path.stem))
    observation = pd.concat(parts, ignore_index=True)
    observation["obs_value"] = pd.to_numeric(observation["obs_value"], errors="coerce")
    observation["time_period"] = pd.to_numeric(observation["time_period"], errors="coerce").astype("int64")
    reference = {
        name: pd.read_csv(data / "reference" / f"{name}.csv", keep_default_na=False, dtype=str)
        for name in ("area", "area_group", "group", "footnote", "classification")
    }
    reference["area"]["un_member"] = reference["area"]["un_member"] == "1"
    reference["area"]["population"] = pd.to_numeric(reference["area"]["population"])
    group = reference["area_group"]
    group["valid_from"] = pd.to_numeric(group["valid_from"]).fillna(0).astype("int64")
    group["valid_to"] = pd.to_numeric(group["valid_to"]).fillna(9999).astype("int64")
    kpi = pd.DataFrame(
        [
            (
                k.id, k.series, k.derive.query if k.derive else None, k.derive.a if k.derive else None,
                k.derive.b if k.derive else None, k.better, k.published_rank, k.fresh_years,
            )
            for k in catalogue.kpis.values()
        ],
        columns=["kpi", "series", "derive", "a", "b", "direction", "published_rank", "fresh_years"],
    )  # fmt: skip
    observation = observation.sort_values(["series", "ref_area", "time_period"], ignore_index=True)
    return reference | {"observation": observation, "kpi": kpi}


def check(observation: pd.DataFrame, area: pd.DataFrame) -> None:
    """The same refusals as the build."""
    assert np.isfinite(observation["obs_value"]).all()
    assert observation["ref_area"].isin(area["ref_area"]).all()
    assert observation["obs_status"].isin(STATUSES).all()
    assert observation["time_period"].between(1950, 2100).all()
    assert not observation.duplicated(["series", "ref_area", "time_period"]).any()


def kpi_values(tables: Tables) -> pd.DataFrame:
    """Direct values and the three derivations."""
    kpi, observation = tables["kpi"], tables["observation"]
    columns = ["kpi", "ref_area", "time_period", "obs_value", "obs_status"]
    direct = observation.merge(kpi[["kpi", "series"]].dropna(), on="series")[columns]
    parts = [direct]
    keys = ["ref_area", "time_period"]
    for row in kpi[kpi["derive"].isin(["difference", "ratio"])].itertuples():
        a, b = direct[direct["kpi"] == row.a], direct[direct["kpi"] == row.b]
        pair = a.merge(b, on=keys, suffixes=("", "_b"))
        value = (pair["obs_value"] - pair["obs_value_b"]).round(9)
        if row.derive == "ratio":
            value = (pair["obs_value"] / pair["obs_value_b"]).where(pair["obs_value_b"] != 0)
        status = pair["obs_status"].where(pair["obs_status"] > pair["obs_status_b"], pair["obs_status_b"])
        parts.append(pair.assign(kpi=row.kpi, obs_value=value, obs_status=status)[columns].dropna())
    income = observation.loc[observation["series"] == "NY.GDP.PCAP.PP.KD", [*keys, "obs_value"]]
    members = tables["area"].loc[tables["area"]["un_member"], "ref_area"]
    for row in kpi[kpi["derive"] == "income_residual"].itertuples():
        a = direct[(direct["kpi"] == row.a) & direct["ref_area"].isin(members)]
        merged = pd.merge_asof(
            a.sort_values("time_period"),
            income.rename(columns={"obs_value": "gdp"}).sort_values("time_period"),
            on="time_period",
            by="ref_area",
            tolerance=3,
        ).dropna(subset=["gdp"])
        merged["x"] = np.log(merged["gdp"])
        fit = merged[merged["obs_status"] != "U"].assign(
            xy=lambda f: f["x"] * f["obs_value"], xx=lambda f: f["x"] ** 2
        )
        mean = fit.groupby("time_period")[["x", "obs_value", "xy", "xx"]].mean()
        mean = mean[fit.groupby("time_period").size() >= 30]
        slope = (mean["xy"] - mean["x"] * mean["obs_value"]) / (mean["xx"] - mean["x"] ** 2)
        line = pd.DataFrame({"slope": slope, "intercept": mean["obs_value"] - slope * mean["x"]})
        merged = merged.join(line, on="time_period").dropna(subset=["slope"])
        merged["obs_value"] -= merged["intercept"] + merged["slope"] * merged["x"]
        merged["obs_status"] = merged["obs_status"].where(merged["obs_status"] > "E", "E")
        parts.append(merged.assign(kpi=row.kpi)[columns])
    return pd.concat(parts).sort_values(columns[:3], ignore_index=True)


def standing(tables: Tables) -> pd.DataFrame:
    """Competition ranks among UN Member States, percentile and change."""
    area, kpi = tables["area"], tables["kpi"]
    frame = tables["kpi_value"]
    frame = frame[frame["ref_area"].isin(area.loc[area["un_member"], "ref_area"])]
    frame = frame.merge(kpi[["kpi", "direction", "published_rank"]], on="kpi").rename(
        columns={"kpi": "measure"}
    )
    sign = frame["direction"].map(SIGNS)
    gap = frame["direction"] == "zero"
    by = [frame["measure"], frame["time_period"]]
    worse = frame["obs_value"].where(~gap, frame["obs_value"].abs()) * sign
    frame["rank"] = worse.groupby(by).rank(method="min")
    frame["n"] = frame.groupby(["measure", "time_period"])["obs_value"].transform("size")
    published = tables["observation"][["series", "ref_area", "time_period", "obs_value"]]
    frame = frame.merge(
        published.rename(columns={"series": "published_rank", "obs_value": "published"}),
        on=["published_rank", "ref_area", "time_period"],
        how="left",
    )
    frame["rank"] = frame["published"].fillna(frame["rank"])
    middle = worse.groupby(by).rank(method="average")
    frame["percentile"] = (100.0 * (frame["n"] - middle) / (frame["n"] - 1)).where(frame["n"] > 1)
    frame = frame.sort_values(["measure", "ref_area", "time_period"], ignore_index=True)
    history = frame.groupby(["measure", "ref_area"])
    frame["previous_period"] = history["time_period"].shift()
    frame["change"] = frame["obs_value"] - history["obs_value"].shift()
    frame["rank_change"] = history["rank"].shift() - frame["rank"]
    return frame.drop(columns=["direction", "published_rank", "published"])


def latest(tables: Tables, as_of: int) -> pd.DataFrame:
    """Latest values, ranked among comparable ones."""
    area, kpi = tables["area"], tables["kpi"]
    frame = tables["kpi_value"].groupby(["kpi", "ref_area"], as_index=False).last()
    frame = frame.merge(kpi[["kpi", "direction", "fresh_years"]], on="kpi")
    frame = frame.merge(area[["ref_area", "un_member"]], on="ref_area")
    frame["age"] = as_of - frame["time_period"]
    frame["fresh"] = frame["age"] <= frame["fresh_years"]
    newest = frame.groupby("kpi")["time_period"].transform("max")
    frame["comparable"] = frame["un_member"] & (frame["time_period"] >= newest - frame["fresh_years"])
    sign = frame["direction"].map(SIGNS)
    gap = frame["direction"] == "zero"
    value = (frame["obs_value"].where(~gap, frame["obs_value"].abs()) * sign).where(frame["comparable"])
    frame["rank"] = value.groupby(frame["kpi"]).rank(method="min")
    frame["n"] = frame["comparable"].groupby(frame["kpi"]).transform("sum").where(frame["comparable"])
    middle = value.groupby(frame["kpi"]).rank(method="average")
    frame["percentile"] = 100.0 * (frame["n"] - middle) / (frame["n"] - 1)
    return frame


def group_values(tables: Tables) -> pd.DataFrame:
    """Median, mean and weighted mean by group and year, with members of the year."""
    observation = tables["observation"]
    population = observation.loc[
        observation["series"] == "SP.POP.TOTL", ["ref_area", "time_period", "obs_value"]
    ].rename(columns={"obs_value": "weight"})
    frame = tables["kpi_value"].merge(tables["area_group"], on="ref_area")
    frame = frame[frame["time_period"].between(frame["valid_from"], frame["valid_to"])]
    frame = frame.merge(population, on=["ref_area", "time_period"], how="left")
    frame = frame.merge(tables["area"][["ref_area", "population"]], on="ref_area")
    frame["weight"] = frame["weight"].fillna(frame["population"])
    frame["product"] = frame["obs_value"] * frame["weight"]
    by = frame.groupby(["kpi", "group_id", "time_period"])
    result = by["obs_value"].agg(["median", "mean", "size"])
    sums = by[["product", "weight"]].sum()
    result["weighted_mean"] = sums["product"] / sums["weight"]
    years = pd.DataFrame({"time_period": tables["kpi_value"]["time_period"].unique()})
    size = tables["area_group"].merge(years, how="cross")
    size = size[size["time_period"].between(size["valid_from"], size["valid_to"])]
    n_members = size.groupby(["group_id", "time_period"]).size().rename("n_members")
    return result.rename(columns={"size": "n"}).join(n_members, on=["group_id", "time_period"]).reset_index()


def coverage(tables: Tables) -> pd.DataFrame:
    """Every KPI and Member State, with years held and gaps."""
    value = tables["kpi_value"]
    stored = value.groupby(["kpi", "ref_area"])["time_period"].agg(["size", "min", "max"]).reset_index()
    years = value[["kpi", "time_period"]].drop_duplicates()
    possible = stored.merge(years, on="kpi")
    possible = possible[possible["time_period"].between(possible["min"], possible["max"])]
    stored = stored.merge(possible.groupby(["kpi", "ref_area"]).size().rename("possible").reset_index())
    members = tables["area"].loc[tables["area"]["un_member"], ["ref_area"]]
    frame = (
        tables["kpi"][["kpi"]].merge(members, how="cross").merge(stored, on=["kpi", "ref_area"], how="left")
    )
    frame["n_years"] = frame["size"].fillna(0)
    frame["gaps"] = (frame["possible"] - frame["size"]).fillna(0)
    return frame
