-- One row per (ref_area): UN Member States with a value of $kpi in $year, income, and the outcome.
with valued as (
    select ref_area, time_period, obs_value
    from kpi_value
    where kpi = $kpi and time_period = $year and obs_status <> 'U'
),
paired as (
    select * from with_income('valued', $income_series, $income_lag)
)
select
    v.ref_area,
    v.obs_value as x,
    v.ln_income,
    v.income_year,
    arg_max(o.obs_value, o.time_period) as y,
    max(o.time_period) as y_year
from paired as v
join kpi_value as o
    on o.kpi = $outcome and o.ref_area = v.ref_area and o.obs_status <> 'U'
    and o.time_period between $year - $outcome_years and $year
group by all
order by v.ref_area
