-- One row per (table_name, column_name).
select table_name, column_name, data_type
from duckdb_columns()
where database_name = current_database() and not internal
order by table_name, column_index
