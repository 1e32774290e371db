-- One row per KPI derived from two direct KPIs of the same year: difference a - b, ratio a / b.
-- A year with only one of the two has no row. The status is the less reliable of the two.
-- Rounded far below what a source prints, so that equal results are equal and share a rank (24.1 and
-- 24.100000000000001, 0.7 / 0.1 and 7): a difference to 9 decimals, a ratio to 12 significant digits.
select
    k.kpi,
    a.ref_area,
    a.time_period,
    case k.derive
        when 'difference' then round(a.obs_value - b.obs_value, 9)
        when 'ratio' then
            case when a.obs_value = 0 then 0 else round(
                a.obs_value / b.obs_value,
                11 - cast(floor(log10(abs(a.obs_value / b.obs_value))) as integer)
            ) end
    end as obs_value,
    greatest(a.obs_status, b.obs_status) as obs_status,  -- A < E < U
    k.source,
    greatest(a.vintage, b.vintage) as vintage,
    coalesce(a.footnote, b.footnote) as footnote
from kpi as k
join kpi_direct as a on a.kpi = k.input_a
join kpi_direct as b on b.kpi = k.input_b and b.ref_area = a.ref_area and b.time_period = a.time_period
where k.derive = 'difference' or (k.derive = 'ratio' and b.obs_value <> 0)
