-- One row per KPI derived as the distance from what income predicts: a minus the least-squares line of a
-- on ln(GDP per capita, PPP), fitted each year over UN Member States. Income is that of the year, else the
-- latest of the few years before. Values of low reliability get a residual but do not shape the line; with fewer
-- than $min_areas points there is none, as the line would mean little.
with derived as (
    select
        k.kpi,
        a.ref_area,
        a.time_period,
        a.obs_value,
        a.obs_status,
        k.source,
        a.vintage,
        a.footnote
    from kpi as k
    join kpi_direct as a on a.kpi = k.input_a
    where k.derive = 'income_residual'
),
paired as (
    select * from with_income('derived', $income_series, $income_lag)
)
select
    kpi,
    ref_area,
    time_period,
    residual as obs_value,
    greatest(obs_status, 'E') as obs_status,  -- a residual is an estimate at best
    source,
    vintage,
    footnote
from beyond_income('paired')
where n >= $min_areas
