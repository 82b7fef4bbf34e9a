-- question: How many inquiries are missing so far, month by month since the first affected month?
-- grain: one row per month
-- params: source; dimension_1, value_1, dimension_2, value_2 (empty for all)
-- columns: month date, missing double, low double, high double
-- unit: inquiries (or cases) after disclosure control; negative when more came than expected
select month, missing, low, high
from missing
where source = $source
  and dimension_1 = $dimension_1
  and value_1 = $value_1
  and dimension_2 = $dimension_2
  and value_2 = $value_2
order by month
