"""The dashboard: a Streamlit app over `kpis`, which never imports this package."""
