-- One row per measure, ref_area and time_period: the forecast of an edition as it was frozen before that edition was
-- held, with the day and the data version that it was made from. Quantiles as in `forecast`, and more of them.
select f.*
from staging_forecast_frozen as f
order by f.measure, f.ref_area, f.time_period
