-- One row per KPI and SDG target: the kind of evidence, and the official indicator where it is one.
select
    kpi,
    target,
    cast(split_part(target, '.', 1) as integer) as goal,
    evidence,
    indicator
from staging_sdg_link
order by kpi, target
