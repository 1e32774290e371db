"""Scripts of the page joined into one, for a file that loads nothing.

Each module becomes a function that is called once and returns what it exports; a module that imports another
takes it from there. Ours are written so that this can be read line by line (tested): one import or export a
line, nothing renamed on its way out.
"""

from __future__ import annotations

import re

from dashboard.paths import OWN, STATIC, made_files

PLOTLY = "plotly.js"
# One that is imported stands before those that import it.
ORDER = (
    PLOTLY,
    "elements.js",
    "answer.js",
    "scales.js",
    "lines.js",
    "marks.js",
    "chart.js",
    "stage_floor.js",
    "stage_notes.js",
    "stage.js",
)
IMPORT = re.compile(r"^import \{([^}]*)\} from '\./(\w+)\.js[^']*';", re.M)
LATER = re.compile(r"\bimport\('\./(\w+)\.js[^']*'\)")
EXPORT = re.compile(r"^export (?:async )?(?:const|function) (\w+)", re.M)
DEFAULT = re.compile(r"^(.*)\bexport default ([^;]+);\s*$", re.S)


def joined() -> str:
    """The modules, each as a constant of its name: `chart_js.mount`; Plotly as `plotly_js.default`."""
    return "\n".join(_module(name) for name in ORDER)


def _module(name: str) -> str:
    stem = name.removesuffix(".js")
    if name == PLOTLY:
        whole = DEFAULT.match((OWN / made_files()[PLOTLY]["file"]).read_text(encoding="utf-8"))
        if whole is None:
            raise ValueError(f"{PLOTLY} does not end with its export; make it again: tools/pack/README.md")
        body, given = whole[1], f"default: {whole[2]}"
    else:
        text = (STATIC / name).read_text(encoding="utf-8")
        given = ", ".join(EXPORT.findall(text))
        body = re.sub(r"^export (?=async |const |function )", "", _bound(text), flags=re.M)
    return f"const {stem}_js = (() => {{\n{body}\nreturn {{ {given} }};\n}})();"


def _bound(text: str) -> str:
    """A module whose imports are taken from the modules before it; one that is not here never comes."""
    text = IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {found[2]}_js;", text)
    text = text.replace("await import(library)", "await library")
    return LATER.sub(lambda found: _later(found[1]), text)


def _later(stem: str) -> str:
    return f"Promise.resolve({stem}_js)" if f"{stem}.js" in ORDER else "new Promise(() => {})"
