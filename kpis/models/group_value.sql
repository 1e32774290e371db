-- One row per measure, group_id and time_period: median, mean and population-weighted mean of the members
-- of that year that have a value; n of n_members says how many. Weights: population of the year, else the
-- latest one known.
with population as (
    select ref_area, time_period, obs_value from observation where series = 'SP.POP.TOTL'
),
sized as (
    select
        g.group_id,
        y.time_period,
        count(*) as n_members
    from area_group as g
    join (select distinct time_period from kpi_value) as y on y.time_period between g.valid_from and g.valid_to
    group by g.group_id, y.time_period
),
members as (
    select
        v.kpi as measure,
        g.group_id,
        v.time_period,
        v.obs_value,
        coalesce(p.obs_value, a.population) as weight
    from kpi_value as v
    join area_group as g on g.ref_area = v.ref_area and v.time_period between g.valid_from and g.valid_to
    join area as a on a.ref_area = v.ref_area
    left join population as p on p.ref_area = v.ref_area and p.time_period = v.time_period
)
select
    m.measure,
    m.group_id,
    m.time_period,
    median(m.obs_value) as median,
    avg(m.obs_value) as mean,
    sum(m.obs_value * m.weight) / nullif(sum(case when m.weight is not null then m.weight end), 0) as weighted_mean,
    cast(count(*) as integer) as n,
    cast(max(s.n_members) as integer) as n_members
from members as m
join sized as s on s.group_id = m.group_id and s.time_period = m.time_period
group by m.measure, m.group_id, m.time_period
order by measure, group_id, time_period
