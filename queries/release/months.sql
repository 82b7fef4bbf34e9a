-- question: How many inquiries came month by month under one choice, and how many were expected?
-- grain: one row per month from the source's first to its newest
-- params: source; dimension_1, value_1, dimension_2, value_2 (empty for all)
-- columns: month date, state varchar, masked boolean, count bigint, expected double, low bigint, high bigint
-- unit: inquiries (or cases) after disclosure control; count is null when hidden or not reported; masked when the source's total holds counts a reporter masked
select
    coverage.first_month as month,
    coverage.state,
    coverage.masked,
    cell.count,
    expected.expected,
    expected.low,
    expected.high
from coverage
left join cell
    on cell.source = coverage.source
    and cell.period_kind = coverage.period_kind
    and cell.period = coverage.period
    and cell.dimension_1 = $dimension_1
    and cell.value_1 = $value_1
    and cell.dimension_2 = $dimension_2
    and cell.value_2 = $value_2
left join expected
    on expected.source = coverage.source
    and expected.month = coverage.first_month
    and expected.dimension_1 = $dimension_1
    and expected.value_1 = $value_1
    and expected.dimension_2 = $dimension_2
    and expected.value_2 = $value_2
where coverage.source = $source
  and coverage.period_kind = 'month'
order by coverage.first_month
