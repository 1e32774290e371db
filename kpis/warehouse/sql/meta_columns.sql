-- One row per (column_name): the columns of the table `meta` of an attached file.
select c.column_name
from duckdb_columns() as c
join duckdb_tables() as t using (database_name, schema_name, table_name)
where database_name = 'other' and schema_name = 'main' and table_name = 'meta'
order by c.column_index
