"""Each check of the walk is silent on a right page and finds the fault it is for on a wrong one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import checks
from tests.browser.checks import CHECKS, Check
from tests.browser.reading import Desk, heard
from tests.browser.stops import Stop

pytestmark = pytest.mark.browser

STOP = Stop("country?country=COL", "es", "light")
WORDS = " ".join(f"<p>Palabra {n} de esta página.</p>" for n in range(12))
RIGHT = f"""<!doctype html><html lang="es"><head><title>Escala</title></head><body>
<main data-testid="stMain"><h1>Colombia avanza</h1>{WORDS}</main></body></html>"""


def with_part(part: str) -> str:
    """The right page and one part more."""
    return RIGHT.replace("</main>", f"{part}</main>")


SHAPE = "<svg><path class='choroplethlocation' d='M0 0'/></svg>"
WIDE_WITHIN = "<div data-testid='stMain' style='overflow: auto'><p style='width: 3000px'>x</p></div>"
OF_NO_COUNTRY = f"{SHAPE}<script>document.querySelector('path').__data__ = {{ loc: 'XAP' }}</script>"
SAME = "<div class='st-key-corner_a'><button>Tabla</button><button>Tabla</button></div>"
LOW = "<div class='js-plotly-plot' style='position: absolute; top: 2000px; height: 10px'>x</div>"
CHART = "<div class='e-chart' aria-label='Un mapa'></div>"
OLD = '<p><data class="e-fig" data-kpi="A" data-year="2012" data-old="true">1</data></p>'
LATE = '<span data-status="on_track" data-status-old="true">bien encaminado</span>'
# The check, a wrong page, the stop that it is taken for, and what the fault says.
WRONG: list[tuple[Check, str, Stop, str]] = [
    (checks.one_headline, with_part("<h1>Otro</h1>"), STOP, "2 headings"),
    (checks.one_headline, RIGHT.replace("h1>", "h2>"), STOP, "0 headings"),
    (checks.one_headline, with_part("<style>h1 { display: none }</style>"), STOP, "empty"),
    (checks.one_headline, RIGHT.replace("data-testid", "id"), STOP, "not in the main part"),
    (checks.summary_gone, with_part("<div id='e-first'></div>"), STOP, "still there"),
    (checks.summary_gone, with_part("<div id='root' inert></div>"), STOP, "nothing can be used"),
    (checks.its_language, RIGHT.replace("lang=", "data-lang="), STOP, "''"),
    (checks.no_english, with_part("<p>Namibia and Chile</p>"), STOP, "Namibia and Chile"),
    (checks.no_english, with_part("<p>Denmark</p>"), STOP, "Denmark"),
    (checks.no_english, with_part("<p title='Download'></p>"), STOP, "Download"),
    (checks.no_english, "<html lang='es'><h1>Hola</h1></html>", STOP, "hardly any text"),
    (checks.nothing_grave_for_axe, with_part("<button></button>"), STOP, "button-name"),
    (checks.nothing_grave_for_axe, with_part("<p style='color: #ddd'>gris</p>"), STOP, "color-contrast"),
    (checks.no_other_host, with_part("<img alt='x' src='http://example.org/x.png'>"), STOP, "example.org"),
    (checks.no_error_logged, with_part("<script>console.error('oh')</script>"), STOP, "oh"),
    (checks.no_error_logged, with_part("<script>throw new Error('no')</script>"), STOP, "no"),
    (checks.no_error_box, with_part("<p data-testid='stException'>Fallo</p>"), STOP, "Fallo"),
    (checks.no_error_box, with_part("<p>Traceback</p>"), STOP, "Traceback"),
    (checks.notes_where_due, with_part("<p class='e-address'>country</p>"), STOP, "country"),
    (checks.notes_where_due, RIGHT, Stop("country", "es", "light", notes=("QQQ",)), "QQQ"),
    (checks.address_kept, RIGHT, STOP, "country=COL"),
    (checks.no_sideways_scroll, with_part("<div style='width: 3000px'>x</div>"), STOP, "px on a screen"),
    (checks.no_sideways_scroll, with_part(WIDE_WITHIN), STOP, "px on a screen"),
    (checks.charts_in_words, with_part(CHART), STOP, "Un mapa"),
    (checks.buttons_have_names_of_their_own, with_part(SAME), STOP, "called the same: Tabla"),
    (checks.every_member_state_drawn, with_part(OF_NO_COUNTRY), STOP, "XAP"),
    (checks.every_member_state_drawn, with_part(OF_NO_COUNTRY), STOP, "no shape: ['AFG'"),
    (checks.every_member_state_drawn, with_part(OF_NO_COUNTRY), STOP, "markers"),
    (checks.every_member_state_drawn, RIGHT, Stop("?view=tiles", "es", "light"), "no tile: ['AFG'"),
    (checks.first_chart_above_the_fold, with_part(LOW), Stop("", "es", "light", fold=True), "on 720 px"),
    (checks.says_what_it_should, RIGHT, Stop("", "es", "light", says=("Jamaica",)), "Jamaica"),
    (checks.true_today, with_part('<data class="e-fig" data-kpi="A">1</data>'), STOP, "no year"),
    (checks.true_today, with_part('<data class="e-fig" data-year="2024">1</data>'), STOP, "no KPI"),
    (checks.true_today, with_part(OLD), STOP, "old without tag"),
    (checks.true_today, with_part(LATE), STOP, "status from an old figure"),
    (checks.true_today, with_part('<span data-arrival="2023">2023</span>'), STOP, "arrival in the past"),
]


@pytest.fixture(scope="module")
def blank(desk: Desk) -> Page:
    """A page of no app, to be filled."""
    return desk.take("es-CO")


def filled(page: Page, html: str) -> Page:
    """The page with nothing but this on it."""
    heard(page).forget()
    page.set_content(html)
    return page


@pytest.mark.parametrize("check", [check for check in CHECKS if check is not checks.address_kept])
def test_a_right_page_has_no_fault(blank: Page, check: Check) -> None:
    assert check(filled(blank, RIGHT), STOP) == []


@pytest.mark.parametrize(("check", "html", "stop", "fault"), WRONG)
def test_a_wrong_page_has_its_fault(blank: Page, check: Check, html: str, stop: Stop, fault: str) -> None:
    assert fault in "\n".join(check(filled(blank, html), stop))


def test_axe_is_asked_all_rules_whose_findings_are_grave(blank: Page) -> None:
    every = "standards => axe.run('html', { runOnly: standards }).then(found => found.violations)"
    page = filled(blank, with_part("<button></button><p style='color: #ddd'>gris</p><h6>Título</h6>"))
    asked = checks.faults_for_axe(page)
    found = page.evaluate(every, checks.STANDARDS)
    grave = {rule["id"] for rule in found if rule["impact"] in checks.GRAVE}
    assert {fault.partition(":")[0] for fault in asked} == grave
    assert grave
    assert len(grave) < len(found)  # so there is what is not asked


def test_no_check_is_unproven() -> None:
    assert {check for check, *_ in WRONG} == set(CHECKS)
