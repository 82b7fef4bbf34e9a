-- question: What does this release show, cell by cell?
-- grain: one row per source, period and at most two dimensions
-- params: none
-- columns: source varchar, dimension_1 varchar, value_1 varchar, dimension_2 varchar, value_2 varchar, period_kind varchar, period varchar, first_month date, count bigint
-- unit: inquiries (or cases) after disclosure control
select source, dimension_1, value_1, dimension_2, value_2, period_kind, period, first_month, count
from cell
order by source, dimension_1, value_1, dimension_2, value_2, period_kind, first_month
