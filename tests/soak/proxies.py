"""The examples of `docs/proxies/` in front of a running app, looked at through a real browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.reading import listen, settle
from tests.conftest import ROOT
from tests.find_browser import find
from tests.serving import free_port, served
from tests.soak.figures import built

EXAMPLES = ROOT / "docs" / "proxies"
FOLDER = "/escala"
SILENT = 65  # seconds without a word of the reader's, longer than what proxies wait for by themselves
LINKS = (
    "[...document.querySelectorAll('a[href]')].map(a => a.href).filter(h => h.startsWith(location.origin))"
)
Edit = Callable[[str], str]
PROGRAMS = {"nginx": "nginx", "Caddy": "caddy"}


@dataclass(frozen=True)
class Ports:
    """Ports of one trial: of the three sites of an example, of the app, and of one with a base path."""

    whole_host: int
    stripped: int
    in_folder: int
    app: int
    app_kept: int


def _to_trial(text: str, ports: Ports) -> str:
    text = text.replace("127.0.0.1:8501", f"127.0.0.1:{ports.app}")
    return text.replace("127.0.0.1:8502", f"127.0.0.1:{ports.app_kept}")


@contextmanager
def nginx(ports: Ports, edit: Edit = str) -> Iterator[None]:
    """nginx with the example, in a folder of its own and with other ports."""
    text = _to_trial(edit((EXAMPLES / "nginx.conf").read_text(encoding="utf-8")), ports)
    for number, port in (("80", ports.whole_host), ("81", ports.stripped), ("82", ports.in_folder)):
        text = text.replace(f"listen {number};", f"listen 127.0.0.1:{port};")
    with tempfile.TemporaryDirectory() as folder:
        temporary = "\n".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;\n" if os.geteuid() == 0 else ""
        head = f"{user}pid {folder}/pid;\ndaemon off;\nevents {{}}\n"
        whole = f"{head}http {{\naccess_log off;\n{temporary}\n{text}}}\n"
        (Path(folder) / "nginx.conf").write_text(whole, encoding="utf-8")
        command = ["nginx", "-p", folder, "-e", f"{folder}/error", "-c", f"{folder}/nginx.conf"]
        with _running(command, ports.whole_host, {}):
            yield


@contextmanager
def caddy(ports: Ports, edit: Edit = str) -> Iterator[None]:
    """Caddy with the example, in a folder of its own and with other ports."""
    text = _to_trial(edit((EXAMPLES / "Caddyfile").read_text(encoding="utf-8")), ports)
    names = ("escala.example.org", "datos.example.org", "otros.example.org")
    for name, port in zip(names, (ports.whole_host, ports.stripped, ports.in_folder), strict=True):
        text = text.replace(f"{name} {{", f"http://127.0.0.1:{port} {{")
    with tempfile.TemporaryDirectory() as folder:
        whole = f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}"
        (Path(folder) / "Caddyfile").write_text(whole, encoding="utf-8")
        command = ["caddy", "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]
        homes = {"HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
        with _running(command, ports.whole_host, homes):
            yield


@contextmanager
def _running(command: list[str], port: int, env: dict[str, str]) -> Iterator[None]:
    program = subprocess.Popen(
        command, env=os.environ | env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            if program.poll() is not None:
                raise RuntimeError(f"{command[0]} stopped with {program.returncode}")
            with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                break
            time.sleep(0.1)
        yield
    finally:
        program.terminate()
        program.wait(timeout=20)


def looked_at(browser: Browser, base: str, silent: float = 0) -> tuple[float, int, list[str]]:
    """Seconds to the first page and bytes of its files on the way, and what was wrong on a short walk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    listen(page, (base, base.replace("http", "ws"), "data:", "blob:"))
    wrong: list[str] = []
    page.on(
        "response", lambda answer: answer.status >= 400 and wrong.append(f"{answer.status} {answer.url[:90]}")
    )
    page.on(
        "response", lambda answer: answer.url.startswith(base) or wrong.append(f"outside: {answer.url[:90]}")
    )
    try:
        began = time.monotonic()
        page.goto(f"{base}/?lang=en")
        settle(page)
        took = time.monotonic() - began
        moved = page.evaluate(
            "performance.getEntriesByType('resource').reduce((n, e) => n + e.transferSize, 0)"
        )
        if page.locator("path.choroplethlocation").count() < 150:
            wrong.append("no outlines on the map")
        wrong += [
            f"leads out: {link[:90]}" for link in page.evaluate(LINKS) if not link.startswith(f"{base}/")
        ]
        _walk(page, base, wrong, silent)
    except Exception as fault:  # a soak goes on with its next row, whatever this one met
        return 0.0, 0, [*wrong, str(fault).partition("\n")[0]]
    finally:
        context.close()
    return took, int(moved), wrong


def _walk(page: Page, base: str, wrong: list[str], silent: float) -> None:
    """Another page by the navigation, after a silence if asked for; a path astray; a deep link."""
    page.wait_for_timeout(1000 * silent)
    page.locator("[data-testid='stSidebarNavLink'][href$='/stages']").click()
    settle(page)
    if not page.url.startswith(f"{base}/stages"):
        wrong.append(f"navigation led to {page.url[:90]}")
    for path, led in (
        ("/country/COL?lang=es", f"{base}/?lang=es"),
        ("/country?country=COL", f"{base}/country"),
    ):
        page.goto(base + path)
        settle(page)
        if not page.url.startswith(led):
            wrong.append(f"{path} led to {page.url[:90]}")


def opening_refused(port: int) -> bool:
    """Whether the opening of a socket with a foreign origin's host is refused with 403."""
    import socket

    request = (
        "GET /_stcore/stream HTTP/1.1\r\nHost: escala.example.org\r\nOrigin: http://escala.example.org\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(request.encode())
        return b" 403 " in line.recv(200).split(b"\r\n")[0]


def _changed(**lines: str) -> Edit:
    """The example with another value for some of its settings."""

    def edit(text: str) -> str:
        for name, value in lines.items():
            text, n_changed = re.subn(rf"(?m)^{name} [^;]*;", f"{name} {value};", text)
            assert n_changed, f"the example has no line {name}"
        return text

    return edit


def main() -> int:
    """Prints one row for each proxy, place and setting."""
    packed = "on; gzip_proxied any; gzip_types text/css text/javascript application/json image/svg+xml"
    caddy_packed: Edit = lambda text: text.replace("\treverse_proxy", "\tencode gzip\n\treverse_proxy", 1)  # noqa: E731
    trials: list[tuple[str, str, Callable[..., object], Edit, float]] = [
        ("nginx", "as the example", nginx, str, SILENT),
        ("nginx", "gzip on", nginx, _changed(gzip=packed), 0),
        ("nginx", "buffering off", nginx, _changed(proxy_buffering="off"), 0),
        ("Caddy", "as the example", caddy, str, SILENT),
        ("Caddy", "gzip on", caddy, caddy_packed, 0),
    ]
    failed = 0
    print(f"{'proxy':6} {'setting':15} {'place':22} {'seconds':>7} {'kB':>6}  result")
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        warehouse = built(home)
        root = stack.enter_context(served(warehouse))
        kept = stack.enter_context(served(warehouse, ("-m", "dashboard", "serve", "--base-path", FOLDER)))
        playing = stack.enter_context(sync_playwright())
        browser = playing.chromium.launch(executable_path=find(), args=FLAGS)
        for name, setting, start, edit, silent in trials:
            if shutil.which(PROGRAMS[name]) is None:
                print(f"{name:6} {setting:15} not measured: apt-get install {PROGRAMS[name]}")
                failed += 1
                continue
            ports = Ports(free_port(), free_port(), free_port(), _port(root.address), _port(kept.address))
            places = (
                ("own host", ports.whole_host, ""),
                ("folder, stripped", ports.stripped, FOLDER),
                ("folder, kept", ports.in_folder, FOLDER),
            )
            with start(ports, edit):  # type: ignore[attr-defined]
                for place, port, folder in places:
                    took, size, wrong = looked_at(browser, f"http://127.0.0.1:{port}{folder}", silent)
                    failed += bool(wrong)
                    report = "; ".join(wrong[:3]) or "works"
                    print(
                        f"{name:6} {setting:15} {place:22} {took:7.1f} {size / 1000:6.0f}  {report}",
                        flush=True,
                    )
                    silent = 0  # once is enough
        if shutil.which("nginx"):
            ports = Ports(free_port(), free_port(), free_port(), _port(root.address), _port(kept.address))
            hidden: Edit = lambda text: re.sub(r"(?m)^proxy_set_header Host [^\n]*\n", "", text)  # noqa: E731
            with nginx(ports, hidden):
                refused = opening_refused(ports.whole_host)
            failed += not refused
            report = "refused, as the guide says" if refused else "OPENED"
            print(f"nginx  Host not passed: the socket is {report}")
        browser.close()
    return failed


def _port(address: str) -> int:
    return urlsplit(address).port or 0
