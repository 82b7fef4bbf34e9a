-- question: How many inquiries came in each quarter, year or phase under one choice?
-- grain: one row per period of one kind, in order
-- params: source; period_kind (quarter, year or phase); dimension_1, value_1, dimension_2, value_2 (empty for all)
-- columns: period varchar, month date, state varchar, masked boolean, count bigint
-- unit: inquiries (or cases) after disclosure control; count is null when hidden or not reported; masked when the source's total holds counts a reporter masked
select
    coverage.period,
    coverage.first_month as month,
    coverage.state,
    coverage.masked,
    cell.count
from coverage
left join cell
    on cell.source = coverage.source
    and cell.period_kind = coverage.period_kind
    and cell.period = coverage.period
    and cell.dimension_1 = $dimension_1
    and cell.value_1 = $value_1
    and cell.dimension_2 = $dimension_2
    and cell.value_2 = $value_2
where coverage.source = $source
  and coverage.period_kind = $period_kind
order by coverage.first_month
