-- One row per measure, ref_area (UN Member States) and time_period: competition rank (1, 2, 2, 4) on
-- unrounded values, among how many, change since the measure's previous value, and percentile: the share of
-- the others that one is ahead of, ties counting half (100 = alone at the top, 50 = all equal, 0 = alone last).
-- Where the publisher prints a rank, that one is given (rank_kind published). A measure with no better
-- side has no rank.
with ranked as (
    select
        v.kpi as measure,
        v.ref_area,
        v.time_period,
        v.obs_value,
        p.obs_value as published_rank,
        case
            when k.direction <> 'context' then
                rank() over (
                    partition by k.position, v.time_period
                    order by sort_key(v.obs_value, k.direction)
                )
        end as computed_rank,
        count(*) over (partition by k.position, v.time_period) as n,
        count(*) over (partition by k.position, v.time_period, sort_key(v.obs_value, k.direction)) as n_tied
    from kpi_value as v
    join area as a on a.ref_area = v.ref_area and a.un_member
    join kpi as k on k.kpi = v.kpi
    left join observation as p
        on p.series = k.published_rank and p.ref_area = v.ref_area and p.time_period = v.time_period
),
placed as (
    select
        measure,
        ref_area,
        time_period,
        obs_value,
        cast(coalesce(published_rank, computed_rank) as integer) as rank,
        case when published_rank is not null then 'published' when computed_rank is not null then 'derived' end as rank_kind,
        cast(n as integer) as n,
        case when n > 1 then 100.0 * (n - computed_rank - (n_tied - 1) / 2.0) / (n - 1) end as percentile
    from ranked
)
select
    measure,
    ref_area,
    time_period,
    rank,
    rank_kind,
    n,
    percentile,
    lag(time_period) over history as previous_period,
    obs_value - lag(obs_value) over history as change,
    lag(rank) over history - rank as rank_change
from placed
window history as (partition by measure, ref_area order by time_period)
order by measure, ref_area, time_period
