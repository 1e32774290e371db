"""Log-in, a stranger refused, and log-out at a certified OpenID provider that npm brings, in a browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kpis.building.build import build
from tests.find_browser import find
from tests.log_in import settings
from tests.serving import free_port, launch, stop

PROVIDER = """
import { Provider } from 'oidc-provider';
const [port, app] = process.argv.slice(2);
const people = { ana: { name: 'Ana', groups: ['editores'] }, luz: { name: 'Luz', groups: ['otros'] } };
const back = [`${app}/oauth2callback`];
new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'escala', client_secret: 'secret', redirect_uris: back, post_logout_redirect_uris: back,
  }],
  claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['only-for-this-trial'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
}).listen(port);
"""
PATIENCE = 20_000  # milliseconds


@contextmanager
def provider(folder: Path, port: int, app: str) -> Iterator[str]:
    """The provider's address, as long as the block lasts."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        raise RuntimeError("log_in needs Node with npm: apt-get install nodejs npm")
    (folder / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
    install = [npm, "install", "--ignore-scripts", "--silent", "--no-audit", "oidc-provider@9"]
    subprocess.run(install, cwd=folder, check=True)
    (folder / "provider.js").write_text(PROVIDER, encoding="utf-8")
    server = subprocess.Popen([node, "provider.js", str(port), app], cwd=folder, stderr=subprocess.DEVNULL)
    try:
        time.sleep(3)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def goes_in(page: Page, address: str, name: str) -> None:
    """Logs in from a page of the app, and agrees to what the provider asks."""
    page.goto(f"{address}/knowledge?lang=es")
    page.get_by_role("button", name="Iniciar sesión").first.click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("any")
    page.get_by_role("button", name=re.compile("sign-in", re.IGNORECASE)).click()
    page.get_by_role("button", name=re.compile("continue", re.IGNORECASE)).click()
    page.wait_for_url(re.compile(r"/knowledge"))


def says(page: Page, text: str) -> bool:
    """Whether the page says it; prints what was looked for."""
    try:
        page.get_by_text(text).first.wait_for(timeout=PATIENCE)
    except Exception:  # a text that never comes is what is counted
        print(f"  missing: {text}, at {page.url}: {page.inner_text('body')[:200]!r}")
        return False
    print(f"  {text}")
    return True


def walked(address: str) -> int:
    """How many of the expected sentences were missing."""
    path = find()
    with sync_playwright() as p:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = p.chromium.launch(executable_path=path, args=flags)
        missing = 0
        for name, sentence in (("ana", "Todavía no hay casos propios"), ("luz", "no tiene ninguna función")):
            page = browser.new_context().new_page()
            page.set_default_timeout(PATIENCE)
            goes_in(page, address, name)
            missing += not says(page, f"Sesión iniciada como {name.title()}")
            missing += not says(page, sentence)
            page.get_by_role("button", name="Cerrar sesión").click()
            page.get_by_role("button", name=re.compile("yes", re.IGNORECASE)).click()
            missing += not says(page, "Cerró la sesión")
        browser.close()
    return missing


def main() -> int:
    """How many checks failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "home").mkdir()
        (folder / "provider").mkdir()
        warehouse = build(folder / "escala.duckdb")
        app_port, port = free_port(), free_port()
        app_address = f"http://127.0.0.1:{app_port}"
        with provider(folder / "provider", port, app_address) as address:
            os.environ |= settings(folder / "home", app_address, address)
            app, _process = launch(warehouse, port=app_port)
            try:
                return walked(app.address)
            finally:
                stop(app.pid)


if __name__ == "__main__":
    sys.exit(main())
