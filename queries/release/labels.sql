-- question: Which values does a dimension have, and what are they called?
-- grain: one row per value, in order
-- params: dimension
-- columns: dimension varchar, code varchar, group_code varchar, rank integer, label_da varchar, label_en varchar
-- unit: values
select dimension, code, group_code, rank, label_da, label_en
from label
where dimension = $dimension
order by rank
