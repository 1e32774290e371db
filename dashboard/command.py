"""The command `escala`: the KPI layer's commands, and those that need the dashboard."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import Annotated

import typer

from dashboard import ending

DEFAULT_PORT = 8501


class Log(StrEnum):
    """How the server logs."""

    TEXT = "text"
    JSON = "json"


def serve(
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0: any free one.", envvar="PORT")
    ] = DEFAULT_PORT,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0: the network.")] = "127.0.0.1",
    base_path: Annotated[
        str | None,
        typer.Option(
            help="Folder of the host under which a proxy passes requests on, as /escala.",
            envvar=["ESCALA_BASE_PATH", "STREAMLIT_SERVER_BASE_URL_PATH"],
        ),
    ] = None,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option(
            help="Host name to answer to, as data.example.org or *.example.org; may be repeated.",
            envvar="ESCALA_ALLOWED_HOSTS",
        ),
    ] = None,
    embed_for: Annotated[
        list[str] | None,
        typer.Option(
            help="Site that may show charts in its pages, as https://mintic.gov.co; may be repeated. Without "
            "one no other site may.",
            envvar="ESCALA_EMBED_FOR",
        ),
    ] = None,
    log: Annotated[Log, typer.Option(help="text: faults only; json: a line for each answer.")] = Log.TEXT,
) -> None:
    """Serve the dashboard, building the warehouse first where that is needed."""
    os.environ.setdefault("STREAMLIT_SERVER_HEADLESS", "true")
    from dashboard.serve.addresses import folder  # here: the other commands need no Streamlit
    from dashboard.serve.app import bind
    from dashboard.serve.app import serve as serve_dashboard
    from dashboard.serve.embedding import sites
    from kpis.building.opening import refresh

    bind(host, port).close()  # before any building, so that a port in use is reported at once
    folder(base_path)
    sites(embed_for or ())
    fault = refresh()
    if fault is not None:
        print(f"warning: the last good warehouse is served: {fault}", file=sys.stderr)
    serve_dashboard(
        host,
        port,
        base_path=base_path,
        allowed_hosts=allowed_host or (),
        embed_for=embed_for or (),
        json_log=log is Log.JSON,
    )


def main() -> None:
    """Run the command; an expected fault becomes one line on standard error and exit code 2.

    The commands are imported inside, as that takes a second in which Ctrl-C should end quietly too.
    """
    with ending.quietly():
        from kpis.cli import run

        run(whole())


def whole() -> typer.Typer:
    """All commands: those of the KPI layer, those that write documents and pictures, and `serve`."""
    from dashboard.commands import plan as plan_files
    from dashboard.commands.exercise import app as exercise
    from dashboard.commands.picture import picture
    from dashboard.commands.report import report
    from dashboard.commands.site import site
    from dashboard.commands.story import story
    from dashboard.commands.workspace import app as workspace
    from kpis.cli import app

    there = {command.callback for command in app.registered_commands}
    for command in (picture, report, site, story, serve):
        if command not in there:
            app.command()(command)
    families = {group.typer_instance for group in app.registered_groups}
    for name, family in (("workspace", workspace), ("exercise", exercise)):
        if family not in families:
            app.add_typer(family, name=name)
    plan_files.lend()
    return app
