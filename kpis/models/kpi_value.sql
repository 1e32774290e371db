-- One row per KPI, ref_area and time_period: direct values and the named derivations.
-- `age` counts years to the year of reading in `meta`; `old`: older than the limit of the KPI's entry.
with everything as (
    select * from kpi_direct
    union all
    select * from kpi_pair
    union all
    select * from kpi_income_residual
)
select
    e.kpi,
    e.ref_area,
    e.time_period,
    e.obs_value,
    e.obs_status,
    e.source,
    e.vintage,
    e.footnote,
    cast(m.as_of - e.time_period as integer) as age,
    m.as_of - e.time_period > k.fresh_years as old
from everything as e
join kpi as k on k.kpi = e.kpi
cross join meta as m
order by e.kpi, e.ref_area, e.time_period
