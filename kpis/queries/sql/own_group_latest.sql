-- One row per (kpi): as `group_latest`, of a group whose members are $areas.
select
    kpi,
    $group as group_id,
    median(obs_value) as median,
    avg(obs_value) as mean,
    cast(count(*) as integer) as n,
    min(time_period) as first_year,
    max(time_period) as last_year
from kpi_latest
where list_contains($areas, ref_area)
group by kpi
order by kpi
