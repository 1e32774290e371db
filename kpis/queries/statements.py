"""The SELECTs behind `Warehouse`, bound by name. Each states its grain."""

AREAS = """
-- one row per area
select * from area order by ref_area
"""

GROUPS = """
-- one row per group
select d.*, count(g.ref_area) as n_members
from group_def as d
left join area_group as g on g.group_id = d.group_id and $year between g.valid_from and g.valid_to
group by all
order by d.position
"""

MEMBERS = """
-- one row per member of the year
select distinct ref_area from area_group
where group_id = $group and $year between valid_from and valid_to
order by ref_area
"""

KPIS = """
-- one row per KPI
select
    k.*,
    s.title_en as source_en,
    s.title_es as source_es,
    s.publisher,
    s.licence_en,
    s.licence_es,
    s.redistribution,
    s.url,
    h.n_areas,
    h.first_year,
    h.last_year,
    h.usual_step
from kpi as k
join source as s on s.source = k.source
join kpi_held as h on h.kpi = k.kpi
order by k.position
"""

KPI_CLASSES = """
-- one row per KPI and class of its map
select * from kpi_class order by kpi, class
"""

YEARS = """
-- one row per year with a value
select time_period, cast(count(*) as integer) as n
from standing where measure = $kpi
group by time_period order by time_period
"""

VALUES = """
-- one row per KPI, area and year
select
    v.kpi,
    v.ref_area,
    v.time_period,
    v.obs_value,
    k.unit_measure,
    v.obs_status,
    s.rank,
    v.source,
    s.n,
    s.change,
    s.rank_change,
    s.percentile,
    v.age,
    v.old,
    v.vintage,
    f.footnote_en,
    f.footnote_es
from kpi_value as v
join kpi as k on k.kpi = v.kpi
left join standing as s on s.measure = v.kpi and s.ref_area = v.ref_area and s.time_period = v.time_period
left join footnote as f on f.footnote = v.footnote
where list_contains($kpis, v.kpi)
    and ($areas is null or list_contains($areas, v.ref_area))
    and ($years is null or list_contains($years, v.time_period))
    and (
        $group is null
        or exists (
            from area_group as g
            where g.group_id = $group and g.ref_area = v.ref_area
                and v.time_period between g.valid_from and g.valid_to
        )
    )
order by k.position, v.ref_area, v.time_period
"""

WORLD_YEAR = """
-- one row per UN Member State
select
    a.ref_area,
    v.time_period,
    v.obs_value,
    v.obs_status,
    v.age,
    v.old,
    s.rank,
    s.n,
    s.percentile,
    f.footnote_en,
    f.footnote_es
from area as a
left join kpi_value as v on v.ref_area = a.ref_area and v.kpi = $kpi and v.time_period = $year
left join standing as s on s.measure = $kpi and s.ref_area = a.ref_area and s.time_period = $year
left join footnote as f on f.footnote = v.footnote
where a.un_member
order by a.ref_area
"""

WORLD_LATEST = """
-- one row per UN Member State
select
    a.ref_area,
    l.time_period,
    l.obs_value,
    l.obs_status,
    l.age,
    not l.fresh as old,
    l.rank,
    l.n,
    l.percentile,
    f.footnote_en,
    f.footnote_es
from area as a
left join kpi_latest as l on l.ref_area = a.ref_area and l.kpi = $kpi
left join footnote as f on f.footnote = l.footnote
where a.un_member
order by a.ref_area
"""

COUNTRY = """
-- one row per KPI
select
    k.kpi,
    k.dimension,
    l.obs_value,
    l.time_period,
    l.age,
    l.fresh,
    l.rank,
    l.n,
    l.tied,
    l.percentile,
    l.obs_status,
    coalesce(l.source, k.source) as source,
    l.vintage,
    f.footnote_en,
    f.footnote_es
from kpi as k
left join kpi_latest as l on l.kpi = k.kpi and l.ref_area = $area
left join footnote as f on f.footnote = l.footnote
order by k.position
"""

LATEST = """
-- one row per KPI and area that has a value
select
    l.kpi, l.ref_area, l.obs_value, l.time_period, l.age, l.fresh,
    l.rank, l.n, l.percentile, l.obs_status, l.source
from kpi_latest as l
join kpi as k on k.kpi = l.kpi
where list_contains($kpis, l.kpi) and list_contains($areas, l.ref_area)
order by k.position, l.ref_area
"""

TREND = """
-- one row per KPI, area and year
select v.kpi, v.ref_area, v.time_period, v.obs_value, v.obs_status, v.age, v.old, s.rank, s.n
from kpi_value as v
left join standing as s on s.measure = v.kpi and s.ref_area = v.ref_area and s.time_period = v.time_period
where list_contains($kpis, v.kpi) and list_contains($areas, v.ref_area)
order by v.kpi, v.ref_area, v.time_period
"""

GROUP_VALUES = """
-- one row per KPI, group and year
select measure as kpi, group_id, time_period, median, mean, weighted_mean, n, n_members
from group_value
where list_contains($kpis, measure)
    and list_contains($groups, group_id)
    and ($years is null or list_contains($years, time_period))
order by measure, group_id, time_period
"""

EVIDENCE = """
-- one row per source row behind a value
with wanted as (
    select series, 'value' as role, $year - 0 as from_year from kpi where kpi = $kpi and series is not null
    union all
    select a.series, 'a', $year from kpi as k join kpi as a on a.kpi = k.input_a where k.kpi = $kpi
    union all
    select b.series, 'b', $year from kpi as k join kpi as b on b.kpi = k.input_b where k.kpi = $kpi
    union all
    select 'NY.GDP.PCAP.PP.KD', 'gdp_pc_ppp', $year - 3
    from kpi where kpi = $kpi and derive = 'income_residual'
)
select
    o.series,
    w.role,
    o.ref_area,
    o.time_period,
    o.obs_value,
    o.obs_status,
    o.source,
    s.title_en as source_en,
    s.title_es as source_es,
    s.publisher,
    s.url,
    s.licence_en,
    s.licence_es,
    o.vintage,
    i.reference_year,
    i.input_source,
    f.footnote_en,
    f.footnote_es
from wanted as w
join observation as o
    on o.series = w.series and o.ref_area = $area and o.time_period between w.from_year and $year
join source as s on s.source = o.source
left join input_year as i
    on i.series = o.series and i.ref_area = o.ref_area and i.time_period = o.time_period
left join footnote as f on f.footnote = o.footnote
qualify row_number() over (partition by w.role order by o.time_period desc) = 1
order by w.role
"""

PROGRESS = """
-- one row per KPI with a target, area and method
select p.*
from progress as p
join kpi as k on k.kpi = p.kpi
where list_contains($kpis, p.kpi) and list_contains($areas, p.ref_area) and list_contains($methods, p.method)
order by k.position, p.ref_area, p.method
"""

STAGES = """
-- one row per dimension, area and year
select s.*
from stage as s
join dimension as d on d.dimension = s.dimension
where ($areas is null or list_contains($areas, s.ref_area)) and ($year is null or s.time_period = $year)
order by s.ref_area, s.time_period, d.position
"""

EXPLORE = """
-- one row per KPI, area and year held
select
    v.kpi,
    v.ref_area,
    v.time_period,
    v.obs_value,
    v.obs_status,
    s.rank,
    s.n,
    v.age,
    v.old,
    k.unit_measure,
    v.source,
    o.licence_en,
    o.licence_es,
    v.vintage,
    i.reference_year,
    i.input_source
from kpi_value as v
join kpi as k on k.kpi = v.kpi
join source as o on o.source = v.source
left join standing as s on s.measure = v.kpi and s.ref_area = v.ref_area and s.time_period = v.time_period
left join input_year as i on i.kpi = v.kpi and i.ref_area = v.ref_area and i.time_period = v.time_period
where ($kpis is null or list_contains($kpis, v.kpi))
    and ($first is null or v.time_period >= $first)
    and ($last is null or v.time_period <= $last)
    and ($statuses is null or list_contains($statuses, v.obs_status))
    and ($sources is null or list_contains($sources, v.source))
    and (
        (len($areas) = 0 and len($groups) = 0)
        or list_contains($areas, v.ref_area)
        or exists (
            from area_group as g
            where list_contains($groups, g.group_id) and g.ref_area = v.ref_area
                and v.time_period between g.valid_from and g.valid_to
        )
    )
order by k.position, v.time_period desc, v.ref_area
"""

SCHEMA = """
-- one row per table and column
select table_name, column_name, data_type
from duckdb_columns()
where database_name = current_database() and not internal
order by table_name, column_index
"""
