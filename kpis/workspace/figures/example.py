"""The worked example: fixed Internet in Colombia's municipalities, as it ships with Escala."""

from __future__ import annotations

from kpis.paths import data_dir
from kpis.texts import Text, say
from kpis.workspace.figures.model import Known, OwnFigures
from kpis.workspace.figures.read import Request, read_figures

TITLE = Text("Fixed Internet in Colombia’s municipalities")
MAIN = "CO.INET.FIXED.P100"
DESCRIBED = {
    MAIN: (Text("Fixed Internet accesses per 100 inhabitants"), Text("per 100 inhabitants"), "higher"),
    "CO.INET.FIXED.N": (Text("Fixed Internet accesses"), Text("accesses"), "context"),
    "CO.POP": (Text("Population"), Text("inhabitants"), "context"),
}
FIGURES, AREAS = "colombia_fixed_internet.csv", "colombia_areas.csv"


def files() -> tuple[bytes, bytes] | None:
    """The figures and the areas as CSV; None where they do not lie in the data folder."""
    folder = data_dir() / "subnational"
    paths = folder / FIGURES, folder / AREAS
    return (paths[0].read_bytes(), paths[1].read_bytes()) if all(path.is_file() for path in paths) else None


def example(known: Known, lang: str) -> OwnFigures | None:
    """The example as any table of one's own would be read, its series named in a language."""
    content = files()
    if content is None:
        return None
    described = {
        series: {"name": say(name, lang), "unit": say(unit, lang), "direction": direction}
        for series, (name, unit, direction) in DESCRIBED.items()
    }
    request = Request(described=described, areas=(content[1], AREAS), lang=lang)
    return read_figures(content[0], say(TITLE, lang), request, known).figures
