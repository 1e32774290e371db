-- One row per KPI and UN Member State, also where nothing is held: years present, first and latest year,
-- and gaps: years between the two in which other States have a value and this one has not.
with years as (
    select kpi, time_period from kpi_value group by kpi, time_period
),
held as (
    select kpi, ref_area, count(*) as n_years, min(time_period) as first_year, max(time_period) as latest_year
    from kpi_value
    group by kpi, ref_area
),
possible as (
    select h.kpi, h.ref_area, count(*) as n_possible
    from held as h
    join years as y on y.kpi = h.kpi and y.time_period between h.first_year and h.latest_year
    group by h.kpi, h.ref_area
)
select
    k.kpi,
    a.ref_area,
    cast(coalesce(h.n_years, 0) as integer) as n_years,
    h.first_year,
    h.latest_year,
    cast(coalesce(p.n_possible - h.n_years, 0) as integer) as gaps
from kpi as k
cross join area as a
left join held as h on h.kpi = k.kpi and h.ref_area = a.ref_area
left join possible as p on p.kpi = k.kpi and p.ref_area = a.ref_area
where a.un_member
order by k.kpi, a.ref_area
