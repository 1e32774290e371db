-- One row per (ref_area): what peers of UN Member States are chosen by; a feature may be up to $max_age years older
-- than the newest value of its series.
select
    a.ref_area, a.region, a.subregion, a.income, a.sids, a.ldc, a.lldc, a.population,
    f.ln_income, f.ln_population, f.connectivity, f.schooling
from area as a
left join (
    with held as (
        select series as feature, ref_area, time_period, obs_value from observation
        where series in ($ln_income, $ln_population)
        union all
        select kpi, ref_area, time_period, obs_value from kpi_value where kpi in ($connectivity, $schooling)
    ),
    recent as (
        select * from held
        qualify time_period >= max(time_period) over (partition by feature) - $max_age
    )
    select
        ref_area,
        ln(arg_max(obs_value, time_period) filter (feature = $ln_income)) as ln_income,
        ln(arg_max(obs_value, time_period) filter (feature = $ln_population)) as ln_population,
        arg_max(obs_value, time_period) filter (feature = $connectivity) as connectivity,
        arg_max(obs_value, time_period) filter (feature = $schooling) as schooling
    from recent group by ref_area
) as f on f.ref_area = a.ref_area
where a.un_member
order by a.ref_area
