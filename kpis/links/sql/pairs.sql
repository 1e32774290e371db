-- One row per (ref_area): UN Member States with a value of $kpi in $year, income, and the outcome.
with valued as (
    select
        v.ref_area,
        v.time_period,
        v.obs_value,
        v.obs_status,
        max(i.time_period) as income_year,
        ln(arg_max(i.obs_value, i.time_period)) as ln_income
    from kpi_value as v
    join area as a on a.ref_area = v.ref_area and a.un_member
    join observation as i
        on i.series = $income and i.ref_area = v.ref_area
        and i.time_period between v.time_period - $income_years and v.time_period
    where v.kpi = $kpi and v.time_period = $year
    group by all
    order by v.ref_area
)
select
    v.ref_area,
    v.obs_value as x,
    v.ln_income,
    v.income_year,
    arg_max(o.obs_value, o.time_period) as y,
    max(o.time_period) as y_year
from valued as v
join kpi_value as o
    on o.kpi = $outcome and o.ref_area = v.ref_area and o.obs_status <> 'U'
    and o.time_period between $year - $outcome_years and $year
where v.obs_status <> 'U'
group by all
order by v.ref_area
