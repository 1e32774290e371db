"""Serves `bare_page.py` as the dashboard is served: same server, same settings."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
import uvicorn


def main() -> None:
    """Serve on the port after `--port`."""
    app = st.App(Path(__file__).with_name("bare_page.py"))
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[-1]),
        ws="websockets-sansio",
        timeout_graceful_shutdown=2,
        log_level="warning",
        access_log=False,
    )


if __name__ == "__main__":
    main()
