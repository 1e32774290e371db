"""Log-in at a real provider on this machine: who comes back is known, and a failure is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from oidc_provider_mock import User, run_server_in_thread  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.proto.Delta_pb2 import Delta

from dashboard.navigation import PATHS
from dashboard.serve.app import ROUTES
from kpis import catalogue, names, plan
from kpis.groups import own_group
from kpis.queries import Warehouse
from kpis.workspace import LOCAL, Workspace, follow_up, groups, open_workspace
from kpis.workspace.exercises import conduct
from kpis.workspace.exercises.invitations import Ticket, sign
from kpis.workspace.figures import Known, Request, keep, kpi_facts, read_figures
from tests import leaving
from tests.asgi import awaited
from tests.benchmarks.reader import Reader, Run
from tests.browser import ministry
from tests.browser.reading import DESKTOP, listen, settle
from tests.kpis.workspace.knowledge.made_up import published
from tests.log_in import cookies_of, settings
from tests.serving import Served, free_port, launch, stop

ANA = User(sub="ana", claims={"name": "Ana <b>Díaz</b>", "groups": ["editores"]})
LUZ = User(sub="luz", claims={"name": "Luz", "groups": ["otros"]})
BETO = User(sub="beto", claims={"name": "Beto", "groups": ["revisores"]})
CARLA = User(sub="carla", claims={"name": "Carla", "groups": ["revisores"]})
VERA = User(sub="vera", claims={"name": "Vera", "groups": ["lectores"]})
PEOPLE = (ANA, LUZ, BETO, CARLA, VERA)


SECRET = "Zanahoria"  # in the name of everything that the workspace of this test holds
EXERCISE = "Remolacha"  # but one exercise, to which there are invitations
OF_WORKSPACE = {"mydata_csv_0", "exercise_csv"}  # files


@dataclass(frozen=True)
class Gated:
    """The app with a log-in, the provider's address, and ids of what its workspace holds, by page."""

    address: str
    provider: str
    ids: dict[str, dict[str, str]]
    tokens: dict[str, str]


def filled(place: str, wh: Warehouse) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """A workspace with something of every kind; the parameters that show it, by page; invitations."""
    workspace = open_workspace(place)
    case = published(workspace, name=f"Turnos {SECRET}", case_id="col-zanahoria")
    known = Known(kpi_facts(catalogue.load()), names.index(), 2026)
    table = f"area,period,series,value,unit\nCOL,2024,{SECRET},41,km\nCOL,2024,EGDI,0.5,\n".encode()
    own = read_figures(table, f"{SECRET}.csv", Request(), known).figures
    assert own is not None
    keep.keep(workspace, LOCAL, own)
    groups.keep(workspace, LOCAL, own_group(SECRET, ["COL", "PER"]))
    outlook = plan.outlook("COL", stage="connected", by=2030, store=wh.tables)
    follow_up.keep(workspace, LOCAL, plan.make(outlook, store=wh.tables), SECRET)
    held = conduct.begin(workspace, LOCAL, SECRET, country="COL")
    held = conduct.agree(workspace, LOCAL, held, dict.fromkeys(held.questionnaire.statements, "enhanced"))
    ids = {
        "compare": {"area": "COL", "show": "table"},
        "knowledge": {"record": case},
        "cases": {"case": "col-zanahoria"},
        "methods": {"show": "groups"},
        "plan": {"show": "follow"},
        "exercise": {"exercise": held.id},
    }
    tokens = invitations(workspace)
    workspace.engine.dispose()
    return ids, tokens


def invitations(workspace: Workspace) -> dict[str, str]:
    """Tokens of an exercise: one that is good, and some that no longer are or never were."""
    held = conduct.begin(workspace, LOCAL, EXERCISE)
    long_ago = datetime.now(UTC) - timedelta(days=9)
    made = {name: conduct.invite(workspace, LOCAL, held, SECRET, days=3) for name in ("good", "revoked")}
    made["expired"] = conduct.invite(workspace, LOCAL, held, SECRET, days=3, now=long_ago)
    conduct.revoke(workspace, LOCAL, made["revoked"])
    tokens = {name: one.token for name, one in made.items()}
    good = Ticket(made["good"].item.id, made["good"].expires)
    return tokens | {"forged": sign(b"another secret", good), "cut": tokens["good"][:-1]}


@pytest.fixture(scope="module")
def gated(warehouse_copy: Path, wh: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gated]:
    """The app, served with a log-in at a provider of this machine."""
    home = tmp_path_factory.mktemp("home")
    address = f"http://127.0.0.1:{(port := free_port())}"
    with run_server_in_thread(user_claims=PEOPLE) as server, pytest.MonkeyPatch.context() as patch:
        provider = f"http://127.0.0.1:{server.server_port}"
        for name, value in settings(home, address, provider).items():
            patch.setenv(name, value)
        ids, tokens = filled(str(home / "workspace.sqlite"), wh)
        app, _process = launch(warehouse_copy, port=port)
        yield Gated(app.address, provider, ids, tokens)
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


def log_in(window: BrowserContext, gated: Gated, who: str) -> None:
    """Somebody has logged in with this browser before."""
    held = cookies_of(gated.address, who)
    window.add_cookies([{"name": name, "value": value, "url": gated.address} for name, value in held.items()])


@contextmanager
def at_the_desk(window: BrowserContext, gated: Gated, who: str, path: str) -> Iterator[Page]:
    """Somebody who has logged in and opened a page. Who was logged in before is so again afterwards."""
    before = window.cookies()
    window.clear_cookies()
    log_in(window, gated, who)
    page = window.new_page()
    listen(page, (gated.address, gated.provider))
    page.goto(gated.address + path)
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


def test_figures_of_a_ministry_go_from_the_template_to_the_plan(gated: Gated, newcomer: Page) -> None:
    log_in(newcomer.context, gated, "ana")
    newcomer.goto(f"{gated.address}/mydata?lang=es")
    settle(newcomer)
    document = ministry.walk(newcomer)
    assert "MinTIC" in document  # responsible for a step
    assert "0,91" in document  # the own target


class Ear(Reader):
    """A reader without a browser who keeps all that the app sends, by page, and the keys of files offered."""

    def __init__(self, gated: Gated, who: str = "") -> None:
        super().__init__(
            Served(gated.address, 0), "es", cookies=cookies_of(gated.address, who) if who else None
        )
        self.gated = gated
        self.heard: dict[str, bytes] = {}
        self.offered: set[str] = set()

    def _take(self, delta: Delta, run: Run) -> None:
        self.heard[self.page] = self.heard.get(self.page, b"") + delta.SerializeToString()
        if delta.new_element.WhichOneof("type") == "download_button":
            self.offered.add(delta.new_element.download_button.id.split("-", 2)[2])
        super()._take(delta, run)

    async def all_pages(self, **first: str) -> Ear:
        """Goes through all pages, with addresses that name what is there. first: of an exercise before."""
        async with self:
            if first:
                await self.open("exercise", **first)
            for page in PATHS:
                chosen = {"country": "COL", **self.gated.ids.get(page, {})}
                await self.open("" if page == PATHS[0] else page, **chosen)
        return self

    async def opens(self, token: str) -> None:
        """Comes with an invitation."""
        async with self:
            await self.open("exercise", invitation=token)

    def told(self, word: str = SECRET) -> set[str]:
        """The pages on which a word was heard."""
        return {page or PATHS[0] for page, heard in self.heard.items() if word.encode() in heard}


def addresses(gated: Gated) -> Iterator[str]:
    """Every address that answers without a session, asked for what is in the workspace."""
    for route in ROUTES:
        page = route.rpartition("/")[2] or PATHS[0]
        asked = {"lang": "es", "words": SECRET.lower(), "country": "COL", **gated.ids.get(page, {})}
        yield f"{route}?{urlencode(asked)}"
    for page in PATHS:
        yield f"/picture/{page}?{urlencode({'lang': 'es', **gated.ids.get(page, {})})}"


def test_of_the_workspace_is_sent_what_a_reader_may_see_and_by_pages_alone(gated: Gated) -> None:
    viewer = awaited(Ear(gated, "vera").all_pages())
    assert viewer.told() == set(leaving.PAGES)
    assert viewer.offered >= OF_WORKSPACE
    assert b"exercise_begin" not in viewer.heard["exercise"]  # what an editor is offered
    for who, why in (("", "Inicie sesión para ver"), ("luz", "no tiene ninguna función en este espacio")):
        ear = awaited(Ear(gated, who).all_pages())  # after a reader who may: no cache tells
        assert why.encode() in ear.heard["knowledge"]
        assert len(ear.heard) == len(PATHS)
        assert (ear.told(), ear.told(EXERCISE), ear.offered & OF_WORKSPACE) == (set(), set(), set())
    with httpx2.Client(base_url=gated.address) as client:
        assert not [path for path in addresses(gated) if SECRET in client.get(path).text]


def test_an_invitation_opens_one_exercise_and_nothing_else(gated: Gated) -> None:
    guest = awaited(Ear(gated).all_pages(invitation=gated.tokens["good"]))
    assert (guest.told(EXERCISE), guest.told(), guest.offered & OF_WORKSPACE) == ({"exercise"}, set(), set())
    for name, token in gated.tokens.items():
        stranger = Ear(gated)
        awaited(stranger.opens(token))
        assert stranger.told(EXERCISE) == ({"exercise"} if name == "good" else set()), name
