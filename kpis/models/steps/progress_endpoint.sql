-- One row per KPI with a target and UN Member State with a value since 2015: base (2015 or the first later
-- year), latest, target, and the bounds of the SDSN scale: `worst` is the 2.5th percentile of all values since
-- 2015 on the worse side (the rule of the SDG Index), `best` and `green` are the target.
with since as (
    select v.*
    from kpi_value as v
    join kpi as k on k.kpi = v.kpi and k.target is not null
    join area as a on a.ref_area = v.ref_area and a.un_member
    where v.time_period >= 2015
),
ends as (
    select
        kpi,
        ref_area,
        min(time_period) as base_year,
        arg_min(obs_value, time_period) as base_value,
        max(time_period) as latest_year,
        arg_max(obs_value, time_period) as latest_value,
        arg_max(age, time_period) as latest_age,
        arg_max(old, time_period) as latest_old,
        cast(count(*) as integer) as n_values
    from since
    group by kpi, ref_area
),
bounds as (
    select
        s.kpi,
        case max(k.direction)
            when 'higher' then quantile_cont(s.obs_value, 0.025)
            else quantile_cont(s.obs_value, 0.975)
        end as worst
    from since as s
    join kpi as k on k.kpi = s.kpi
    group by s.kpi
)
select
    e.*,
    cast(k.fresh_years as integer) as fresh_years,
    case toward_better(k.direction) when 1 then 1 else -1 end as direction,
    k.target,
    cast(k.target_year as integer) as target_year,
    b.worst,
    k.target as best,
    k.target as green,
    k.limit_low,
    k.limit_high
from ends as e
join kpi as k on k.kpi = e.kpi
join bounds as b on b.kpi = e.kpi
order by e.kpi, e.ref_area
