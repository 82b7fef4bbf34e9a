-- question: How many inquiries came in each period of one kind, value by value of a dimension, of all or of one choice?
-- grain: one row per value and period, in order; one value, empty, without a dimension
-- params: source; period_kind (month/quarter/year/phase); dimension (empty for no breakdown), group_code (empty for values that are no part of another); chosen_dimension, chosen_value (empty for all)
-- columns: code varchar, label_da varchar, label_en varchar, period varchar, first_month date, last_month date, state varchar, masked boolean, count bigint
-- unit: inquiries (or cases) after disclosure control; count is null when hidden or not reported; masked when the source's total holds counts a reporter masked
with

line as (
    select code, rank, label_da, label_en
    from label
    where dimension = $dimension and group_code = $group_code
    union all
    select '', 0, '', ''
    where $dimension = ''
),

-- A cell of two dimensions has them in one order alone, so the breakdown is sought on either side.
own as (
    select value_1 as code, period, count
    from cell
    where source = $source
      and dimension_1 = $dimension
      and dimension_2 = $chosen_dimension
      and value_2 = $chosen_value
      and period_kind = $period_kind
    union
    select value_2 as code, period, count
    from cell
    where source = $source
      and dimension_1 = $chosen_dimension
      and value_1 = $chosen_value
      and dimension_2 = $dimension
      and period_kind = $period_kind
)

select
    line.code, line.label_da, line.label_en,
    coverage.period, coverage.first_month, period.last_month, coverage.state, coverage.masked,
    own.count
from line
cross join coverage
join period
    on period.period_kind = coverage.period_kind
    and period.period = coverage.period
left join own
    on own.code = line.code
    and own.period = coverage.period
where coverage.source = $source
  and coverage.period_kind = $period_kind
order by line.rank, coverage.first_month
