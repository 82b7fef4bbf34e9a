-- question: What does this release say of itself?
-- grain: one row per fact
-- params: none
-- columns: key varchar, value varchar
-- unit: facts
select key, value
from about
order by key
