"""Addresses and plans made at random, against a running server, the loader of plans and pages run here.

The draw is fixed (`ESCALA_SOAK_SEED`, else 1), its size too (`ESCALA_SOAK_DRAWS`, else 3000 addresses).
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import random
import tempfile
from collections import Counter
from copy import deepcopy
from typing import Any
from urllib.parse import quote, urlsplit

from streamlit.testing.v1 import AppTest

from dashboard.serve.app import PAGES
from kpis import plan
from kpis.plan.document import Plan, Target
from tests.dashboard.test_links import alone
from tests.serving import served
from tests.soak.figures import built

SEED = int(os.environ.get("ESCALA_SOAK_SEED", "1"))
DRAWS = int(os.environ.get("ESCALA_SOAK_DRAWS", "3000"))
ALLOWED = {200, 307, 400, 404, 405, 414}
PIECES = [
    *sorted(PAGES),
    "..",
    ".",
    "",
    "%2e%2e",
    "%2f",
    "%5c",
    "%00",
    "%0d%0aSet-Cookie:x",
    "static",
    "own",
    "geo",
    "js",
    "world_110m.json",
    "_stcore",
    "health",
    "metrics",
    "agent",
    "upload_file",
    "media",
    "api",
    "favicon.svg",
    "país",
    "robots.txt",
    ".git",
    "config",
    "index.html",
    "COL",
    "a" * 300,
    "<script>",
    "{}",
    "'",
    '"',
    ";",
    "~",
    "component",
]
NAMES = [
    "lang",
    "country",
    "area",
    "kpi",
    "group",
    "show",
    "year",
    "goal",
    "plan",
    "q",
    "case",
    "x",
    "nf",
    "look",
]
VALUES = [
    "COL",
    "es",
    "EGDI",
    "SIDS",
    "",
    "-1",
    "NaN",
    "1e400",
    "2024",
    "<img src=x onerror=alert(1)>",
    "\0",
    "\u202e",
    "[a](http://evil.example)",
    "$x^2$",
    "'; drop table kpi",
    "á" * 200,
    "%",
    "COL,URY",
    "999999999999999999999",
]
PLAN = Plan(
    area="COL",
    kind="stage",
    value=3,
    by=2030,
    made=2026,
    stages={"services": 2, "legal": 3},
    egdi=0.7793,
    rank=68,
    notes={"plan": "first draft"},
    owners={"services.connected": "a ministry"},
    targets=(
        Target(
            dimension="services", kpi="OSI", stage="connected", base_year=2024, base_value=0.7, target=0.75
        ),
    ),
)
ODD = [
    None,
    True,
    -1,
    0,
    1,
    3.5,
    900,
    1e308,
    "",
    "COL",
    "stage",
    "rank",
    "x" * 5000,
    [],
    {},
    [[[]]],
    {"a": 1},
]


def address(draw: random.Random) -> str:
    """A path and perhaps a query, some of it real."""
    path = "/" + "/".join(draw.choice(PIECES) for _ in range(draw.choice((1, 1, 1, 2, 3))))
    query = "&".join(f"{draw.choice(NAMES)}={quote(draw.choice(VALUES))}" for _ in range(draw.randrange(6)))
    return quote(path, safe="/%~'();{}<>\"") + (f"?{query}" if query else "")


def addresses(draw: random.Random, place: tuple[str, int]) -> tuple[Counter[int], list[str]]:
    """Answers by status, and what must not be: another status, a redirect that leaves, no guard."""
    seen: Counter[int] = Counter()
    wrong: list[str] = []
    line = http.client.HTTPConnection(*place, timeout=30)
    for _ in range(DRAWS):
        path = address(draw)
        try:
            line.request("GET", path)
            answer = line.getresponse()
        except http.client.HTTPException as fault:
            wrong.append(f"{path[:80]}: {type(fault).__name__}")
            line.close()
            continue
        body = answer.read()
        seen[answer.status] += 1
        to = answer.getheader("Location")
        if answer.status not in ALLOWED:
            wrong.append(f"{path[:80]}: {answer.status}")
        if to is not None and not to.startswith(("./", "../")):
            wrong.append(f"{path[:80]}: leads to {to[:60]}")
        if "default-src 'self'" not in (answer.getheader("Content-Security-Policy") or ""):
            wrong.append(f"{path[:80]}: no policy")
        if b"Traceback" in body:
            wrong.append(f"{path[:80]}: a traceback")
    line.close()
    return seen, wrong


def queries(draw: random.Random, pages: int) -> list[str]:
    """Pages run with parameters at random; which of them raised."""
    wrong = []
    for _ in range(pages):
        app = AppTest.from_function(alone, args=(draw.choice(sorted(PAGES)),), default_timeout=120)
        for _ in range(draw.randrange(1, 6)):
            app.query_params[draw.choice(NAMES)] = draw.choice(VALUES)
        app.run()
        if app.exception:
            wrong.append(f"{app.args} {dict(app.query_params)}: {app.exception[0].message[:80]}")
    return wrong


def mutated(draw: random.Random, saved: dict[str, Any]) -> str:
    """A saved plan with some of its values, at any depth, exchanged or dropped, or cut."""
    plan_data = json.loads(json.dumps(saved))
    for _ in range(draw.randrange(1, 4)):
        at: Any = plan_data
        while isinstance(at, dict | list) and at:
            key = draw.choice(list(at) if isinstance(at, dict) else range(len(at)))
            if draw.random() < 0.5 or not isinstance(at[key], dict | list):
                if draw.random() < 0.2:
                    del at[key]
                else:
                    at[key] = deepcopy(draw.choice(ODD))
                break
            at = at[key]
    text = json.dumps(plan_data)
    return text[: draw.randrange(len(text))] if draw.random() < 0.1 else text


def plans(draw: random.Random, loads: int, pages: int) -> tuple[int, list[str]]:
    """How many plans made wrong still load; which raise anything but a refusal, or break the page."""
    saved = json.loads(plan.save(PLAN))
    wrong, loaded = [], []
    for _ in range(loads):
        text = mutated(draw, saved)
        try:
            loaded.append(plan.load(text).plan)
        except plan.PlanError:
            continue
        except Exception as fault:  # what a hostile file must never get out of the loader
            wrong.append(f"{text[:120]}: {type(fault).__name__}: {str(fault)[:60]}")
    for loaded_plan in draw.sample(loaded, min(pages, len(loaded))):
        app = AppTest.from_function(alone, args=("plan",), default_timeout=120)
        app.query_params["plan"] = plan.link(loaded_plan)
        app.run()
        if app.exception:
            wrong.append(f"page of {plan.save(loaded_plan)[:120]}: {app.exception[0].message[:80]}")
    return len(loaded), wrong


def main() -> int:
    """Prints what was asked, what came and what should not have."""
    draw = random.Random(SEED)
    logging.getLogger(
        "streamlit.runtime.scriptrunner_utils.script_run_context"
    ).disabled = True  # no browser here
    with tempfile.TemporaryDirectory() as home:
        warehouse = built(home)
        with served(warehouse) as app:
            place = urlsplit(app.address)
            seen, wrong = addresses(draw, (str(place.hostname), place.port or 0))
        print(f"{DRAWS} addresses: " + ", ".join(f"{n} × {status}" for status, n in sorted(seen.items())))
        os.environ["ESCALA_WAREHOUSE"] = str(warehouse)
        wrong += queries(draw, DRAWS // 30)
        print(f"{DRAWS // 30} pages with parameters at random", flush=True)
        loaded, more = plans(draw, DRAWS, DRAWS // 100)
        print(f"{DRAWS} plans made wrong: {loaded} still load, {DRAWS // 100} of them shown", flush=True)
    wrong += more
    for fault in wrong[:20]:
        print(f"  {fault!r}")
    return len(wrong)
