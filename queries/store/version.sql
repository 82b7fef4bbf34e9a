-- question: Which version of the store is this?
-- grain: one row
-- params: none
-- columns: version integer
-- unit: version number
select max(version) as version
from store_version
order by version
