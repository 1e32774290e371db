"""What `escala serve` listens on, and what it says of it."""

from __future__ import annotations

import socket

import pytest
from typer.testing import CliRunner

from dashboard.command import whole
from dashboard.serve import app as server
from dashboard.serve.app import bind, browser_address
from kpis.errors import EngineError, RequestError


def test_a_port_in_use_names_port_and_remedy() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(EngineError, match=rf"Port {port} .* in use.*--port {port + 1}"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize("port", [65536, 99999, -1])
def test_a_port_out_of_range_is_refused_with_the_range(port: int) -> None:
    with pytest.raises(
        EngineError, match=rf"Port {port} is out of range. Allowed: 0 \(any free port\) to 65535"
    ):
        bind("127.0.0.1", port)


@pytest.mark.parametrize("host", ["", " ", "\t"])
def test_an_empty_host_is_not_the_whole_network(host: str) -> None:
    with pytest.raises(EngineError, match=r"host is empty. Use 127.0.0.1"):
        bind(host, 0)


def test_the_command_refuses_an_empty_host_and_a_wrong_folder() -> None:
    refused = CliRunner().invoke(whole(), ["serve", "--host", "", "--port", "0"])
    assert isinstance(refused.exception, EngineError)
    refused = CliRunner().invoke(whole(), ["serve", "--port", "0", "--base-path", "/a b"])
    assert isinstance(refused.exception, RequestError)


@pytest.mark.parametrize(
    ("host", "base", "address"),
    [
        ("127.0.0.1", "", "http://localhost:80"),
        ("::", "", "http://localhost:80"),
        ("fe80::1", "", "http://[fe80::1]:80"),
        ("10.0.0.7", "/escala", "http://10.0.0.7:80/escala/"),
    ],
)
def test_the_address_shown_can_be_opened(host: str, base: str, address: str) -> None:
    assert browser_address(host, 80, base) == address


@pytest.mark.parametrize("names", [["--base-path", "/escala"], []])
def test_options_and_environment_reach_the_server(names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr(server, "serve", lambda _host, _port, **more: given.update(more))
    monkeypatch.setattr("kpis.building.opening.refresh", lambda: None)
    env = {} if names else {"STREAMLIT_SERVER_BASE_URL_PATH": "/escala"}
    env |= {"ESCALA_ALLOWED_HOSTS": "a.example b.example", "ESCALA_EMBED_FOR": "https://a.example"}
    result = CliRunner().invoke(whole(), ["serve", "--port", "0", "--log", "json", *names], env=env)
    assert result.exit_code == 0, result.output
    assert given == {
        "base_path": "/escala",
        "allowed_hosts": ["a.example", "b.example"],
        "embed_for": ["https://a.example"],
        "json_log": True,
    }
