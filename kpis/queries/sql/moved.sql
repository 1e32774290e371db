-- One row per (ref_area): UN Member States ranked in both of the last two full years of $kpi.
with per_year as (
    select time_period, count(*) as n
    from standing
    where measure = $kpi and rank is not null
    group by time_period
),
full_year as (
    select time_period
    from per_year
    where 2 * n >= (select max(n) from per_year)
    order by time_period desc
    limit 2
),
span as (
    select min(time_period) as year_from, max(time_period) as year_to from full_year having count(*) = 2
),
held as (
    select
        b.ref_area,
        p.year_from,
        p.year_to,
        u.obs_value as value_from,
        v.obs_value as value_to,
        a.rank as held_from,
        b.rank as held_to,
        a.n as n_from,
        b.n as n_to,
        k.direction,
        count(*) over () as n_both
    from span as p
    join kpi as k on k.kpi = $kpi
    join standing as a on a.measure = $kpi and a.time_period = p.year_from and a.rank is not null
    join standing as b
        on b.measure = $kpi and b.time_period = p.year_to and b.ref_area = a.ref_area and b.rank is not null
    join kpi_value as u on u.kpi = $kpi and u.ref_area = a.ref_area and u.time_period = p.year_from
    join kpi_value as v on v.kpi = $kpi and v.ref_area = a.ref_area and v.time_period = p.year_to
),
placed as (
    select
        *,
        n_from = n_both and n_to = n_both as same_states,
        rank() over (order by sort_key(value_from, direction)) as among_from,
        rank() over (order by sort_key(value_to, direction)) as among_to
    from held
),
compared as (
    select
        *,
        case when same_states then held_from else among_from end as rank_from,
        case when same_states then held_to else among_to end as rank_to
    from placed
)
select
    ref_area,
    year_from,
    year_to,
    value_from,
    value_to,
    rank_from,
    rank_to,
    n_from,
    n_to,
    same_states,
    rank_from - rank_to as rank_change
from compared
order by rank_change desc, rank_to, ref_area
