"""The walk's stops: every page and every view, both languages, three looks, a desk and a phone.

Spanish sees every view, in turns light and with high contrast; the first of each page is opened cold, the
others are reached within the app. English sees every page dark, by the links of the navigation, and light
where an address is shared or wrong. What is looked at everywhere stands in `tests/browser/checks.py`.

`make test` makes the stops of `SHARE`: every view once, in turns opened cold in Spanish without a choice, or
with one and then by its link in English; `make whole` makes all.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, product
from urllib.parse import parse_qs

from dashboard.navigation import PAGES, PATHS

READERS = IN_SPANISH, IN_SPANISH_TOO, BY_LINKS, BY_SHARED_LINKS, ON_A_PHONE = (
    "in Spanish",
    "in Spanish too",
    "by links",
    "by shared links",
    "on a phone",
)
SWITCHES = ("view", "show", "scope", "by")  # parameters that choose a view of a page
FIRST_PAGES = PATHS[: len(PATHS) // 2]  # two readers share Spanish, or the suite would wait for one


@dataclass(frozen=True)
class Stop:
    """A page as a reader meets it.

    path: address without language and look. by_link: reached by its link in the navigation, so that the
    address carries only what was chosen before. cold: opened anew, nothing chosen. fold: the first chart
    ends above the lower edge of a projector's picture. says: texts that the page holds. notes: what the note
    about a wrong address names; without them there is no note.
    """

    path: str
    lang: str
    look: str
    phone: bool = False
    cold: bool = False
    by_link: bool = False
    fold: bool = False
    says: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """Name of the page."""
        return self.path.split("?")[0] or PATHS[0]

    @property
    def view(self) -> tuple[str, ...]:
        """What of the page is seen: the values of its switches."""
        query = parse_qs(self.path.partition("?")[2])
        return tuple(value for name in SWITCHES for value in query.get(name, ()))

    @property
    def address(self) -> str:
        """Path and query, with the language and look unless the path names its own."""
        page, _, query = self.path.partition("?")
        usual = {"lang": self.lang, "look": self.look}
        parts = [f"{name}={value}" for name, value in usual.items() if f"{name}=" not in query]
        return f"/{page}?{'&'.join([*parts, query] if query else parts)}"

    @property
    def reader(self) -> str:
        """Who walks here: stops of one reader follow one another in one page of the browser."""
        if self.phone:
            return ON_A_PHONE
        in_spanish = IN_SPANISH if self.page in FIRST_PAGES else IN_SPANISH_TOO
        return BY_LINKS if self.by_link else {"es": in_spanish, "en": BY_SHARED_LINKS}[self.lang]

    def __str__(self) -> str:
        kind = [self.lang, self.look, *(["phone"] if self.phone else []), *(["link"] if self.by_link else [])]
        return f"{' '.join(kind)} {self.path or PATHS[0]}"


# Queries of each page in Spanish: first without any choice, then every view and kind of country.
VIEWS: dict[str, tuple[str, ...]] = {
    "world": (
        "",
        "view=tiles&mine=COL",
        "mine=BRB",
        "view=ranking&group=CARIBBEAN_SIDS&kpi=OSI",
        "view=map&kpi=SDG_5.b.1",
        "view=map&zoom=CARIBBEAN",
        "view=ranking&group=my:Andes:BOL.COL.ECU.PER",
    ),
    "country": ("", "country=JAM", "country=COL&kpi=EGDI_VS_INCOME", "country=HTI&show=egdi"),
    "compare": (
        "",
        "mine=COL",
        "area=COL&area=JAM&area=CARIBBEAN_SIDS&show=profile",
        "mine=COL&show=profile",
        "area=COL&area=JAM&show=table",
        "group=CARIBBEAN_SIDS&from=2012&show=change",
        "group=CARIBBEAN_SIDS&show=change&form=slope",
        "mine=COL&show=change&form=dots",
    ),
    "stages": (
        "",
        "country=JAM",
        "country=TUV",
        "country=COL&show=matrix",
        "show=moves&peers=CARIBBEAN_SIDS",
    ),
    "progress": (
        "",
        "country=COL",
        "country=COL&show=methods",
        "country=COL&scope=path&method=sdsn&horizon=2035",
        "country=JAM&scope=group&group=WORLD&method=statcan",
    ),
    "lens": (
        "",
        "goal=16&country=COL",
        "goal=5&evidence=direct",
        "show=association&country=COL",
        "show=income&country=JAM",
    ),
    "plan": (
        "",
        "country=COL",
        "country=COL&show=steps",
        "country=COL&show=levers",
        "country=COL&show=forecast",
        "country=COL&show=follow",
        "country=COL&show=files",
    ),
    "cases": (
        "",
        "q=registro&show=table",
        "show=map&theme=open-data",
        "country=JAM&theme=health&theme=payments&channel=mobile",
        "case=alb-e-albania",
        "gate=OSI&dimension=services&stage=connected&country=JAM",
    ),
    "lessons": ("", "show=links", "theme=caribbean-sids", "theme=legal-frameworks&show=links"),
    "knowledge": ("", "show=propose", "show=rubric"),
    "robustness": (
        "",
        "country=JAM&index=OSI-2024&versus=TTO",
        "country=JAM&show=own&weights=EGDI-2024:50-25-25",
    ),
    "forecast": (
        "",
        "country=COL",
        "ahead=2&by=special",
        "ahead=3&by=region&country=JAM",
        "ahead=3&by=group",
    ),
    "gaps": (
        "",
        "group=SIDS&by=dimensions",
        "by=ranking",
        "country=NAM",
        "country=NAM&show=kpis",
        "country=PRK&show=next",
    ),
    "releases": ("", "show=sources"),
    "present": ("", "country=COL"),
    "mydata": ("", "data=example", "data=example&show=trend", "data=example&show=within"),
    "exercise": ("", "invitation=cut.short"),
    "explore": ("", "area=JAM", "area=COL&area=JAM&show=cross&kpi=EGDI&kpi=OSI&columns=kpi", "show=sql"),
    "methods": (
        "",
        "q=egdi",
        "by=letter",
        "show=sources&source=wb_gtmi",
        "show=groups",
        "show=rules",
        "show=check",
        "show=edition",
    ),
}
PHONE_VIEWS = (
    "",
    "country?country=JAM",
    "compare",
    "stages?country=COL",
    "stages?show=matrix",
    "gaps",
    "forecast?country=COL",
    "progress?country=COL",
    "plan?country=COL",
    "compare?area=COL&area=JAM&show=table",
)
SHARED = (
    Stop(
        "?kpi=OSI&year=2022&group=CARIBBEAN_SIDS&view=ranking",
        "en",
        "light",
        cold=True,
        says=("Caribbean SIDS",),
    ),
    Stop("country?country=JAM", "en", "light", cold=True, says=("Jamaica",)),
    Stop("country?country=NAM", "en", "light", cold=True, says=("Namibia",)),
    Stop("compare?area=COL&area=URY&area=SIDS&kpi=TII", "en", "light", cold=True, says=("Uruguay",)),
    Stop("", "en", "light", fold=True, says=("Source:", "Download", "How computed")),
    Stop("compare?area=COL&area=JAM", "en", "light", fold=True, says=("Source:", "Download", "How computed")),
    Stop("country?country=COL", "en", "light", says=("Source:", "Download", "How computed")),
)
WRONG = (
    Stop("country?country=QQQ", "en", "light", notes=("country", "QQQ")),
    Stop("?year=1850", "en", "light", notes=("year", "1850", "2024")),
    Stop("?kpi=NOTHING", "en", "light", notes=("kpi", "NOTHING")),
    Stop("?group=%3Cscript%3Ealert(1)%3C/script%3E", "en", "light", notes=("group", "<script>")),
    Stop("compare?area=COL&area=XX1", "en", "light", notes=("area", "XX1")),
    Stop("nowhere", "en", "light", cold=True, notes=("page", "nowhere")),
    Stop("country?country=QQQ&kpi=XX&group=YY", "es", "light", notes=("country", "QQQ")),
)


def _in_every_way() -> list[Stop]:
    """Every page in every language and look, of a country that no other stop shows."""
    ways = product(("en", "es"), ("light", "dark", "contrast"), PATHS)
    reads = {page.path for page in PAGES if "country" in page.parameters}
    return [Stop(f"{page}?country=URY" if page in reads else page, lang, look) for lang, look, page in ways]


def _in_spanish() -> list[Stop]:
    looks = cycle(("light", "contrast"))
    return [
        Stop(f"{page}?{query}" if query else page, "es", next(looks), cold=not query)
        for page in PATHS
        for query in VIEWS.get(page, ("", "country=COL"))
    ]


OF_EACH_KIND = (
    *_in_spanish(),
    *(Stop(page, "en", "dark", by_link=True) for page in PATHS),
    *SHARED,
    *WRONG,
    *(Stop(path, "es", "light", phone=True, cold=not n) for n, path in enumerate(PHONE_VIEWS)),
)
_made = {str(stop) for stop in OF_EACH_KIND}
STOPS = (*OF_EACH_KIND, *(stop for stop in _in_every_way() if str(stop) not in _made))


def _share() -> frozenset[Stop]:
    """Of each kind of stop those that are made in every run."""
    plain = set(PATHS[::2])  # pages whose first view is met without any choice; of the others by a link
    views: dict[tuple[str, tuple[str, ...]], Stop] = {}
    for stop in _in_spanish():
        here = (stop.page, stop.view)
        if here not in views or (not stop.view and stop.page not in plain and views[here].cold):
            views[here] = stop
    links = [stop for stop in OF_EACH_KIND if stop.by_link and stop.page not in plain]
    phone = [stop for stop in OF_EACH_KIND if stop.phone]
    return frozenset((*views.values(), *links, *SHARED[::2], *WRONG[::2], *phone[::2]))


SHARE = _share()
