"""The undocumented points of libraries that our Python uses; `private_points.py` has those of the browser."""

from __future__ import annotations

from dataclasses import dataclass

SERVE = "dashboard/serve"
TESTS = "tests/dashboard"


@dataclass(frozen=True)
class PrivatePoint:
    """A name of a library, as `file` writes it; what for; what breaks without it; the test that notices."""

    library: str
    name: str
    file: str
    why: str
    breaks: str
    test: str


PYTHON = (
    PrivatePoint(
        "streamlit",
        "get_secrets_auth_section",
        f"{SERVE}/internals.py",
        "whether a log-in is set up",
        "no log-in is offered, or a path that nobody answers",
        "tests/browser/test_log_in.py::test_each_end_of_a_log_in_has_its_word",
    ),
    PrivatePoint(
        "streamlit",
        "USER_COOKIE_NAME",
        f"{SERVE}/internals.py",
        "whether an answer logs the reader in",
        "every log-in is said to have failed",
        "tests/browser/test_log_in.py::test_who_logs_in_is_known_comes_back_to_the_page_and_can_leave",
    ),
    PrivatePoint(
        "streamlit",
        "AppSession._call_soon_on_event_loop",
        f"{SERVE}/internals.py",
        "messages of a run are handed over in batches",
        "the server spends a tenth more on a crowd",
        f"{TESTS}/serve/test_internals.py::"
        "test_messages_of_a_session_come_in_batches_and_a_closed_loop_is_no_fault",
    ),
    PrivatePoint(
        "streamlit",
        "app_session._populate_theme_msg",
        f"{SERVE}/internals.py",
        "the settings of the themes are read once",
        "they are read at every run, which takes a tenth longer",
        f"{TESTS}/serve/test_internals.py::test_the_theme_is_read_once_and_told_in_full",
    ),
    PrivatePoint(
        "streamlit",
        "html.clean_text",
        f"{SERVE}/internals.py",
        "HTML is not searched for indents",
        "the server spends a fortieth more on a crowd",
        f"{TESTS}/serve/test_internals.py::test_html_is_sent_as_streamlit_would",
    ),
    PrivatePoint(
        "streamlit",
        "html._html_only_style_tags",
        f"{SERVE}/internals.py",
        "nor for styles, where it begins with another tag",
        "the server spends a fortieth more on a crowd",
        f"{TESTS}/serve/test_internals.py::test_html_is_sent_as_streamlit_would",
    ),
    PrivatePoint(
        "streamlit",
        "net_util.get_external_ip",
        f"{SERVE}/internals.py",
        "nothing leaves the machine",
        "an outside service is asked for the address of this machine",
        f"{TESTS}/serve/test_internals.py::test_no_address_is_asked_for_outside",
    ),
    PrivatePoint(
        "streamlit",
        "config.set_option",
        f"{SERVE}/internals.py",
        "folder and host names come from the command, not from Streamlit's settings",
        "404 behind a proxy that does not strip the folder; any host name is answered",
        f"{TESTS}/serve/test_internals.py::test_the_folder_and_the_hosts_are_settings_of_streamlit",
    ),
    PrivatePoint(
        "streamlit",
        "starlette_websocket.is_host_allowed",
        f"{SERVE}/internals.py",
        "pages and socket allow the same host names",
        "the server does not start",
        f"{TESTS}/serve/test_guards.py::test_other_names_of_the_host_are_refused_where_some_are_named",
    ),
    PrivatePoint(
        "streamlit",
        "file_util.get_static_dir",
        f"{SERVE}/internals.py",
        "the front end is served from memory, packed",
        "the server does not start",
        f"{TESTS}/serve/test_internals.py::test_the_front_end_has_a_page_and_scripts",
    ),
    PrivatePoint(
        "streamlit",
        "_uploaded_file_mgr",
        f"{SERVE}/internals.py",
        "few files of a session at a time",
        "a session can fill the memory with files",
        f"{TESTS}/serve/test_internals.py::test_files_are_counted_where_streamlit_keeps_them",
    ),
    PrivatePoint(
        "streamlit",
        "runtime.get_instance",
        f"{SERVE}/internals.py",
        "the way to the files of a session",
        "a session can fill the memory with files",
        f"{TESTS}/serve/test_internals.py::test_files_are_counted_where_streamlit_keeps_them",
    ),
    PrivatePoint(
        "streamlit",
        "setup_formatter",
        f"{SERVE}/internals.py",
        "the log for programs is JSON and nothing else",
        "plain lines between the lines of JSON",
        f"{TESTS}/serve/test_internals.py::test_loggers_of_streamlit_write_to_the_log_those_made_later_too",
    ),
    PrivatePoint(
        "python",
        "Logger.manager.loggerDict",
        f"{SERVE}/internals.py",
        "loggers made before the log was diverted follow too",
        "plain lines between the lines of JSON",
        f"{TESTS}/serve/test_internals.py::test_loggers_of_streamlit_write_to_the_log_those_made_later_too",
    ),
    *(
        PrivatePoint(
            "streamlit",
            name,
            f"{SERVE}/internals.py",
            "a page runs without a browser, for the charts of a story",
            "stories lack charts",
            f"{TESTS}/serve/test_headless.py::test_a_page_runs_without_a_browser",
        )
        for name in ("script_run_context", "SafeSessionState")
    ),
    PrivatePoint(
        "streamlit",
        "/_stcore/",
        f"{SERVE}/addresses.py",
        "unknown paths lead to the first page, Streamlit's own pass",
        "pages stay empty: the socket or its settings are refused",
        f"{TESTS}/serve/test_private_points.py::test_streamlit_answers_the_addresses_that_are_let_pass",
    ),
    PrivatePoint(
        "streamlit",
        "/media/",
        f"{SERVE}/addresses.py",
        "downloads pass",
        "a download gives 404",
        f"{TESTS}/serve/test_private_points.py::test_streamlit_answers_the_addresses_that_are_let_pass",
    ),
    PrivatePoint(
        "streamlit",
        "delta_generator",
        "dashboard/components/container.py",
        "the type of a container, in annotations",
        "the app does not start",
        f"{TESTS}/test_every_page.py",
    ),
    PrivatePoint(
        "uvicorn",
        "WebSocketsSansIOProtocol",
        f"{SERVE}/connections.py",
        "the messages of a run go out in few writes",
        "the server spends a fortieth more on a crowd",
        f"{TESTS}/serve/test_connections.py::test_messages_of_one_moment_go_out_in_one_write_and_in_order",
    ),
    PrivatePoint(
        "uvicorn",
        "H11Protocol",
        f"{SERVE}/connections.py",
        "a silent connection ends before its first request too",
        "a few hundred silent connections keep everybody out",
        f"{TESTS}/serve/test_connections.py::test_a_connection_without_a_whole_request_is_ended",
    ),
    PrivatePoint(
        "glibc",
        "mallopt",
        f"{SERVE}/memory.py",
        "threads share two heaps, large blocks go back at once",
        "twice the memory with a crowd of readers",
        f"{TESTS}/serve/test_memory.py::test_the_c_library_takes_every_option",
    ),
    PrivatePoint(
        "glibc",
        "malloc_trim",
        f"{SERVE}/memory.py",
        "free memory goes back to the system",
        "the server keeps the memory of its busiest hour",
        f"{TESTS}/serve/test_memory.py::test_the_c_library_takes_every_option",
    ),
    PrivatePoint(
        "typer",
        "registered_commands",
        "dashboard/command.py",
        "`serve` joins the commands of the KPI layer once",
        "the command does not start",
        f"{TESTS}/serve/test_app.py::test_the_command_refuses_an_empty_host_and_a_wrong_folder",
    ),
    PrivatePoint(
        "pandas",
        "mode.string_storage",
        "dashboard/reads/shared.py",
        "small tables are read row by row a fifth faster; an option of the whole process",
        "slower pages",
        f"{TESTS}/reads/test_shared.py",
    ),
    PrivatePoint(
        "pandas",
        "RENEWAL",
        "dashboard/reads/cached.py",
        "pandas notes every shallow copy in a list that it clears at 500 entries",
        "memory and time grow with the number of readers",
        f"{TESTS}/reads/test_cached.py::test_an_answer_moves_to_other_columns_after_some_loans",
    ),
)
