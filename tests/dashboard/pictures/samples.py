"""A picture of every kind with long names, missing values and hostile texts, in a language."""

from __future__ import annotations

from dashboard.pictures import outlines
from dashboard.pictures.model import (
    About,
    Bar,
    Cloud,
    Course,
    DotRange,
    Fan,
    Ladder,
    Lane,
    Matrix,
    Paces,
    Picture,
    Point,
    Ranking,
    Rung,
    Span,
    Step,
    Trend,
    WorldMap,
)

VINCENT = {"en": "Saint Vincent and the Grenadines", "es": "San Vicente y las Granadinas"}
LAO = {"en": "Lao People's Democratic Republic", "es": "República Democrática Popular Lao"}
KINGDOM = {
    "en": "United Kingdom of Great Britain and Northern Ireland",
    "es": "Reino Unido de Gran Bretaña e Irlanda del Norte",
}
HOSTILE = '#text(red)[x] *b* _i_ $1$ <a> </svg><script>alert(1)</script> \\ "q" & @ref // `c`'
TITLES = {
    "en": "Saint Vincent and the Grenadines: EGDI 0.5876 in 2024, rank 117 of 193; up 2 places since 2022",
    "es": "San Vicente y las Granadinas: EGDI 0,5876 en 2024, puesto 117 de 193; sube 2 puestos desde 2022",
}
NO_DATA = {"en": "no data", "es": "sin datos"}
YEARS = range(2003, 2025, 3)


def about(lang: str, title: str = "") -> About:
    """What stands around a sample."""
    source = {
        "en": "Source: UN E-Government Survey · 2003–2024 · n = 44 countries · Escala, 28 November 2026",
        "es": "Fuente: Encuesta de las Naciones Unidas · 2003–2024 · Escala, 28 de noviembre de 2026",
    }
    unit = {"en": "index, 0 to 1", "es": "índice, de 0 a 1"}
    return About(title or TITLES[lang], unit[lang], source[lang], f"Alt: {TITLES[lang]}.", lang)


def trend(lang: str, title: str = "") -> Trend:
    """Courses that end close together, one with a gap, one with a single value, one without any."""
    return Trend(
        about(lang, title),
        (
            Course(
                VINCENT[lang],
                tuple((y, None if y == 2012 else 0.3 + 0.012 * (y - 2003)) for y in YEARS),
                "focus",
                "0.552",
            ),
            Course(LAO[lang], tuple((y, 0.29 + 0.0121 * (y - 2003)) for y in YEARS), "peer", "0.544"),
            Course(KINGDOM[lang], tuple((y, 0.28 + 0.0124 * (y - 2003)) for y in YEARS), "peer", "0.540"),
            Course("Haiti", ((2015, 0.24),), "peer", "0.24 (2015)"),
            Course("Median", tuple((y, 0.31 + 0.011 * (y - 2003)) for y in YEARS), "median", "0.541"),
            Course("Nauru", (), "peer", NO_DATA[lang]),
        ),
        (0.75, "Goal: 0.75"),
    )


def ranking(lang: str, title: str = "") -> Ranking:
    """Bars of 0.8, 0.6, 0.4 and 0.2, and one without a value."""
    names = (KINGDOM[lang], VINCENT[lang], LAO[lang], "Haiti")
    roles = ("peer", "focus", "median", "series")
    bars = tuple(
        Bar(name, 0.8 - 0.2 * at, f"{0.8 - 0.2 * at:.4f}", role)  # type: ignore[arg-type]
        for at, (name, role) in enumerate(zip(names, roles, strict=True))
    )
    return Ranking(about(lang, title), (*bars, Bar("Nauru", None, NO_DATA[lang])), most=1.0)


def ladder(lang: str, title: str = "") -> Ladder:
    """All stages, and a dimension that was not assessed."""
    names = ("Institutions", "Legal framework", "Infrastructure", "Human capital", "Data and outcomes")
    notes = (
        "",
        "in doubt; next: E-Participation Index (EPI) and 2 more",
        "",
        "next: People using the Internet",
    )
    rungs = tuple(Rung(name, at, note) for at, (name, note) in enumerate(zip(names[:4], notes, strict=True)))
    return Ladder(
        about(lang, title),
        (*rungs, Rung(names[4], None, NO_DATA[lang])),
        ("emerging", "enhanced", "transactional", "connected"),
    )


def dot_range(lang: str, title: str = "") -> DotRange:
    """Rows at both ends of the scale, without an own value, and without any peer."""
    return DotRange(
        about(lang, title),
        (
            Span("Services", 20, 45, 80, 38, "38"),
            Span("Institutional framework and governance", 0, 50, 100, 100, "100"),
            Span("Participation", 10, 40, 70, None, NO_DATA[lang]),
            Span("Data and outcomes", None, None, None, 22, "22"),
        ),
        (f"lowest to highest of {VINCENT[lang]}", "median", LAO[lang]),
    )


def matrix(lang: str, title: str = "") -> Matrix:
    """All classes and an empty cell."""
    columns = ("Institutions", "Legal framework", "Infrastructure", "Human capital", "Data and outcomes")
    cells = tuple(
        tuple(("–", None) if at == row else (f"{at + 1}", (at + row) % 4) for at in range(5))
        for row in range(3)
    )
    return Matrix(about(lang, title), (KINGDOM[lang], VINCENT[lang], LAO[lang]), columns, cells)


def paces(lang: str, title: str = "") -> Paces:
    """Paces that stop short, arrive, turn back and go far beyond; one that is not known."""
    return Paces(
        about(lang, title),
        (
            Lane("People using the Internet", 70, 90, (80, 91), "79.3% (2024) → 90.0%"),
            Lane("Fixed broadband subscriptions per 100 inhabitants", 10, 20, (5, 60), "10 → 20"),
            Lane("Under-five mortality", 50, 25, (30, 25), "50 → 25"),
            Lane("Birth registration", 10, 20, (None, None), NO_DATA[lang]),
        ),
        ("pace of the past five years", "best quarter of peers"),
        ("now", "goal"),
    )


def fan(lang: str, title: str = "") -> Fan:
    """A course and three steps ahead, with a goal."""
    past = Course(VINCENT[lang], tuple((y, 0.3 + 0.012 * (y - 2003)) for y in YEARS), "focus", "0.55")
    steps = (Step(2026, 0.55, 0.58, 0.62), Step(2028, 0.55, 0.6, 0.65), Step(2030, 0.54, 0.62, 0.7))
    return Fan(
        about(lang, title),
        past,
        steps,
        ("8 of 10 ended within", "middle"),
        (0.75, "Goal: 0.75"),
        ("0.70", "0.62", "0.54"),
    )


def world(lang: str, title: str = "", region: str = "WORLD") -> WorldMap:
    """Five classes, some areas without data, one that stands out."""
    codes = list(outlines.kept()["WORLD"]["areas"])
    return WorldMap(
        about(lang, title),
        tuple((code, at % 5) for at, code in enumerate(codes) if at % 7),
        ("under 0.25 (11)", "0.25 – 0.50 (44)", "0.50 – 0.75 (62)", "0.75 or more (76)", "very high"),
        NO_DATA[lang],
        ("COL",),
        region,
        tuple(code for at, code in enumerate(codes) if not at % 7),
    )


def cloud(lang: str, title: str = "") -> Cloud:
    """Points with long names on every side, one that stands out, a line; x over powers of ten."""
    sides = ("above", "below", "left", "right")
    points = [
        Point(
            VINCENT[lang],
            10.0 ** (3 + at / 8),
            0.1 + at / 20,
            "series",
            VINCENT[lang] if at % 4 == 0 else "",
            sides[at // 4],
        )
        for at in range(16)
    ]
    return Cloud(
        about(lang, title),
        (*points, Point(LAO[lang], 6000.0, 0.2, "focus", LAO[lang], "right"), Point(HOSTILE, 900.0, -0.1)),
        ((900.0, 0.1), (90000.0, 0.9)),
        "GDP per person",
        "index",
        ("peers", "other countries", "straight line"),
        log=True,
    )


MAKERS = {
    "cloud": cloud,
    "trend": trend,
    "ranking": ranking,
    "ladder": ladder,
    "dot_range": dot_range,
    "matrix": matrix,
    "paces": paces,
    "fan": fan,
    "map": world,
}


def sample(kind: str, lang: str, title: str = "") -> Picture:
    """The sample of a kind."""
    picture: Picture = MAKERS[kind](lang, title)
    return picture
