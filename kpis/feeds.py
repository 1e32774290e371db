"""What is inside what: figures that enter an index must not be compared with it as if they were apart."""

from __future__ import annotations

PARTS: dict[str, tuple[str, ...]] = {
    "EGDI": ("OSI", "TII", "HCI"),
    "EGDI_VS_INCOME": ("EGDI",),
    "OSI_TII_GAP": ("OSI", "TII"),
    "OSI": ("OSI_IF", "OSI_CP", "OSI_SP", "OSI_EPI", "OSI_TEC"),
    "EPI": ("OSI_EPI",),
    # ITU series of any edition: fixed broadband was a part until 2022, prices are one since 2024
    "TII": (
        "TII_INTERNET_USERS",
        "TII_MOBILE_SUBS",
        "TII_ACTIVE_MOBILE_BB",
        "TII_AFF_MOBILE_BASKET",
        "TII_AFF_FIXED_BASKET",
        "SDG_17.6.1",
    ),
    "TII_INTERNET_USERS": ("SDG_17.8.1",),
    "TII_MOBILE_SUBS": ("MOBILE_SUBS",),
    "AFF_MOBILE_VS_INCOME": ("TII_AFF_MOBILE_BASKET",),
    "GPI_17.8.1": ("SDG_17.8.1",),
    # completion is no part of the index, but comes from the same schools and surveys as its parts
    "HCI": ("HCI_ADULT_LITERACY", "HCI_GER", "HCI_EYS", "HCI_MYS", "HCI_EGL", "SDG_4.1.2"),
    "HDI": ("HCI_EYS", "HCI_MYS"),
    # external parts of the GovTech Maturity Index
    "GTMI": ("GTMI_CGSI", "GTMI_PSDI", "GTMI_DCEI", "GTMI_GTEI"),
    "GTMI_CGSI": ("TII",),
    "GTMI_PSDI": ("OSI",),
    "GTMI_DCEI": ("EPI",),
    "GTMI_GTEI": ("HCI", "GCI", "GCI_2020"),
    "GCI_2020": ("GCI_ORG", "GCI_LEGAL", "GCI_TECHNICAL"),
    "BIPA_DIGITAL": ("OSI", "EPI", "GTMI"),
    "WB_SPI": ("SDG_17.19.2", "ODIN_OVERALL"),
}
"""Index → KPIs whose figures enter it, directly. Sources: EGDI method notes, GTMI and SPI descriptions."""


def inside(kpi: str) -> frozenset[str]:
    """The KPI itself and everything that enters it, at any depth.

    >>> "SDG_17.8.1" in inside("EGDI")
    True
    """
    found: set[str] = set()
    waiting = [kpi]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(PARTS.get(name, ()))
    return frozenset(found)


def shared(a: str, b: str) -> tuple[str, ...]:
    """KPIs that stand on both sides, sorted; empty where the two are apart. Unknown ids stand alone."""
    return tuple(sorted(inside(a) & inside(b)))
