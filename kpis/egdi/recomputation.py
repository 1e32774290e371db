"""The published figures of one edition beside the same figures recomputed from their parts."""

from __future__ import annotations

import pandas as pd

from kpis.egdi.inputs import HEADLINE, edition_of
from kpis.egdi.rules import weighted_mean
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT


def recompute(edition: int = 2024, store: Tables = DEFAULT) -> pd.DataFrame:
    """OSI, TII, HCI and EGDI of one edition, recomputed, beside the published ones.

    One row per UN Member State that the edition ranks (index ref_area), all values 0–1, unrounded:
    `EGDI, OSI, TII, HCI` recomputed through the whole chain; `EGDI_from_indices` from the three published
    indices; `…_published`; `…_difference` = recomputed − published; `recomputed_from` says the level:
    "components" (2024: z-scores of the components up to EGDI) or "indices" (earlier editions: only EGDI can
    be recomputed; OSI, TII and HCI are missing in the recomputed columns).
    A part the edition does not publish is missing and counted as 0 in EGDI, as the UN did until 2005.
    store: a warehouse; default the current one. Raises RequestError for an edition that is not held.
    Source: UN E-Government Survey; the rules are the catalogue's, tolerances those of `escala verify`.
    """
    inputs = edition_of(edition, store)
    complete = len(inputs.rules) == len(inputs.indices)
    table = pd.DataFrame(index=inputs.area_index)
    chain = weighted_mean(inputs.recomputed, inputs.weights) if complete else inputs.from_indices
    table[HEADLINE] = chain
    for column, index in enumerate(inputs.indices):
        table[index] = inputs.recomputed[:, column]
    table["EGDI_from_indices"] = inputs.from_indices
    table["EGDI_published"] = inputs.egdi
    for column, index in enumerate(inputs.indices):
        table[f"{index}_published"] = inputs.published[:, column]
    for name in (HEADLINE, *inputs.indices):
        table[f"{name}_difference"] = table[name] - table[f"{name}_published"]
    table["EGDI_from_indices_difference"] = table["EGDI_from_indices"] - table["EGDI_published"]
    table["recomputed_from"] = "components" if complete else "indices"
    return table
