"""Which pages have a picture, and which of them only for a country: for who must know before drawing one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LONGEST = 2000  # characters of an address
OF_A_COUNTRY = ("country", "plan")  # nothing is drawn without one
PICTURED = (
    *("world", "country", "compare", "stages", "progress", "lens", "plan"),
    *("robustness", "forecast", "gaps", "releases", "cases"),
)


def has_picture(page: str, address: Mapping[str, Sequence[str]]) -> bool:
    """Whether the view of an address has a picture, as far as its parameters tell."""
    if page == "cases":  # begins with a list
        return list(address.get("show", [])) == ["map"]
    return page in PICTURED and (page not in OF_A_COUNTRY or any(address.get(n) for n in ("country", "mine")))
