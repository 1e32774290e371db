"""Each use of what Streamlit does not document does what its name says, in the installed version."""

from __future__ import annotations

import asyncio
import inspect
import io
import json
import logging
from types import SimpleNamespace

import pytest
from streamlit import config, logger, net_util
from streamlit.elements import html
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import Runtime, app_session
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server import server_util

from dashboard.serve import internals
from dashboard.serve.logs import Lines, divert
from tests.asgi import awaited


def test_files_are_counted_where_streamlit_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = MemoryUploadedFileManager("/upload")
    for name in ("a", "b"):
        manager.add_file("session", UploadedFileRec(name, f"{name}.json", "application/json", b"{}"))
    assert "_uploaded_file_mgr" in Runtime.__init__.__code__.co_names
    running = SimpleNamespace(_uploaded_file_mgr=manager)
    runtime = SimpleNamespace(exists=lambda: True, get_instance=lambda: running)
    monkeypatch.setattr(internals, "runtime", runtime)
    assert (internals.count_uploads("session"), internals.count_uploads("other")) == (2, 0)


def test_no_address_is_asked_for_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)
    assert "net_util.get_external_ip," in inspect.getsource(server_util)  # looked up when it is needed
    internals.ask_no_outside_address()
    assert net_util.get_external_ip() is None


def test_the_folder_and_the_hosts_are_settings_of_streamlit() -> None:
    before = {name: config.get_option(name) for name in ("server.baseUrlPath", "server.allowedHosts")}
    try:
        internals.strip_no_folder()
        internals.allow_hosts(["data.example.org"])
        assert config.get_option("server.baseUrlPath") == ""
        assert internals.is_host_allowed("data.example.org")
        assert not internals.is_host_allowed("other.example.org")
    finally:
        for name, value in before.items():
            config.set_option(name, value)


def test_the_front_end_has_a_page_and_scripts() -> None:
    assert (internals.front_end() / "index.html").is_file()
    assert len(list((internals.front_end() / "static" / "js").glob("*.js"))) > 50


def test_loggers_of_streamlit_write_to_the_log_those_made_later_too(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, root = io.StringIO(), logging.getLogger()
    handlers = root.handlers
    monkeypatch.setattr(logger, "setup_formatter", logger.setup_formatter)
    try:
        divert(Lines(stream))
        logger.get_logger("streamlit.made_later").warning("The first line")
    finally:
        root.handlers = handlers
    assert json.loads(stream.getvalue())["message"] == "The first line"


def bare(loop: asyncio.AbstractEventLoop) -> AppSession:
    """A session that has nothing but a loop, and has been shut down."""
    session = AppSession.__new__(AppSession)
    session._event_loop, session._state = loop, AppSessionState.SHUTDOWN_REQUESTED
    return session


def test_messages_of_a_session_come_in_batches_and_a_closed_loop_is_no_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(AppSession, "_call_soon_on_event_loop", AppSession._call_soon_on_event_loop)
    assert "_call_soon_on_event_loop" in inspect.getsource(AppSession._on_scriptrunner_event)
    internals.hand_over_in_batches()
    called: list[int] = []

    async def run() -> None:
        session = bare(asyncio.get_running_loop())
        for number in range(3):
            session._call_soon_on_event_loop(lambda number=number: called.append(number))  # type: ignore[misc]
        while len(called) < 3:
            await asyncio.sleep(0.001)

    awaited(run())
    assert called == [0, 1, 2]
    loop = asyncio.new_event_loop()
    loop.close()
    closed = bare(loop)
    closed._call_soon_on_event_loop(lambda: called.append(9))
    assert called == [0, 1, 2]


def test_the_theme_is_read_once_and_told_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def read(theme: CustomThemeConfig, section: str = "theme") -> None:
        asked.append(section)
        theme.primary_color = f"of {section}"

    assert "_populate_theme_msg(" in inspect.getsource(AppSession._create_new_session_message)
    monkeypatch.setattr(app_session, "_populate_theme_msg", read)
    internals.read_theme_once()
    for section in ("theme", "theme.dark", "theme"):
        told = CustomThemeConfig()
        app_session._populate_theme_msg(told, section)
        assert told.primary_color == f"of {section}"
    assert asked == ["theme", "theme.dark"]


@pytest.mark.parametrize(
    "text",
    [
        "<p>one line</p>",
        "<p>two\n  lines</p>",
        "<p>a blank\n  \nline</p>",
        "  <p>\n    an indent\n  </p>\n",
        "no element",
        "<style>p {}</style>",
        " <STYLE>p {}</STYLE> <!-- said --> ",
        "<!-- said --><style>p {}</style>",
        "<style>p {}</style><p>and more</p>",
        "<p>more</p><style>p {}</style>",
    ],
)
def test_html_is_sent_as_streamlit_would(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = inspect.getsource(html.HtmlMixin.html)
    assert "clean_text(" in looked_up
    assert "_html_only_style_tags(" in looked_up
    clean, is_style = html.clean_text, html._html_only_style_tags  # type: ignore[attr-defined]
    monkeypatch.setattr(html, "clean_text", clean)
    monkeypatch.setattr(html, "_html_only_style_tags", is_style)
    internals.take_html_as_it_is()
    assert html.clean_text is not clean  # type: ignore[attr-defined]
    assert html.clean_text(text) == clean(text)  # type: ignore[attr-defined]
    assert html._html_only_style_tags(clean(text)) == is_style(clean(text))
