"""The one place that holds the Typst compilers: a source of ours and values in, SVG, PNG or PDF out.

Values travel as JSON beside the source and are put in as text, so nothing in them is markup. Only the fonts
in `fonts/` are used, and no package: nothing is asked of the network or of the machine. A warning of the
compiler (an unknown font, a layout that does not settle) is a fault of ours and raises as an error does.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from dashboard.charts.look import LIGHT
from dashboard.paths import DASHBOARD

if TYPE_CHECKING:
    import typst

Form = Literal["svg", "png", "pdf"]
FONTS = Path(__file__).parent / "fonts"


class TypesettingError(RuntimeError):
    """A source of ours that the compiler refuses or warns of, with its words."""


_free: defaultdict[str, list[typst.Compiler]] = defaultdict(list)
_lock = Lock()


def typeset(source: str, values: Mapping[str, object], form: Form, *, ppi: float = 144) -> bytes:
    """A document as one file; of a picture only one page. Safe in many threads at once.

    source: path of the Typst file below `dashboard/`, as "pictures/picture.typ"; it and what it imports by
    such paths ("/pictures/charts.typ") find each value as JSON under its name in `sys.inputs`. ppi: of PNG.
    A PDF is one of PDF/UA-1: what a screen reader needs is there, or the compiler refuses. Raises
    TypesettingError.
    """
    import typst  # here, because it is large and most servers are asked for no picture

    inputs = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    inputs["look"] = _look()
    with _compiler(source) as compiler:
        try:
            made, warnings = compiler.compile_with_warnings(
                format=form, ppi=ppi, sys_inputs=inputs, pdf_standards="ua-1" if form == "pdf" else None
            )
        except typst.TypstError as error:
            raise TypesettingError(f"{source}: {error}") from error
    if warnings:
        raise TypesettingError(f"{source}: {'; '.join(str(warning) for warning in warnings)}")
    if made is None or isinstance(made, list):
        raise TypesettingError(f"{source}: {len(made or ())} pages where one was meant")
    return bytes(made)


@contextmanager
def _compiler(source: str) -> Iterator[typst.Compiler]:
    """A compiler of a source that nobody else is using, kept for the next."""
    import typst

    with _lock:
        compiler = _free[source].pop() if _free[source] else None
    compiler = compiler or typst.Compiler(DASHBOARD / source, root=DASHBOARD, font_paths=_fonts())
    try:
        yield compiler
    finally:
        with _lock:
            _free[source].append(compiler)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@lru_cache(maxsize=1)
def _look() -> str:
    """The colours of paper, which are those of the light look."""
    return json.dumps(asdict(LIGHT))
