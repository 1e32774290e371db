-- One row per direct KPI, ref_area and time_period: the value of its one series.
select
    k.kpi,
    o.ref_area,
    o.time_period,
    o.obs_value,
    o.obs_status,
    o.source,
    o.vintage,
    o.footnote
from observation as o
join kpi as k on k.series = o.series
