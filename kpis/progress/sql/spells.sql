-- One row per (ref_area, ahead): every other UN Member State and number of years, from its start nearest to $base.
with held as (
    select v.ref_area, v.time_period, v.obs_value
    from kpi_value as v
    join area as a on a.ref_area = v.ref_area and a.un_member
    where v.kpi = $kpi and v.obs_status <> 'U'
),
span as (
    select $band * (quantile_cont(obs_value, 0.95) - quantile_cont(obs_value, 0.05)) as near from held
)
select
    s.ref_area,
    cast(e.time_period - s.time_period as integer) as ahead,
    s.time_period as from_year,
    e.time_period as to_year,
    s.obs_value as start_value,
    e.obs_value as end_value,
    e.obs_value - s.obs_value as change,
    span.near
from held as s
cross join span
join held as e
    on e.ref_area = s.ref_area and e.time_period between s.time_period + 1 and s.time_period + $years
where s.ref_area <> $area and abs(s.obs_value - $base) <= span.near + 1e-9
qualify row_number() over (
    partition by s.ref_area, e.time_period - s.time_period
    order by abs(s.obs_value - $base), s.time_period desc
) = 1
order by ahead, s.ref_area
