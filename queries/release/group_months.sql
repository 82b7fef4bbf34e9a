-- question: How many inquiries came month by month in each group of one dimension, and how many were expected?
-- grain: one row per group (a value that is no part of another) and month
-- params: source; dimension
-- columns: code varchar, month date, state varchar, count bigint, expected double, low bigint, high bigint
-- unit: inquiries (or cases) after disclosure control; count is null when hidden or not reported
select
    label.code,
    coverage.first_month as month,
    coverage.state,
    cell.count,
    expected.expected,
    expected.low,
    expected.high
from label
join coverage
    on coverage.source = $source
    and coverage.period_kind = 'month'
left join cell
    on cell.source = coverage.source
    and cell.period_kind = coverage.period_kind
    and cell.period = coverage.period
    and cell.dimension_1 = label.dimension
    and cell.value_1 = label.code
    and cell.dimension_2 = ''
left join expected
    on expected.source = coverage.source
    and expected.month = coverage.first_month
    and expected.dimension_1 = label.dimension
    and expected.value_1 = label.code
    and expected.dimension_2 = ''
where label.dimension = $dimension
  and label.group_code = ''
order by label.rank, coverage.first_month
