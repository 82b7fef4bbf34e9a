-- question: How far did each phase, the whole span and the newest months depart from what was expected, by each baseline?
-- grain: one row per basis and period
-- params: source; dimension_1, value_1, dimension_2, value_2 (empty for all)
-- columns: basis varchar, period_kind varchar, period varchar, first_month date, last_month date, observed bigint, expected double, low bigint, high bigint, rate_ratio double, rr_low double, rr_high double, p double, p_adjusted double, power double, smallest_fall double, verdict varchar, warnings varchar, fall_if_hidden_1 double, fall_if_hidden_4 double
-- unit: inquiries (or cases) after disclosure control
select
    basis, period_kind, period, first_month, last_month,
    observed, expected, low, high,
    rate_ratio, rr_low, rr_high, p, p_adjusted, power, smallest_fall, verdict, warnings,
    fall_if_hidden_1, fall_if_hidden_4
from effect
where source = $source
  and dimension_1 = $dimension_1
  and value_1 = $value_1
  and dimension_2 = $dimension_2
  and value_2 = $value_2
order by first_month, basis
