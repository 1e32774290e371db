-- One row per (kpi): every KPI, with the latest value of $area or none.
select
    k.kpi,
    k.dimension,
    l.obs_value,
    l.time_period,
    l.age,
    l.fresh,
    l.rank,
    l.n,
    l.tied,
    l.percentile,
    l.obs_status,
    coalesce(l.source, k.source) as source,
    l.vintage,
    f.footnote_en,
    f.footnote_es
from kpi as k
left join kpi_latest as l on l.kpi = k.kpi and l.ref_area = $area
left join footnote as f on f.footnote = l.footnote
order by k.position
