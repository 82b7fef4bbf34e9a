-- question: Which place in the order of all labels kept comes next?
-- grain: one row
-- params: none
-- columns: sequence bigint
-- unit: place in the order, from 1
select (coalesce(max(sequence), 0) + 1)::bigint as sequence
from spelling
order by sequence
