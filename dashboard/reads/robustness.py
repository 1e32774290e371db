"""Cached reads of the page of robustness. Results are shared by all readers and never changed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import data
from kpis.egdi import robustness as kernel
from kpis.egdi.robustness import Robustness, normalisations, published_weights, rebuildable


@st.cache_data(max_entries=2, show_spinner=False)
def indices(version: str) -> list[tuple[str, int]]:
    """Indices and editions whose parts are held, EGDI and the last edition first."""
    return rebuildable(data.warehouse().tables)


@st.cache_data(max_entries=64, show_spinner=False)
def options(version: str, index: str, edition: int) -> tuple[str, ...]:
    """Normalisations of an index, its publisher's own first."""
    return normalisations(index, edition, data.warehouse().tables)


@st.cache_data(max_entries=64, show_spinner=False)
def weights(version: str, index: str, edition: int) -> dict[str, float]:
    """Published weights by component, summing to 1."""
    return published_weights(index, edition, data.warehouse().tables)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Robustness: lambda run: run.key})
def ahead(version: str, run: Robustness, area: str) -> pd.DataFrame:
    """How often a country is ahead of each other one, as `Robustness.ahead`."""
    return run.ahead(area)


@st.cache_resource(max_entries=12, show_spinner=False)  # about 9 MB each, too much to copy in every run
def run(
    version: str,
    index: str,
    edition: int,
    normalisation: str | None,
    aggregation: str | None,
    own: tuple[float, ...],
    spread: float,
) -> Robustness:
    """Ranks in every index left open; own: weights in the order of the components, empty for published."""
    names = weights(version, index, edition)
    return kernel(
        index,
        edition,
        normalisation=normalisation,
        aggregation=aggregation,
        weights=dict(zip(names, own, strict=True)) if own else None,
        spread=spread,
        store=data.warehouse().tables,
    )
