-- One row per (table_name, column_name). Nothing is ever deleted from a published warehouse, so that the engine
-- knows the exact number of rows of each table.
select c.table_name, c.column_name, c.data_type, t.estimated_size as n_rows
from duckdb_columns() as c
join duckdb_tables() as t on t.table_oid = c.table_oid and t.database_name = c.database_name
where c.database_name = current_database() and not c.internal
order by c.table_name, c.column_index
