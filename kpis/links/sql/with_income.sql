-- One row per (ref_area): UN Member States with a value of $kpi in $year and an income of it or of the years before.
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
