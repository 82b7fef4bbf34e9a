-- question: How far does each month of the baseline lie from its fit?
-- grain: one row per month of the baseline
-- params: source; dimension_1, value_1, dimension_2, value_2 (empty for all)
-- columns: month date, residual double
-- unit: standard deviations (Pearson residuals)
select month, residual
from residual
where source = $source
  and dimension_1 = $dimension_1
  and value_1 = $value_1
  and dimension_2 = $dimension_2
  and value_2 = $value_2
order by month
