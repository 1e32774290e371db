-- One row per source: publisher, terms, and what of it is held.
select
    s.*,
    held.vintage,
    held.first_year,
    held.last_year,
    coalesce(held.n_series, 0) as n_series,
    coalesce(held.n_areas, 0) as n_areas,
    coalesce(held.n_values, 0) as n_values
from staging_source as s
left join (
    select
        source,
        max(vintage) as vintage,
        min(time_period) as first_year,
        max(time_period) as last_year,
        count(distinct series) as n_series,
        count(distinct ref_area) as n_areas,
        count(*) as n_values
    from observation
    group by source
) as held on held.source = s.source
order by s.source
