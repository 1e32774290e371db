"""What Streamlit does not document, called and changed here alone; `private_points.py` lists all of it."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from streamlit import config, file_util, net_util, runtime
from streamlit import logger as streamlit_logger
from streamlit.auth_util import get_secrets_auth_section
from streamlit.elements import html
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, add_script_run_ctx
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME as USER_COOKIE_NAME

from dashboard.serve.handing_over import Batches

BLANK_LINE = re.compile(r"\n[ \t]+(?:\n|$)")  # what `textwrap.dedent` empties even without an indent


def ask_no_outside_address() -> None:
    """Streamlit asks a service elsewhere for this machine's address when a page is opened from elsewhere."""
    net_util.get_external_ip = lambda: None


def hand_over_in_batches() -> None:
    """Has runs of pages wake the server's loop once for several messages (`handing_over.py`)."""
    of_session: WeakKeyDictionary[AppSession, Batches] = WeakKeyDictionary()
    lock = Lock()

    def call_soon(session: AppSession, callback: Callable[[], None]) -> None:
        with lock:
            batches = of_session.get(session)
            if batches is None:
                batches = of_session[session] = Batches(session._event_loop)  # noqa: SLF001
        with suppress(RuntimeError):  # a run may end after the loop was closed
            batches.add(callback)

    AppSession._call_soon_on_event_loop = call_soon  # type: ignore[method-assign, assignment] # noqa: SLF001


def read_theme_once() -> None:
    """Has Streamlit read the settings of its themes once and not at every run, a tenth of a run's work."""
    read = app_session._populate_theme_msg  # noqa: SLF001
    if getattr(read, "is_ours", False):  # a second app in this process
        return
    themes: dict[str, CustomThemeConfig] = {}

    def populate(msg: CustomThemeConfig, section: str = "theme") -> None:
        if section not in themes:
            themes[section] = CustomThemeConfig()
            read(themes[section], section)
        msg.MergeFrom(themes[section])

    populate.is_ours = True  # type: ignore[attr-defined]
    app_session._populate_theme_msg = populate  # noqa: SLF001


def take_html_as_it_is() -> None:
    """Has Streamlit look through HTML only where there can be something to find.

    `st.html` takes indents out of each text and looks for one that is nothing but styles, a fortieth of all
    work. HTML of ours begins at its first tag and has no line of blanks, so there is nothing to take out.
    """
    clean, is_style = html.clean_text, html._html_only_style_tags  # type: ignore[attr-defined] # noqa: SLF001
    if getattr(clean, "is_ours", False):  # a second app in this process
        return

    def cleaned(text: object) -> str:
        written = str(text)
        is_clean = written[:1] == "<" and written[-1:] == ">" and not BLANK_LINE.search(written)
        return written if is_clean else clean(written)

    def is_only_style(html_content: str) -> bool:
        begins = html_content.lstrip()[:6].lower()
        return begins.startswith(("<style", "<!--")) and is_style(html_content)

    cleaned.is_ours = True  # type: ignore[attr-defined]
    html.clean_text = cleaned  # type: ignore[attr-defined]
    html._html_only_style_tags = is_only_style  # noqa: SLF001


def strip_no_folder() -> None:
    """Has Streamlit serve from the root, whatever its settings say: `BasePath` has removed the folder."""
    config.set_option("server.baseUrlPath", "")


def allow_hosts(names: list[str]) -> None:
    """Sets the host names that Streamlit's socket answers to."""
    config.set_option("server.allowedHosts", names)


def is_host_allowed(host: str | None) -> bool:
    """Whether Streamlit's socket would answer to this `Host`; to any where no names are set."""
    return starlette_websocket.is_host_allowed(host)


def front_end() -> Path:
    """The folder of Streamlit's page, scripts and fonts."""
    return Path(file_util.get_static_dir())


def count_uploads(session: str) -> int:
    """Files that Streamlit stores for a session now; 0 where it does not run or no longer says."""
    if not runtime.exists():
        return 0
    manager = getattr(runtime.get_instance(), "_uploaded_file_mgr", None)
    return len(getattr(manager, "file_storage", {}).get(session, ()))


def begin_run(script: str) -> None:
    """Has this thread run as Streamlit runs a script, in an empty session; what is drawn goes nowhere."""
    config.set_option("global.showWarningOnDirectExecution", False)  # it would tell of another command
    context = ScriptRunContext(
        session_id="headless",
        _enqueue=lambda _message: None,
        query_string="",
        session_state=SafeSessionState(SessionState(), lambda: None),
        uploaded_file_mgr=MemoryUploadedFileManager("/"),
        main_script_path=script,
        user_info={},
        fragment_storage=MemoryFragmentStorage(),
        pages_manager=PagesManager(script),
    )
    add_script_run_ctx(threading.current_thread(), context)
    context.reset()


def log_to_root(libraries: set[str]) -> None:
    """Has the loggers of these libraries write to the root logger alone, those made later included."""
    streamlit_logger.setup_formatter = _propagate  # Streamlit calls it for each logger that it makes
    for name in list(logging.Logger.manager.loggerDict):
        if name.partition(".")[0] in libraries:
            _propagate(logging.getLogger(name))


def _propagate(logger: logging.Logger) -> None:
    logger.handlers = []
    logger.propagate = True


def log_in_is_set_up() -> bool:
    """Whether the settings of this server name a provider to log in at.

    Not before the app is made: Streamlit would read its settings without those beside the script.
    """
    return bool(get_secrets_auth_section())
