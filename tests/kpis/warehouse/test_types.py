"""Every column of a warehouse has the type of what it means, also where no entry or figure fills it."""

from __future__ import annotations

import re

import pytest

from kpis.queries import Warehouse

# A name means one quantity in all tables, so it has one kind. The first pattern that fits decides.
KINDS = {
    "texts": r"blocking|blocking_all|bottleneck|unlock|without_data",
    "flag": r"un_member|ldc|lldc|sids|open_only|fresh|thin|capped|(\w+_)?old|e_government|is_\w+",
    "text": r"\w+_(en|es|fr|pt|url|a|b|id|kind|before|after|m49|track_by)|kpi|part|ref_area|iso2|m49"
    r"|region|subregion|intermediate_region|income|capital|dimension|unit_measure|unit_symbol|direction|series|derive"
    r"|published_rank|source|publisher|url|redistribution|citation|vintage|footnote|obs_status|scheme|class"
    r"|kind|measure|scenario|node|method|status|reason|verdict|confidence|target_id|indicator|evidence"
    r"|version|built_at|duckdb_version",
    "whole": r"\w*year|year\w*|n|n_\w+|time_period|previous_period|position|precision|(\w+_)?age"
    r"|gaps|goal|rank|rank_change|valid_from|valid_to|as_of|schema_version|stage|stage_all|stage_mean|next_stage"
    r"|fresh_years",
    "number": r"\w*value|value_\w+|lat|lon|population|median|mean|weighted_mean|share_\w+|score|projected\w*"
    r"|\w+_rate|worst|best|green|limit_\w+|change|percentile|mean_position|distance_\w+|unlock_effort"
    r"|probability\w*|target",
}
BY_TABLE = {  # the few names that mean one thing in one table and another elsewhere
    ("sdg_link", "target"): "text",  # 16.6, not the value to reach
    ("progress", "direction"): "whole",  # 1 or -1, as the methods take it
    ("release_change", "value_before"): "number",
    ("release_change", "value_after"): "number",
    ("area", "population_year"): "whole",
    ("kpi_class", "class"): "whole",  # the number of a class of the map, not its name
}
TYPES = {
    "texts": {"VARCHAR[]"},
    "flag": {"BOOLEAN"},
    "text": {"VARCHAR"},
    "whole": {"TINYINT", "SMALLINT", "INTEGER", "BIGINT"},
    "number": {"DOUBLE"},
}


def kind(table: str, column: str) -> str:
    """What a column means; "unnamed" for a new one."""
    fitting = (name for name, pattern in KINDS.items() if re.fullmatch(pattern, column))
    return BY_TABLE.get((table, column)) or next(fitting, "unnamed")


@pytest.mark.parametrize("which", ["wh", "tiny", "open_only"])
def test_every_column_has_the_type_of_what_it_means(which: str, request: pytest.FixtureRequest) -> None:
    warehouse: Warehouse = request.getfixturevalue(which)
    columns = warehouse.schema()
    assert len(columns) > 150
    wrong = [
        f"{row.table_name}.{row.column_name}: {row.data_type}, {means}"
        for row in columns.itertuples()
        if (means := kind(str(row.table_name), str(row.column_name))) != "unnamed"
        and row.data_type not in TYPES[means]
    ]
    assert wrong == []


def test_a_column_that_is_not_named_here_has_the_type_of_its_values(wh: Warehouse) -> None:
    """Without a value DuckDB guesses: give such a column its place in KINDS."""
    guessed = [
        f"{row.table_name}.{row.column_name}: {row.data_type}"
        for row in wh.schema().itertuples()
        if kind(str(row.table_name), str(row.column_name)) == "unnamed"
        and not wh.sql(f'select count("{row.column_name}") as n from "{row.table_name}"')["n"].item()
    ]
    assert guessed == []


def test_a_text_that_no_entry_states_is_a_text(tiny: Warehouse) -> None:
    """No KPI of the tiny catalogue is retired, has a target or a published rank."""
    entry = tiny.sql("select retired_en, target_source_es, published_rank from kpi where kpi = 'A'")
    assert entry.isna().all(axis=None)
    found = tiny.sql("select kpi from kpi where coalesce(retired_en || retired_es, 'current') = 'current'")
    assert len(found) == len(tiny.kpis())
