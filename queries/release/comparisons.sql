-- question: From which month to which does each kind of comparison of one source reach?
-- grain: one row per basis, and one for the months that the expectations are made of (baseline)
-- params: source
-- columns: basis varchar, first_month date, last_month date
-- unit: months
select basis, min(first_month) as first_month, max(last_month) as last_month
from (
    select 'baseline' as basis, baseline_first as first_month, baseline_last as last_month
    from fit
    where source = $source
      and baseline_first is not null
    union all
    select basis, first_month, last_month
    from effect
    where source = $source
) as reaching
group by basis
order by basis
