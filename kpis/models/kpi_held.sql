-- One row per KPI: for how many UN Member States a value is held, from which year to which, and its usual
-- step: the years between two neighbouring values of an area, as most often found; of two steps as frequent
-- the longer, missing where no area has two values.
with steps as (
    select
        kpi,
        time_period - lag(time_period) over (partition by kpi, ref_area order by time_period) as step
    from kpi_value
),
counted as (
    select kpi, step, count(*) as n from steps where step is not null group by kpi, step
),
usual as (
    select kpi, cast(arg_max(step, (n, step)) as integer) as usual_step from counted group by kpi
)
select
    c.kpi,
    cast(count(*) filter (c.n_years > 0) as integer) as n_areas,
    min(c.first_year) as first_year,
    max(c.latest_year) as last_year,
    any_value(u.usual_step) as usual_step
from coverage as c
left join usual as u on u.kpi = c.kpi
group by c.kpi
order by c.kpi
