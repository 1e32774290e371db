"""Changes to Streamlit's own scripts on their way to the browser.

Its drop-down lists compare texts as they are written: "Mexico" does not find "México", and people leave
accents out on a phone. A second name in the label would be read aloud and copied. So the comparison itself
ignores accents, as the search does, and also asks the page whether a country has the typed name ("Turkey",
"Ivory Coast": `escala.called` in `static/shell.js`).

Its components bring a reader of Arrow tables, 40 kB packed, for data that no component of ours is sent.
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

COMPONENT = b"BidiComponent Error"  # in the script that shows components
TABLES = re.compile(rb'import\{t as (\w+)\}from"\./serialization\.[\w-]+\.js";')
NO_TABLES = rb"const \1=()=>null;"  # what that script makes of a table that cannot be read
# Where that script is asked for, with a list of what to fetch beside it: the page has done so already.
ASKED = re.compile(rb"(import\(`\./BidiComponent\.[\w-]+\.js`\),)__vite__mapDeps\(\[[\d,]*\]\)")


def patched(script: bytes) -> bytes:
    """The scripts that filter options, that show components and that ask for these, with their changes.

    Every other script is unchanged.
    """
    if COMPONENT in script:
        return TABLES.sub(NO_TABLES, script, count=1)
    script = ASKED.sub(rb"\1[]", script, count=1)
    if FILTER not in script:
        return script
    return COMPARED.sub(COMPARED_BY_NAMES, PREPARED.sub(PREPARED_FOLDED, script, count=1), count=1)
