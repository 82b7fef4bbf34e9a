-- question: How many inquiries came in each region or each municipality in one period?
-- grain: one row per value of the dimension
-- params: source; dimension (region or municipality); period_kind; period
-- columns: code varchar, state varchar, count bigint
-- unit: inquiries (or cases) after disclosure control; count is null when hidden or not reported
select label.code, coverage.state, cell.count
from coverage
join label
    on label.dimension = $dimension
left join cell
    on cell.source = coverage.source
    and cell.period_kind = coverage.period_kind
    and cell.period = coverage.period
    and cell.dimension_1 = label.dimension
    and cell.value_1 = label.code
    and cell.dimension_2 = ''
where coverage.source = $source
  and coverage.period_kind = $period_kind
  and coverage.period = $period
order by label.rank
