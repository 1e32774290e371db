-- One row per (kpi, group_id, time_period): as `group_value`, of a group whose members are $areas in all years.
with population as (
    select ref_area, time_period, obs_value from observation where series = 'SP.POP.TOTL'
),
members as (
    select
        v.kpi,
        v.time_period,
        v.obs_value,
        coalesce(p.obs_value, a.population) as weight
    from kpi_value as v
    join area as a on a.ref_area = v.ref_area
    left join population as p on p.ref_area = v.ref_area and p.time_period = v.time_period
    where list_contains($areas, v.ref_area)
        and list_contains($kpis, v.kpi)
        and ($years is null or list_contains($years, v.time_period))
)
select
    kpi,
    $group as group_id,
    time_period,
    median(obs_value) as median,
    avg(obs_value) as mean,
    sum(obs_value * weight) / nullif(sum(case when weight is not null then weight end), 0) as weighted_mean,
    cast(count(*) as integer) as n,
    cast(len($areas) as integer) as n_members
from members
group by kpi, time_period
order by kpi, time_period
