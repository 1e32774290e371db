"""The dashboard: a thin Streamlit app over `kpis.queries`. `kpis` never imports this package."""
