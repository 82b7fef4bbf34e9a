-- question: How far did each period depart from what was expected, or the newest month from the year before, value by value of a dimension, of all or of one choice?
-- grain: one row per value, basis (model, same_months or year_before) and period; one value, empty, without a dimension
-- params: source; dimension (empty for no breakdown); chosen_dimension, chosen_value (empty for all)
-- columns: code varchar, basis varchar, period varchar, observed bigint, expected double, low bigint, high bigint, rate_ratio double, rr_low double, rr_high double, verdict varchar
-- unit: inquiries (or cases) after disclosure control
with

told as (
    select *
    from effect
    where source = $source
      and basis in ('model', 'same_months', 'year_before')
),

own as (
    select value_1 as code, *
    from told
    where dimension_1 = $dimension
      and dimension_2 = $chosen_dimension
      and value_2 = $chosen_value
    union
    select value_2 as code, *
    from told
    where dimension_1 = $chosen_dimension
      and value_1 = $chosen_value
      and dimension_2 = $dimension
)

select code, basis, period, observed, expected, low, high, rate_ratio, rr_low, rr_high, verdict
from own
order by code, basis, period
