-- One row per (ref_area, time_period): UN Member States; values marked unreliable (U) are left out.
select v.ref_area, v.time_period, v.obs_value
from kpi_value as v
join area as a on a.ref_area = v.ref_area and a.un_member
where v.kpi = $kpi and v.obs_status <> 'U'
