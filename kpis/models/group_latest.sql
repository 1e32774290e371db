-- One row per KPI and group_id: median and mean of the latest values of today's members.
select
    l.kpi,
    g.group_id,
    median(l.obs_value) as median,
    avg(l.obs_value) as mean,
    cast(count(*) as integer) as n,
    min(l.time_period) as first_year,
    max(l.time_period) as last_year
from kpi_latest as l
cross join meta as m
join area_group as g on g.ref_area = l.ref_area and m.as_of between g.valid_from and g.valid_to
group by l.kpi, g.group_id
order by l.kpi, g.group_id
