"""What the guide to deployment and SECURITY.md say is so. `make soak` runs the examples for proxies."""

from __future__ import annotations

import re

import pytest
import typer

from dashboard.command import whole
from dashboard.serve import logs
from dashboard.serve.connections import REQUEST_TIMEOUT
from dashboard.serve.guards import MAX_FILES, QUERY_LIMIT, UPLOAD_TIMEOUT
from kpis.plan import FILE_LIMIT
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NGINX = (ROOT / "docs" / "proxies" / "nginx.conf").read_text(encoding="utf-8")


def test_the_guide_names_every_option_and_variable_of_serve() -> None:
    serve = typer.main.get_command(whole()).commands["serve"]  # type: ignore[attr-defined]
    options = {option for parameter in serve.params for option in parameter.opts} - {"--help"}
    variables: set[str] = set()
    for parameter in serve.params:
        variables.update([parameter.envvar] if isinstance(parameter.envvar, str) else parameter.envvar or ())
    rows = re.findall(r"^\| `(--[a-z-]+)", GUIDE, re.MULTILINE)
    assert set(rows) == options
    assert [name for name in variables if f"`{name}`" not in GUIDE] == []


def test_the_limits_of_the_guide_are_those_of_the_code() -> None:
    assert f"| {QUERY_LIMIT // 1024} KB | 414" in GUIDE
    assert (
        f"| {FILE_LIMIT // 1024} KB, {MAX_FILES} files a session, {UPLOAD_TIMEOUT} s | 413, 429, 408 |"
        in GUIDE
    )
    assert f"| a connection without a whole request | {REQUEST_TIMEOUT:.0f} s |" in GUIDE
    assert f"{MAX_FILES} files a session" in SECURITY


@pytest.mark.parametrize("text", [GUIDE, SECURITY], ids=["guide", "security"])
def test_every_file_that_is_named_is_there(text: str) -> None:
    named = set(re.findall(r"`((?:tests|docs|data|dashboard)/[\w./-]*)`", text))
    named |= {f"docs/{name}" for name in re.findall(r"\]\((proxies/[\w./]+)\)", text)}
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_the_log_writes_the_events_that_the_guide_names() -> None:
    named = set(re.findall(r"`(request|session|message|start)`:", GUIDE))
    assert named == {"request", "session", "message", "start"}
    written = re.findall(r"^\| `(\w+)` \|", logs.__doc__ or "", re.MULTILINE)
    assert set(written) == named


def test_the_example_for_nginx_hands_on_what_the_guide_says_it_must() -> None:
    for line in (
        "proxy_set_header Upgrade $http_upgrade;",
        "proxy_set_header Connection $connection_upgrade;",
        "proxy_set_header Host $http_host;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
    ):
        assert line in NGINX
