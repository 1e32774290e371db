-- One row per KPI: for how many UN Member States a value is held, and from which year to which.
select
    kpi,
    cast(count(*) filter (n_years > 0) as integer) as n_areas,
    min(first_year) as first_year,
    max(latest_year) as last_year
from coverage
group by kpi
order by kpi
