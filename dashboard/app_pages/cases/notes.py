"""What stands beside a list of cases: what a case shows, and that a list is translated."""

from __future__ import annotations

import pandas as pd

from dashboard.components import frame
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


def below(reader: Reader, matches: pd.DataFrame) -> None:
    """Below a list: that it is translated."""
    if reader.lang != "en" and matches["translated"].any():
        frame.foot_only(_("Names and summaries: own translation of our English text."))
