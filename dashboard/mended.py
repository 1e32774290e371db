"""What is changed in Streamlit's own scripts on their way to the browser.

Its drop-down lists find an option only as it is written: "Mexico" does not find "México", and who types on a
phone leaves accents out. A second name in the label would be read aloud and copied; so the comparison itself
leaves accents aside, as the search under "/" does.
"""

from __future__ import annotations

import re

# How the lists prepare what is typed and what is offered: one function of the script that filters options.
LOWERED = re.compile(rb"(?<=var )(\w+)=e=>e\.toLowerCase\(\);(?=function)")
FILTER = b"FILTER_MODE_CONTAINS"
FOLDED = rb"\1=e=>e.normalize('NFD').replace(/\\p{M}/gu,'').toLowerCase();"


def mended(script: bytes) -> bytes:
    """A script of Streamlit with the change above; any other script, or another version's, as it is."""
    return LOWERED.sub(FOLDED, script, count=1) if FILTER in script else script
