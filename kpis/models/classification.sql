-- One row per scheme, ref_area and time_period: the group or class that the publisher assigned.
-- Schemes: EGDI_GROUP, EGDI_RATING, OSI_GROUP, TII_GROUP, HCI_GROUP, EPI_GROUP, OGDI_GROUP (UN DESA), GTMI_GROUP
-- (World Bank).
select
    scheme,
    ref_area,
    cast(time_period as integer) as time_period,
    class,
    source
from staging_classification
order by scheme, ref_area, time_period
