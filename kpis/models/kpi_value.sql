-- One row per KPI, ref_area and time_period: direct values and the named derivations.
with everything as (
    select * from kpi_direct
    union all
    select * from kpi_pair
    union all
    select * from kpi_income_residual
)
select
    kpi,
    ref_area,
    time_period,
    obs_value,
    obs_status,
    source,
    vintage,
    footnote
from everything
order by kpi, ref_area, time_period
