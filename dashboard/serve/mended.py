"""What is changed in Streamlit's own scripts on their way to the browser.

Its drop-down lists find an option only as it is written: "Mexico" does not find "México", and who types on a
phone leaves accents out. A second name in the label would be read aloud and copied; so the comparison itself
leaves accents aside, as the search under "/" does, and an option that does not read so is still offered if
the page knows it under that name ("Turkey", "Ivory Coast": `escala.called` in `static/shell.js`).
"""

from __future__ import annotations

import re

# How the lists prepare what is typed and what is offered: one function of the script that filters options.
LOWERED = re.compile(rb"(?<=var )(\w+)=e=>e\.toLowerCase\(\);(?=function)")
FILTER = b"FILTER_MODE_CONTAINS"
FOLDED = rb"\1=e=>e.normalize('NFD').replace(/\\p{M}/gu,'').toLowerCase().trim();"
# And where they compare: an option is offered if its label holds what was typed.
HELD = re.compile(rb"(FILTER_MODE_CONTAINS\?\w+\.filter\((\w+)=>)(\w+)\(\2\.label\)\.includes\((\w+)\)")
CALLED = rb"\1(\3(\2.label).includes(\4)||window.escala?.called?.(\2.label,\4))"


def mended(script: bytes) -> bytes:
    """A script of Streamlit with the changes above; any other script, or another version's, as it is."""
    if FILTER not in script:
        return script
    return HELD.sub(CALLED, LOWERED.sub(FOLDED, script, count=1), count=1)
