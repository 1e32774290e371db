"""What Streamlit does not document, called and changed here alone; `private_points.py` lists all of it."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from streamlit import config, file_util, net_util, runtime
from streamlit import logger as streamlit_logger
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, add_script_run_ctx
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.web.server.starlette import starlette_websocket


def ask_no_outside_address() -> None:
    """Streamlit asks a service elsewhere for this machine's address when a page is opened from elsewhere."""
    net_util.get_external_ip = lambda: None


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
