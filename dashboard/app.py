"""The script that Streamlit runs, from top to bottom at every run: so it holds nothing but the call."""

from dashboard.router import main

main()
