"""From files to a published warehouse: the conductor, the tables that come from matrices, opening."""
