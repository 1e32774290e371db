"""What an address says, read kindly: lists with commas, other spellings, what others append. No Streamlit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kpis import groups, names

# Other names of parameters.
SPELLED = {"areas": "area", "kpis": "kpi", "groups": "group", "language": "lang"}
LIST = re.compile(r"\[\d*\]$")  # behind the name of a parameter that a program repeats
AROUND = " \t\r\n\u00a0\u200b\ufeff\"'“”«»[]<>.;"  # a code has none of these
OF_GROUPS = frozenset({"area", "group", "peers"})  # parameters that hold groups, also those of one's own
EXAMPLE = "my:Andes:BOL.COL.ECU.PER"
OF_PLACES = frozenset(
    {"area", "country", "mine", "versus"}
)  # parameters that hold countries: names are understood

# What newsletters, advertisements and networks append to links to count who follows them. It says nothing to
# this app, and the reader did not write it: it is dropped without a word.
COUNTED_BY_PREFIX = (
    "utm_", "mtm_", "pk_", "piwik_", "matomo_", "mc_", "_ga", "_gl", "_hs", "__hs", "hsa_", "hsctatracking",
    "oly_", "vero_", "fb_", "ga_", "gad_", "at_", "trk_", "wt_", "sc_", "stm_", "ss_", "_bta_", "pf_rd_",
    "rb_", "ns_", "itm_", "et_", "ml_", "cm_mmc", "ig_", "utm-", "wt.", "elq", "adjust_", "af_", "hss_",
    "soc_", "tblci", "__cft__", "sourceid",
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
        "oicd", "vgo_ee", "_nc_ht", "campaign", "medium", "cid", "icid", "cmp", "ecid", "dgcid",
        "trackingid", "trkemail", "midtoken", "lipi", "originalreferer", "ck_subscriber_id", "bbeml",
        "s_eid", "tpcc", "xtor", "xtref", "_bhlid", "_cio_id", "rtid", "email_source", "ceid", "emci",
        "emdi", "sms_source", "share_id", "share_source", "from_source", "vd_source", "share_app_id",
        "ved", "ei", "sa", "ust", "usg", "opi", "rlz", "aqs", "sca_esv", "gs_lcrp", "wprov", "_rdr",
        "_rdc", "__tn__", "paipv", "eav", "is_from_webapp", "isappinstalled", "refid", "nocache", "_",
        "intcmp", "smid", "smtyp", "hslang", "hsenc", "inf_contact_key", "dicbo", "oborigurl", "qclid",
        "awc", "cjevent", "cjdata", "tduid", "ranmid", "raneaid", "ransiteid", "onesignal_push",
        "_sm_au_", "lnkd", "sref",
})  # fmt: skip


def counted(name: str) -> bool:
    """Whether a parameter is one by which others count readers.

    >>> counted("utm_source"), counted("FBCLID"), counted("country")
    (True, True, False)
    """
    plain = name.casefold()
    return plain in COUNTED or plain.startswith(COUNTED_BY_PREFIX)


def understood(address: Mapping[str, Sequence[str]], parameters: Sequence[str]) -> dict[str, list[str]]:
    """An address in the app's parameters; strange ones stay, so that a note can name them.

    "amp;" before a name is what an encoded "&" leaves; programs write brackets behind the name of a list
    ("area[]", "area[0]"); capitals do not matter.
    """
    values_by_name: dict[str, list[str]] = {}
    for written, values in address.items():
        name = written
        while name.casefold().startswith("amp;"):
            name = name[len("amp;") :]
        plain = LIST.sub("", name.casefold())
        plain = SPELLED.get(plain, plain)
        if plain in parameters:
            values_by_name.setdefault(plain, []).extend(values)
        elif name and not counted(name):
            values_by_name.setdefault(name, []).extend(values)
    return values_by_name


def parts(name: str, value: str, codes: Mapping[str, str]) -> list[str]:
    """The values that one value of a parameter holds: a list with commas, semicolons or bars is several.

    A list with blanks, which "+" in an address means, is one of codes. codes: those allowed, by their
    form in small letters.
    """
    if _bare(value) in codes or is_own_group(name, value):
        return [value]
    words = [part for part in value.split() if part.strip()]
    if len(words) > 1 and all(_bare(part) in codes for part in words):
        return words
    value = re.sub("[;|]", ",", value)
    if "," not in value:
        return [value]
    if name in OF_PLACES:
        return names.index().split(value)
    return [part for part in value.split(",") if part.strip()]


def is_own_group(name: str, value: str) -> bool:
    """Whether a value is, as a whole, a group of one's own (`kpis/groups.py`)."""
    return _own_group(name, value)[0] is not None


def _own_group(name: str, value: str, lang: str = "en") -> tuple[str | None, str]:
    """The id of a group of one's own that a value means, or None and what is wrong with it, in words."""
    if name not in OF_GROUPS or not groups.is_own(value):
        return None, ""
    try:
        return groups.read_id(value).id, ""
    except groups.OwnGroupError as fault:
        return None, f"{EXAMPLE} ({fault.say(lang).rstrip('.')})"


def _bare(value: str) -> str:
    """A code without what texts and programs put around it: blanks, quotes, brackets, a full stop."""
    return value.strip(AROUND).casefold()


def is_place(name: str, value: str) -> bool:
    """Whether a value names an area that is known, though perhaps not allowed: no slip of another's name."""
    return name in OF_PLACES and bool(names.index().find(value))


def code(name: str, value: str, codes: Mapping[str, str], lang: str = "en") -> tuple[str | None, str]:
    """The allowed code that a value means, or None, and then the choices if it means several, in words.

    A language may carry the tag of a region ("es-CO"). A group of one's own is always allowed where groups
    are; of one that cannot be, the reason is given in place of choices. lang: of the words.
    """
    own, fault = _own_group(name, value, lang)
    if own or fault:
        return own, fault
    plain = _bare(value)
    if name == "lang":
        plain = re.split("[-_]", plain, maxsplit=1)[0]
    if plain in codes:
        return codes[plain], ""
    if name not in OF_PLACES:
        return None, ""
    index = names.index()
    areas = index.find(value) or index.find(plain)
    if len(areas) == 1:
        return codes.get(areas[0].casefold()), ""
    return None, ", ".join(f"{area_code} ({index.called(area_code, lang)})" for area_code in areas)
