"""Pure charts: table and context in; a Plotly figure, a finding or a text alternative out. No Streamlit."""
