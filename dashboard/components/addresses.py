"""What an address says, read kindly: lists with commas, other spellings, what others append. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.components.language import current
from kpis import names

# Other names of parameters.
SPELLED = {"areas": "area", "kpis": "kpi", "groups": "group", "language": "lang"}
OF_PLACES = frozenset({"area", "country", "versus"})  # parameters that hold countries: names are understood

# What newsletters, advertisements and networks append to links to count who follows them. It says nothing to
# this app, and the reader did not write it: it is dropped without a word.
COUNTED_BY_PREFIX = (
    "utm_", "mtm_", "pk_", "piwik_", "matomo_", "mc_", "_ga", "_gl", "_hs", "__hs", "hsa_", "hsctatracking",
    "oly_", "vero_", "fb_", "ga_", "gad_", "at_", "trk_", "wt_", "sc_", "stm_", "ss_", "_bta_", "pf_rd_",
    "rb_", "ns_", "itm_", "et_", "ml_", "cm_mmc", "ig_",
)  # fmt: skip
COUNTED = frozenset({
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid",
        "twclid", "ttclid", "li_fat_id", "igshid", "igsh", "mkt_tok", "_openstat", "srsltid",
        "s_kwcid", "s_cid", "zanpid", "epik", "rdt_cid", "scid", "sccid", "cmpid", "campaign_id",
        "ref", "ref_src", "ref_url", "referrer", "referer", "spm", "si", "trk", "_ke", "_kx",
        "_branch_match_id", "wickedid", "irclickid", "_x_tr_sl", "_x_tr_tl", "_x_tr_hl",
        "_x_tr_pto", "sfnsn", "mibextid", "sharer", "share", "shared", "dm_i", "nr_email_referer",
        "guccounter", "guce_referrer", "guce_referrer_sig", "amp_js_v", "usqp",
        "__twitter_impression", "__cf_chl_tk", "__s", "ncid", "nb_klid", "unicorn_click_id", "cvid",
        "oicd", "vgo_ee", "_nc_ht",
})  # fmt: skip


def counted(name: str) -> bool:
    """Whether a parameter is one by which others count readers.

    >>> counted("utm_source"), counted("FBCLID"), counted("country")
    (True, True, False)
    """
    plain = name.casefold()
    return plain in COUNTED or plain.startswith(COUNTED_BY_PREFIX)


def understood(address: Mapping[str, Sequence[str]], own: Sequence[str]) -> dict[str, list[str]]:
    """An address in the app's own parameters, `own`; strange ones stay, so that a note can name them.

    "amp;" before a name is what an encoded "&" leaves; capitals do not matter.
    """
    found: dict[str, list[str]] = {}
    for written, values in address.items():
        name = written
        while name.casefold().startswith("amp;"):
            name = name[len("amp;") :]
        plain = SPELLED.get(name.casefold(), name.casefold())
        if plain in own:
            found.setdefault(plain, []).extend(values)
        elif name and not counted(name):
            found.setdefault(name, []).extend(values)
    return found


def parts(name: str, said: str, known: Mapping[str, str]) -> list[str]:
    """The values that one value of a parameter holds: a list with commas is several.

    known: the codes allowed, by their form in small letters.
    """
    if said.strip().casefold() in known or "," not in said:
        return [said]
    if name in OF_PLACES:
        return names.index().split(said)
    return [part for part in said.split(",") if part.strip()]


def code(name: str, said: str, known: Mapping[str, str]) -> tuple[str | None, str]:
    """The allowed code that a value means, or None, and then the choices if it means several, in words."""
    plain = said.strip().casefold()
    if plain in known:
        return known[plain], ""
    if name not in OF_PLACES:
        return None, ""
    index = names.index()
    found = index.find(said)
    if len(found) == 1:
        return known.get(found[0].casefold()), ""
    titles = index.titles[current()]
    return None, ", ".join(f"{one} ({titles[one]})" for one in found)
