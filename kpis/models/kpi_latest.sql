-- One row per KPI and ref_area: the latest value, its year and age, and its rank among the latest values.
-- The rank compares UN Member States whose latest value is recent: no older than the KPI's freshness
-- limit before the KPI's own last year. Older values are shown and not ranked. Percentile as in `standing`.
-- `tied`: how many of these have the same value, the area itself among them. `fresh`: not `old` as in `kpi_value`.
with latest as (
    select
        v.*,
        row_number() over (partition by v.kpi, v.ref_area order by v.time_period desc) as recency
    from kpi_value as v
),
dated as (
    select
        l.kpi,
        l.ref_area,
        l.time_period,
        l.obs_value,
        l.obs_status,
        l.source,
        l.vintage,
        l.footnote,
        k.direction,
        l.age,
        not l.old as fresh,
        a.un_member and l.time_period >= max(l.time_period) over (partition by l.kpi) - k.fresh_years as comparable
    from latest as l
    join kpi as k on k.kpi = l.kpi
    join area as a on a.ref_area = l.ref_area
    where l.recency = 1
),
ranked as (
    select
        *,
        case
            when comparable and direction <> 'context' then
                rank() over (
                    partition by kpi, comparable
                    order by sort_key(obs_value, direction)
                )
        end as computed_rank,
        case when comparable then count(*) over (partition by kpi, comparable) end as n,
        count(*) over (partition by kpi, comparable, sort_key(obs_value, direction)) as n_tied
    from dated
)
select
    r.kpi,
    r.ref_area,
    r.time_period,
    r.obs_value,
    r.obs_status,
    r.source,
    r.vintage,
    r.footnote,
    r.age,
    r.fresh,
    cast(
        case when s.rank_kind = 'published' and s.n = r.n then s.rank else r.computed_rank end as integer
    ) as rank,
    cast(r.n as integer) as n,
    cast(case when r.comparable then r.n_tied end as integer) as tied,
    case when r.n > 1 then 100.0 * (r.n - r.computed_rank - (r.n_tied - 1) / 2.0) / (r.n - 1) end as percentile
from ranked as r
left join standing as s on s.measure = r.kpi and s.ref_area = r.ref_area and s.time_period = r.time_period
order by r.kpi, r.ref_area
