-- Every wait, by kind of action: for a delivery, and where journeys are cases, for the next step.
--
-- Opened by `done.sql`.

select from_table || '/' || name as action, stage, touchpoint, wait
from done
where wait is not null
