-- One row per (kpi): areas short of the level that counts as reached, and how many get there by the year of the
-- target: by compound growth as UNSD carries it on, and by the sum of the chances of the forecast.
select
    g.kpi,
    f.time_period as target_year,
    g.nearly,
    cast(count(*) as integer) as n,
    cast(count(*) filter (
        p.direction * p.projected >= p.direction * g.nearly
    ) as integer) as growth,
    sum(f.p_nearly) as calibrated
from forecast_gate as g
join forecast as f on f.measure = g.kpi
join progress as p on p.kpi = g.kpi and p.ref_area = f.ref_area and p.method = 'unsd'
where
    p.direction * f.obs_value < p.direction * g.nearly
    and ($areas is null or list_contains($areas, f.ref_area))
group by g.kpi, f.time_period, g.nearly
order by g.kpi
