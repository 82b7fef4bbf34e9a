-- question: How many inquiries, and which key, are in every cell of every period that may be shown for it?
-- grain: one row per period and at most two dimensions
-- params: none
-- columns: period_kind varchar, period varchar, first_month date, dimension_1 varchar, value_1 varchar, dimension_2 varchar, value_2 varchar, count bigint, cell_key bigint
-- unit: inquiries (or cases), exact; cell_key is the sum of the rows' keys, modulo 2^32
select
    period.period_kind,
    period.period,
    period.first_month::date as first_month,
    month_cell.dimension_1,
    month_cell.value_1,
    month_cell.dimension_2,
    month_cell.value_2,
    sum(month_cell.count)::bigint as count,
    (sum(month_cell.row_keys) % 4294967296)::bigint as cell_key
from month_cell
join period on month_cell.month between period.first_month and period.last_month
where month_cell.dimension_1 <> 'municipality'
   or period.period_kind in ('quarter', 'year')
   or (period.period_kind = 'phase' and period.months >= 3)
group by all
order by dimension_1, value_1, dimension_2, value_2, period_kind, first_month
