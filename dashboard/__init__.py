"""The dashboard: a thin Streamlit app over `kpis.queries`. `kpis` never imports this package."""

import pandas as pd

# Tables of a page are small and read row by row; text kept as Python strings is handed out a fifth faster
# than from Arrow, which pays for columns of millions.
pd.set_option("mode.string_storage", "python")
