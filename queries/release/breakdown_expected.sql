-- question: How many inquiries were expected each month, value by value of a dimension, of all or of one choice?
-- grain: one row per value and month that has an expectation; one value, empty, without a dimension
-- params: source; dimension (empty for no breakdown); chosen_dimension, chosen_value (empty for all)
-- columns: code varchar, month date, expected double
-- unit: inquiries (or cases), from figures after disclosure control
with

own as (
    select value_1 as code, month, expected
    from expected
    where source = $source
      and dimension_1 = $dimension
      and dimension_2 = $chosen_dimension
      and value_2 = $chosen_value
    union
    select value_2 as code, month, expected
    from expected
    where source = $source
      and dimension_1 = $chosen_dimension
      and value_1 = $chosen_value
      and dimension_2 = $dimension
)

select code, month, expected
from own
order by code, month
