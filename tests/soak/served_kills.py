"""The app killed while its pages keep figures and publish cases: what a page said is kept is there, whole."""

from __future__ import annotations

import os
import random
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, sync_playwright

from kpis.workspace import LOCAL, open_workspace
from kpis.workspace.figures.keep import kept
from kpis.workspace.knowledge.case import all_cases
from tests.find_browser import find
from tests.kpis.workspace.knowledge.made_up import classified
from tests.serving import launch

KILLS = 6  # of each database
ROWS = 5_000  # of an import
SEED = 23
PATIENCE = 15_000  # milliseconds until a page of an app that was killed is given up
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class Told:
    """What pages have said is kept: names of tables, ids of published cases. n: tables that were begun."""

    tables: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    n: int = 0


def works(context: BrowserContext, address: str, cases: list[str], told: Told) -> None:
    """Publishes and imports from pages, in turns, until the app is gone."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    while True:
        if cases and told.n % 2 == 0:
            page.goto(f"{address}/knowledge?lang=es&record={cases[-1]}")
            page.get_by_role("button", name="Publicar", exact=True).click()
            page.get_by_text("Publicado: ya aparece en Casos").wait_for()
            told.cases.add(cases.pop())
        told.n += 1
        name = f"Cifras {told.n}"
        lines = [f"COL,{1900 + n % 120},S{n // 120},{n}" for n in range(ROWS)]
        content = "\n".join(["area,period,series,value", *lines]).encode()
        page.goto(f"{address}/mydata?lang=es")
        file = {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": content}
        page.set_input_files("input[type='file']", file)  # type: ignore[arg-type]
        page.get_by_role("button", name="Aceptar", exact=True).click()
        page.get_by_role("button", name="Guardar en el espacio de trabajo").first.click()
        page.get_by_text("guardada en el espacio de trabajo").nth(len(told.tables)).wait_for()
        told.tables.add(name)


def looked_at(place: str, told: Told) -> tuple[int, int]:
    """Checks that all that was told is there and nothing by halves; how many tables and published cases."""
    workspace = open_workspace(place)
    tables = {item.title: item for item in kept(workspace, LOCAL)}
    assert told.tables <= set(tables), "a table that was kept is gone"
    for item in tables.values():
        vintage = int(item.body["vintage"])
        assert len(workspace.figures(LOCAL, item.id, vintage)) == ROWS, "half an import"
    published = {case.item.id for case in all_cases(workspace, LOCAL) if case.state == "published"}
    assert told.cases <= published, "a publication is gone"
    for item_id in (*published, *(item.id for item in tables.values())):
        versions = [change.version for change in workspace.history(LOCAL, item_id)]
        assert versions == list(range(1, workspace.item(LOCAL, item_id).version + 1)), (
            "a change without history"
        )
    workspace.engine.dispose()
    return len(tables), len(published)


def killed(place: str, warehouse: Path) -> str:
    """Serves a place and kills the app, so many times; what was found. AssertionError for what is lost."""
    os.environ["ESCALA_WORKSPACE"] = place
    dice, told = random.Random(SEED), Told()
    workspace = open_workspace(place)
    cases = [classified(workspace, name=f"Caso {n}", case_id=f"col-caso-{n}") for n in range(KILLS)]
    workspace.engine.dispose()
    counts = (0, 0)
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find(), args=FLAGS)
        context = browser.new_context()
        for _kill in range(KILLS):
            app, process = launch(warehouse)  # it comes back with what is there
            timer = threading.Timer(dice.uniform(3, 25), os.kill, (app.pid, signal.SIGKILL))
            timer.start()
            with suppress(Error):
                works(context, app.address, cases, told)
            timer.join()
            process.wait()
            counts = looked_at(place, told)
            cases = [one for one in cases if one not in _published(place)]
        browser.close()
    tables, published = counts
    return (
        f"the app killed {KILLS} times: {tables} tables and {published} published cases whole, "
        f"{len(told.tables)} and {len(told.cases)} of them told by a page"
    )


def _published(place: str) -> set[str]:
    """The cases that are published, told or not."""
    workspace = open_workspace(place)
    ids = {case.item.id for case in all_cases(workspace, LOCAL) if case.state == "published"}
    workspace.engine.dispose()
    return ids
