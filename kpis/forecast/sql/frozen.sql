-- One row per (measure, ref_area, time_period): forecasts that were frozen before their edition was held.
select * from forecast_frozen
order by measure, ref_area, time_period
