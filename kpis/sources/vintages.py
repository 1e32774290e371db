"""Vintages: from when a copy is, by the id of the copy that the collected tables carry."""

from __future__ import annotations

from kpis.errors import DataError

# The date of the release or of the copy; the edition or the year alone where no date is documented.
VINTAGES = {
    "bipa_2024": "2024-12-16",
    "findex_2025": "2026-06-01",
    "findex_2025_dct": "2026-04-21",
    "findex_2025_step15": "ed. 2025",
    "gapminder_sg_2026": "2026-03-01",
    "gdb_2021_bipa": "2024-12-02",
    "govtech_raw_datavis_2023": "2023-03",
    "gtmi2025_gtmiR_ims": "2026-03-23",
    "gtmi_gtmiR_2026": "2026-03-23",
    "id4d_2018_ddc": "ed. 2018",
    "itu_cov_wbdash_2026": "2026-04-21",
    "itu_datahub_2025_08": "2025-08-14",
    "itu_datahub_2025_09": "2025-09-29",
    "itu_datahub_2026_04": "2026-04-26",
    "itu_datahub_2026_04b": "2026-04-30",
    "itu_dh_data360_2026_01": "2026-01-28",
    "itu_gci2020_3copies": "ed. 2020",
    "itu_gci2020_bipa": "ed. 2020",
    "itu_gci2024_d360": "2026-09-21",
    "itu_gci_sspi": "2026-06-26",
    "itu_gender_ddc2021": "2024-12-26",
    "itu_ipb_2025": "2025-12",
    "obs_pigoar_2026": "2026-04-24",
    "odin_2020_ddc": "ed. 2020",
    "odin_lnoe10": "2025-07-22",
    "owid_unsd_9c1_2025": "2025-06-22",
    "owid_wdi_elec_2026": "2026-02-24",
    "S10": "2026-05-08",
    "siwa_onu_ods_2026_10": "2026-10-08",
    "spc_bp50_2025": "2025-07-05",
    "unctad_clt_2026": "2026-03-05",
    "undp_aad_2025": "2025-01-07",
    "undp_hdr25": "2025-09-11",
    "undp_sdg16_report_2026": "2026-08-21",
    "unsd_2026q2_corpus": "2026-06-30",
    "unsd_ddf_2020": "2020-10-19",
    "wb_d360_cliaretl_2026": "2026-05-13",
    "wb_spi_2026_populi": "2026",
    "wdi_1661_pigoar_2026": "2026-03-19",
    "wdi_cliaretl_2025": "2025-12-08",
    "wdi_parl_realitycheck_2026": "2026",
    "wdi_pigoar_2026": "2026-04-24",
    "wdi_userman12_2026": "2026-07-23",
    "wgi2025_populi": "ed. 2025",
    "wgi_2024ed": "ed. 2024",
}
"""Copy → date; one entry for each `source_id` that is read."""


def vintage_of(copy: str) -> str:
    """Date or edition of a copy. Raises DataError for a copy without one."""
    if copy not in VINTAGES:
        raise DataError(f"copy '{copy}' has no vintage. Add its date to kpis/sources/vintages.py.")
    return VINTAGES[copy]
