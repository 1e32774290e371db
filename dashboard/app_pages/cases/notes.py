"""What stands beside a list of cases: what a case shows, and that a list is cut or translated."""

from __future__ import annotations

import pandas as pd

from dashboard.components import frame
from dashboard.components.knowledge import case_list
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader


def caveat(reader: Reader, matches: pd.DataFrame) -> str:
    """What a case shows, and how many of these are not verified."""
    unverified = int((~matches["verified"]).sum())
    sentence = _("A case shows what was done, not that it will work elsewhere.")
    if unverified == 0:
        return sentence
    more = ngettext("1 of them is not verified.", "{n} of them are not verified.", unverified)
    return f"{sentence} {more.format(n=reader.ctx.number(unverified))}"


def below(reader: Reader, matches: pd.DataFrame, view: str) -> None:
    """Notes below a list: that it is cut, that it is translated."""
    if view == "list" and len(matches) > case_list.MOST:
        template = _("The first {k} of {n} are shown; the table and the download hold all.")
        frame.foot_only(template.format(k=case_list.MOST, n=reader.ctx.number(len(matches))))
    if reader.lang != "en" and matches["translated"].any():
        frame.foot_only(_("Names and summaries: own translation of our English text."))
