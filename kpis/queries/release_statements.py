"""What changed: the SQL of movement between two years and of releases, values bound by name."""

MOVED = """
-- one row per UN Member State ranked in both of the last two full years
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
        rank() over (
            order by case direction
                when 'higher' then -value_from when 'zero' then abs(value_from) else value_from
            end
        ) as among_from,
        rank() over (
            order by case direction
                when 'higher' then -value_to when 'zero' then abs(value_to) else value_to
            end
        ) as among_to
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
"""

RELEASES = """
-- one row per source whose last release was seen to change something; where it only added, the release before
-- is the newest one of the figures that it left alone
with kept as (
    select o.source, max(o.vintage) as vintage
    from observation as o
    anti join release_change as c using (series, ref_area, time_period)
    group by o.source
)
select
    c.source,
    coalesce(
        string_agg(distinct c.vintage_before, '; ' order by c.vintage_before), max(k.vintage)
    ) as vintage_before,
    string_agg(distinct c.vintage_after, '; ' order by c.vintage_after) as vintage_after,
    count(*) filter (where c.value_before is null) as n_new,
    count(*) filter (where c.value_before is not null and c.value_after is not null) as n_revised,
    count(*) filter (where c.value_after is null) as n_withdrawn
from release_change as c
left join kept as k on k.source = c.source
group by c.source
order by c.source
"""

RELEASED_KPIS = """
-- one row per KPI of whose series, or of those it is derived from, the last releases changed a value
select
    k.kpi,
    k.series is null as derived,
    string_agg(distinct c.vintage_before, '; ' order by c.vintage_before) as vintage_before,
    string_agg(distinct c.vintage_after, '; ' order by c.vintage_after) as vintage_after,
    count(*) filter (where c.value_before is null) as n_new,
    count(*) filter (where c.value_before is not null and c.value_after is not null) as n_revised,
    count(*) filter (where c.value_after is null) as n_withdrawn
from kpi as k
join kpi as i on i.kpi in (k.kpi, k.input_a, k.input_b)
join release_change as c on c.series = i.series
group by k.kpi, k.series, k.position
order by k.position
"""

REVISIONS = """
-- one row per KPI, ref_area and time_period whose value the last release replaced by another
select
    k.kpi,
    c.ref_area,
    c.time_period,
    c.value_before,
    c.value_after,
    c.value_after - c.value_before as change,
    c.vintage_before,
    c.vintage_after
from release_change as c
join kpi as k on k.series = c.series
where list_contains($kpis, k.kpi) and c.value_before is not null and c.value_after is not null
order by k.position, abs(c.value_after - c.value_before) desc, c.time_period desc, c.ref_area
"""

REVISED_RANKS = """
-- one row per KPI, UN Member State and year whose rank differs from that before the last release
with chosen as (
    select kpi, position, series, direction
    from kpi
    where list_contains($kpis, kpi) and series is not null and direction <> 'context'
),
changed as (
    select k.kpi, c.* from release_change as c join chosen as k on k.series = c.series
),
both_times as (
    select
        coalesce(o.kpi, c.kpi) as kpi,
        coalesce(o.ref_area, c.ref_area) as ref_area,
        coalesce(o.time_period, c.time_period) as time_period,
        case when c.series is null then o.obs_value else c.value_before end as value_before,
        o.obs_value as value_after
    from (
        select k.kpi, o.* from observation as o join chosen as k on k.series = o.series
        where k.kpi in (select kpi from changed)
    ) as o
    full join changed as c on c.kpi = o.kpi and c.ref_area = o.ref_area and c.time_period = o.time_period
),
placed as (
    select
        t.*,
        k.position,
        case when value_before is not null then rank() over (
            partition by t.kpi, t.time_period order by
                case k.direction
                    when 'higher' then -value_before when 'zero' then abs(value_before) else value_before
                end nulls last
        ) end as rank_before,
        case when value_after is not null then rank() over (
            partition by t.kpi, t.time_period order by
                case k.direction
                    when 'higher' then -value_after when 'zero' then abs(value_after) else value_after
                end nulls last
        ) end as rank_after
    from both_times as t
    join chosen as k on k.kpi = t.kpi
    join area as a on a.ref_area = t.ref_area and a.un_member
    where (t.kpi, t.time_period) in (select (kpi, time_period) from both_times where value_before is not null)
)
select kpi, ref_area, time_period, value_before, value_after, rank_before, rank_after
from placed
where rank_before is distinct from rank_after
order by position, time_period desc, rank_after nulls last, ref_area
"""
