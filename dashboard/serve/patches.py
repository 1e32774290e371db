"""Two changes to Streamlit's own scripts on their way to the browser.

Its drop-down lists compare texts as they are written: "Mexico" does not find "México", and people leave
accents out on a phone. A second name in the label would be read aloud and copied. So the comparison itself
ignores accents, as the search does, and also asks the page whether a country has the typed name ("Turkey",
"Ivory Coast": `escala.called` in `static/shell.js`).
"""

from __future__ import annotations

import re

# The function of that script that prepares both the typed text and the labels.
PREPARED = re.compile(rb"(?<=var )(\w+)=e=>e\.toLowerCase\(\);(?=function)")
FILTER = b"FILTER_MODE_CONTAINS"
PREPARED_FOLDED = rb"\1=e=>e.normalize('NFD').replace(/\\p{M}/gu,'').toLowerCase().trim();"
# Where they are compared: an option is offered if its label contains the typed text.
COMPARED = re.compile(rb"(FILTER_MODE_CONTAINS\?\w+\.filter\((\w+)=>)(\w+)\(\2\.label\)\.includes\((\w+)\)")
COMPARED_BY_NAMES = rb"\1(\3(\2.label).includes(\4)||window.escala?.called?.(\2.label,\4))"


def patched(script: bytes) -> bytes:
    """The script that filters options with both changes; every other script unchanged."""
    if FILTER not in script:
        return script
    return COMPARED.sub(COMPARED_BY_NAMES, PREPARED.sub(PREPARED_FOLDED, script, count=1), count=1)
