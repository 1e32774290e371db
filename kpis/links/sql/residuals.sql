-- One row per (ref_area): UN Member States with a value of $kpi in $year and income, the best for their income first.
with valued as (
    select kpi, ref_area, time_period, obs_value, obs_status
    from kpi_value
    where kpi = $kpi and time_period = $year
),
paired as (
    select * from with_income('valued', $income_series, $income_lag)
),
fitted as (
    select
        *,
        sqrt(sum(residual * residual) filter (obs_status <> 'U') over whole / (n - 2)) as spread
    from beyond_income('paired')
    window whole as (order by ref_area rows between unbounded preceding and unbounded following)
)
select
    f.ref_area,
    f.time_period,
    f.obs_value,
    exp(f.ln_income) as income,
    f.predicted,
    f.residual,
    f.residual / nullif(f.spread, 0) as standardised,
    case when toward_better(k.direction) <> 0 then f.residual * toward_better(k.direction) > 0 end as better,
    f.income_year,
    f.n
from fitted as f
join kpi as k on k.kpi = f.kpi
order by case toward_better(k.direction) when -1 then f.residual else -f.residual end, f.ref_area
