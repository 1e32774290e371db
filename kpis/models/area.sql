-- One row per ref_area (ISO 3166-1 alpha-3): UN M49 areas plus Kosovo and Taiwan.
-- Only UN Member States (un_member) are ranked and enter group figures.
select
    ref_area,
    iso2,
    m49,
    name_en,
    name_es,
    name_fr,
    name_pt,
    un_member = '1' as un_member,
    ldc = '1' as ldc,
    lldc = '1' as lldc,
    sids = '1' as sids,
    region,
    region_m49,
    subregion,
    subregion_m49,
    nullif(intermediate_region, '') as intermediate_region,
    nullif(income, '') as income,
    nullif(capital, '') as capital,
    cast(nullif(lat, '') as double) as lat,
    cast(nullif(lon, '') as double) as lon,
    cast(nullif(population, '') as double) as population,
    cast(nullif(population_year, '') as integer) as population_year
from staging_area
order by ref_area
