-- One row: which warehouse of Escala this is.
select
    $version as version,
    $as_of as as_of,
    $schema as schema_version,
    $built as built_at,
    $engine as duckdb_version,
    $open_only as open_only
