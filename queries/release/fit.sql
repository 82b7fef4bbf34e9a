-- question: How was the expectation of one choice made, or why is there none?
-- grain: no row or one
-- params: source; dimension_1, value_1, dimension_2, value_2 (empty for all)
-- columns: outcome varchar, baseline_first date, baseline_last date, months integer, hidden_months integer, season varchar, dispersion double, autocorrelation double, trend_pct_per_year double, coefficients integer
-- unit: months; per cent a year
select outcome, baseline_first, baseline_last, months, hidden_months, season, dispersion, autocorrelation, trend_pct_per_year, coefficients
from fit
where source = $source
  and dimension_1 = $dimension_1
  and value_1 = $value_1
  and dimension_2 = $dimension_2
  and value_2 = $value_2
order by outcome
