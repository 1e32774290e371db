"""Pictures without a browser: every kind as SVG, PNG and PDF in a running process, none the same twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from dashboard.pictures.drawing import PREVIEW, WIDE, Form, Size, draw
from tests.benchmarks.measure import Timing, limit, timed
from tests.dashboard.pictures.samples import MAKERS, sample

MOST_MS = 50.0
REPEATS = 20
WAYS: tuple[tuple[str, Form, Size], ...] = (
    ("svg", "svg", WIDE),
    ("png 1200 × 630", "png", PREVIEW),
    ("png 1920 × 1080", "png", WIDE),
    ("pdf", "pdf", WIDE),
)
_numbers = count()


def drawn(kind: str, form: Form, size: Size) -> Timing:
    """Times of one kind; its title changes, so that nothing is kept from one to the next."""
    picture = sample(kind, "es")

    def once() -> None:
        about = replace(picture.about, title=f"{picture.about.title} {next(_numbers)}")
        draw(replace(picture, about=about), form, size)

    return timed(once, REPEATS, warm=3)


def main() -> None:
    """Prints the median of every kind and way beside the limit."""
    for kind in MAKERS:
        for name, form, size in WAYS:
            print(limit(f"{kind}: {name}", drawn(kind, form, size).median * 1000, MOST_MS, "ms"), flush=True)


if __name__ == "__main__":
    main()
