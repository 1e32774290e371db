"""The command `escala`: the KPI layer's commands, and `serve`, which needs the dashboard."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from kpis.cli import app, run
from kpis.opening import refresh

DEFAULT_PORT = 8501


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port to listen on.", envvar="PORT")] = DEFAULT_PORT,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0: the network.")] = "127.0.0.1",
) -> None:
    """Serve the dashboard, building the warehouse first where that is needed."""
    os.environ.setdefault("STREAMLIT_SERVER_HEADLESS", "true")
    from dashboard.server import bind  # here: the other commands need no Streamlit
    from dashboard.server import serve as serve_dashboard

    bind(host, port).close()  # before any building: a port in use is said at once
    fault = refresh()
    if fault is not None:
        print(f"warning: the last good warehouse is served: {fault}", file=sys.stderr)
    serve_dashboard(host, port)


def main() -> None:
    """Run the command; an expected fault becomes one line on standard error and exit code 2."""
    run(app)
