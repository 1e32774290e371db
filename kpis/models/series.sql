-- One row per series that is held: its source, the KPI that shows it (if any), years and areas.
select
    o.series,
    o.source,
    max(k.kpi) as kpi,
    min(o.time_period) as first_year,
    max(o.time_period) as last_year,
    count(*) as n_values,
    count(distinct o.ref_area) as n_areas
from observation as o
left join kpi as k on k.series = o.series
group by o.series, o.source
order by o.series
