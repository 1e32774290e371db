"""Log-in at a real provider on this machine: who comes back is known, and a failure is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from oidc_provider_mock import User, run_server_in_thread  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.proto.Delta_pb2 import Delta

from kpis import catalogue, names, plan
from kpis.groups import own_group
from kpis.queries import Warehouse
from kpis.workspace import LOCAL, follow_up, groups, open_workspace
from kpis.workspace.exercises import conduct
from kpis.workspace.figures import Known, Request, keep, kpi_facts, read_figures
from tests.asgi import awaited
from tests.benchmarks.reader import Reader, Run, addresses
from tests.browser.reading import DESKTOP, listen, settle
from tests.kpis.workspace.knowledge.made_up import published
from tests.log_in import settings
from tests.serving import Served, free_port, launch, stop

ANA = User(sub="ana", claims={"name": "Ana <b>Díaz</b>", "groups": ["editores"]})
LUZ = User(sub="luz", claims={"name": "Luz", "groups": ["otros"]})
BETO = User(sub="beto", claims={"name": "Beto", "groups": ["revisores"]})
CARLA = User(sub="carla", claims={"name": "Carla", "groups": ["revisores"]})
PEOPLE = (ANA, LUZ, BETO, CARLA)


SECRET = "Zanahoria"  # in the name of everything that the workspace of this test holds


@dataclass(frozen=True)
class Gated:
    """The app with a log-in, the provider's address, and ids of what its workspace holds, by page."""

    address: str
    provider: str
    ids: dict[str, dict[str, str]]


def filled(place: str, wh: Warehouse) -> dict[str, dict[str, str]]:
    """A workspace with something of every kind; the parameters that name it, by page."""
    workspace = open_workspace(place)
    case = published(workspace, name=f"Turnos {SECRET}", case_id="col-zanahoria")
    known = Known(kpi_facts(catalogue.load()), names.index(), 2026)
    table = f"area,period,series,value,unit\nCOL,2024,{SECRET},41,km\n".encode()
    own = read_figures(table, f"{SECRET}.csv", Request(), known).figures
    assert own is not None
    keep.keep(workspace, LOCAL, own)
    groups.keep(workspace, LOCAL, own_group(SECRET, ["COL", "PER"]))
    outlook = plan.outlook("COL", stage="connected", by=2030, store=wh.tables)
    item = follow_up.keep(workspace, LOCAL, plan.make(outlook, store=wh.tables), SECRET)
    held = conduct.begin(workspace, LOCAL, SECRET, country="COL")
    conduct.invite(workspace, LOCAL, held, SECRET, days=3)
    workspace.engine.dispose()
    return {
        "knowledge": {"record": case},
        "cases": {"case": "col-zanahoria"},
        "mydata": {"data": SECRET.lower()},
        "plan": {"kept": item.id},
        "exercise": {"exercise": held.id},
    }


@pytest.fixture(scope="module")
def gated(warehouse_copy: Path, wh: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gated]:
    """The app, served with a log-in at a provider of this machine."""
    home = tmp_path_factory.mktemp("home")
    address = f"http://127.0.0.1:{(port := free_port())}"
    with run_server_in_thread(user_claims=PEOPLE) as server, pytest.MonkeyPatch.context() as patch:
        provider = f"http://127.0.0.1:{server.server_port}"
        for name, value in settings(home, address, provider).items():
            patch.setenv(name, value)
        ids = filled(str(home / "workspace.sqlite"), wh)
        app, _process = launch(warehouse_copy, port=port)
        yield Gated(app.address, provider, ids)
        stop(app.pid)


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """In Spanish. People come one after the other: what one has read of the app's scripts serves the next."""
    context = browser.new_context(viewport=DESKTOP, locale="es-CO", reduced_motion="reduce")  # type: ignore[arg-type]
    yield context
    context.close()


@pytest.fixture
def newcomer(window: BrowserContext, gated: Gated) -> Iterator[Page]:
    """A reader with no cookie and nothing else that is stored."""
    page = window.new_page()
    listen(page, (gated.address, gated.provider))
    yield page
    stored = {"origin": gated.address, "storageTypes": "local_storage"}
    window.new_cdp_session(page).send("Storage.clearDataForOrigin", stored)
    page.close()
    window.clear_cookies()


def at_the_provider(page: Page, gated: Gated, path: str) -> None:
    """Opens a page of the app and asks to log in."""
    page.goto(gated.address + path)
    settle(page)
    page.get_by_role("button", name="Iniciar sesión").first.click()
    page.wait_for_url(re.compile(re.escape(gated.provider)))


def test_who_logs_in_is_known_comes_back_to_the_page_and_can_leave(gated: Gated, newcomer: Page) -> None:
    at_the_provider(newcomer, gated, "/country?country=COL&lang=es")
    newcomer.get_by_role("button", name="ana", exact=True).click()
    newcomer.wait_for_url(re.compile(r"/country\?"))
    settle(newcomer)
    assert parse_qs(urlsplit(newcomer.url).query)["country"] == ["COL"]
    expect(newcomer.get_by_text("Sesión iniciada como Ana <b>Díaz</b>")).to_be_visible()
    newcomer.reload()
    settle(newcomer)
    newcomer.get_by_role("button", name="Cerrar sesión").click()
    newcomer.wait_for_url(re.compile(re.escape(gated.provider)))
    newcomer.get_by_role("button").first.click()
    newcomer.wait_for_url(re.compile(re.escape(gated.address)))
    settle(newcomer)
    expect(newcomer.get_by_text("Cerró la sesión")).to_be_visible()
    expect(newcomer.get_by_role("button", name="Iniciar sesión").first).to_be_visible()
    assert "login=" not in newcomer.url


@contextmanager
def at_the_desk(window: BrowserContext, gated: Gated, who: str, path: str) -> Iterator[Page]:
    """Somebody who has logged in and opened a page. Who was logged in before is so again afterwards."""
    before = window.cookies()
    window.clear_cookies()
    page = window.new_page()
    listen(page, (gated.address, gated.provider))
    at_the_provider(page, gated, path)
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_url(re.compile(r"/knowledge"))
    settle(page)
    yield page
    page.close()
    window.clear_cookies()
    window.add_cookies(before)  # type: ignore[arg-type]


def choose(page: Page, label: str, option: str) -> None:
    """Takes an option of a list, by typing it."""
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(option)
    page.keyboard.press("Enter")
    settle(page)


def test_a_case_goes_from_proposal_to_publication_by_three_people(
    gated: Gated, window: BrowserContext
) -> None:
    with at_the_desk(window, gated, "ana", "/knowledge?lang=es&show=propose") as ana:
        ana.set_default_timeout(6000)
        ana.get_by_label("Nombre *").fill("Turnos Quipu")
        ana.get_by_label("Resumen").fill("Citas por USSD para quien no tiene un teléfono inteligente.")
        ana.get_by_label("Título de la fuente").fill("Gaceta municipal")
        ana.get_by_label("Dirección de la fuente").fill("https://example.org/quipu")
        choose(ana, "País *", "Colombia")
        ana.get_by_role("button", name="Proponer", exact=True).click()
        expect(ana.get_by_text("Propuesto. Sigue documentar")).to_be_visible()
        choose(ana, "Nivel *", "Municipal")
        choose(ana, "Estado *", "activo")
        choose(ana, "Canal *", "USSD")
        ana.keyboard.press("Escape")
        ana.get_by_role("button", name="Documentar", exact=True).click()
        expect(ana.get_by_text("Documentado. Sigue la evaluación")).to_be_visible()
        record = ana.url
        for reviewer in ("beto", "carla"):
            with at_the_desk(window, gated, reviewer, "/knowledge?lang=es") as page:
                page.get_by_role("link", name="Turnos Quipu").first.click()
                settle(page)
                for level in page.get_by_text(re.compile("^2 – ")).all():
                    level.click()
                    settle(page)
                page.get_by_label("En qué se basan sus puntos").fill(f"{reviewer}: dos informes.")
                page.get_by_role("button", name="Entregar mi evaluación").click()
                expect(page.get_by_text("Entregada.")).to_be_visible()
                expect(page.get_by_role("definition").filter(has_text="beto: dos informes.")).to_be_visible()
        ana.goto(record)
        settle(ana)
        choose(ana, "Tema *", "Prestación de servicios")
        choose(ana, "Tipo *", "Innovación de procesos")
        choose(ana, "Etapa *", "3 transaccional")
        choose(ana, "Metas de los ODS *", "16.6")
        ana.keyboard.press("Escape")
        ana.get_by_role("button", name="Clasificar", exact=True).click()
        expect(ana.get_by_text("Clasificado. Sigue la publicación")).to_be_visible()
        expect(ana.get_by_role("button", name="Publicar", exact=True)).to_have_count(0)
    with at_the_desk(window, gated, "beto", "/knowledge?lang=es") as beto:
        beto.get_by_role("link", name="Turnos Quipu").first.click()
        settle(beto)
        beto.get_by_role("button", name="Publicar", exact=True).click()
        expect(beto.get_by_text("Publicado: ya aparece en Casos")).to_be_visible()
        beto.get_by_role("link", name="Verlo en Casos").click()
        settle(beto)
        expect(beto.get_by_text("centro propio").first).to_be_visible()


def test_a_refusal_is_said_and_the_page_is_kept(gated: Gated, newcomer: Page) -> None:
    at_the_provider(newcomer, gated, "/stages?country=URY&lang=es")
    newcomer.get_by_role("button", name="Deny").click()
    newcomer.wait_for_url(re.compile(r"/stages"))
    settle(newcomer)
    expect(newcomer.get_by_text("No inició sesión: se rechazó o se interrumpió")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/oauth2callback?error=invalid_request&error_description=<script>", "failed"),
        ("/oauth2callback?code=x&state=y", "failed"),
        ("/oauth2callback", "ended"),
        ("/auth/login?provider=forged", "unreachable"),
    ],
)
def test_each_end_of_a_log_in_has_its_word(gated: Gated, newcomer: Page, path: str, word: str) -> None:
    answer = newcomer.request.get(gated.address + path, max_redirects=0)
    assert answer.status == 302
    assert answer.headers["location"].endswith(f"?login={word}")


def test_no_other_page_is_the_way_back(gated: Gated, newcomer: Page) -> None:
    for page in ("//evil.example", "https://evil.example", "country/../x", "nothing"):
        newcomer.context.add_cookies([{"name": "escala_back", "value": page, "url": gated.address}])
        answer = newcomer.request.get(f"{gated.address}/oauth2callback?code=x", max_redirects=0)
        assert answer.headers["location"] == "./?login=failed"


class Ear(Reader):
    """A reader without a browser who keeps all that the app sends."""

    heard = b""

    def _take(self, delta: Delta, run: Run) -> None:
        self.heard += delta.SerializeToString()
        super()._take(delta, run)


async def all_pages(gated: Gated) -> bytes:
    """What a reader who is not logged in is sent on all pages, also where they name what is there."""
    ear = Ear(Served(gated.address, 0), "es")
    async with ear:
        for page, choices in addresses():
            await ear.open(page, **choices, **gated.ids.get(page, {}))
    return ear.heard


def test_whoever_is_not_logged_in_is_sent_nothing_of_the_workspace(gated: Gated, newcomer: Page) -> None:
    heard = awaited(all_pages(gated))
    assert "Inicie sesión para ver".encode() in heard  # it was listened to
    assert SECRET.encode() not in heard
    for path in (
        f"/find?q={SECRET}&lang=es",
        "/picture/cases.svg?lang=es",
        "/knowledge",
        "/embed/cases?lang=es",
    ):
        assert SECRET not in newcomer.request.get(gated.address + path).text()


def test_a_role_is_what_opens_the_workspace(gated: Gated, newcomer: Page) -> None:
    at_the_provider(newcomer, gated, "/knowledge?lang=es")
    newcomer.get_by_role("button", name="luz", exact=True).click()
    newcomer.wait_for_url(re.compile(r"/knowledge"))
    settle(newcomer)
    expect(newcomer.get_by_text("no tiene ninguna función en este espacio")).to_be_visible()
    assert SECRET not in newcomer.content()
    newcomer.context.clear_cookies()
    at_the_provider(newcomer, gated, "/knowledge?lang=es")
    newcomer.get_by_role("button", name="ana", exact=True).click()
    newcomer.wait_for_url(re.compile(r"/knowledge"))
    settle(newcomer)
    expect(newcomer.get_by_text(SECRET).first).to_be_visible()
