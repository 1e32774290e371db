-- One row per (kpi, ref_area, time_period): ranks of UN Member States that differ from those before the last release.
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
            partition by t.kpi, t.time_period order by sort_key(value_before, k.direction) nulls last
        ) end as rank_before,
        case when value_after is not null then rank() over (
            partition by t.kpi, t.time_period order by sort_key(value_after, k.direction) nulls last
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
