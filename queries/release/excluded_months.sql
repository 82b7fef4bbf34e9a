-- question: Which months of one source stand in no baseline, and why?
-- grain: one row per month
-- params: source
-- columns: month date, reason_da varchar, reason_en varchar
-- unit: months
select month, reason_da, reason_en
from excluded_month
where source = $source
order by month
