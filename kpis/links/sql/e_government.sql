-- One row per (kpi): KPIs that may stand on the e-government side, because their source says so.
select k.kpi from kpi as k join source as s on s.source = k.source where s.e_government order by k.position
