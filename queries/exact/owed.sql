-- question: Which months does each reporter still owe, up to the newest month that has ended?
-- grain: one row per source, reporter and month owed
-- params: newest; scope (source/reporter pairs the caller may see, * for all)
-- columns: source varchar, reporter varchar, month date
-- unit: months; a reporter owes each month that follows within twelve months of one it has filed
with

filed as (
    select source, reporter, month
    from month_in_force
    where list_contains($scope, '*') or list_contains($scope, source || '/' || reporter)
),

months as (
    select source, unnest(generate_series(min(month), $newest::date, interval 1 month))::date as month
    from filed
    group by source
),

expected as (
    select distinct months.source, filed.reporter, months.month
    from months
    join filed
        on filed.source = months.source
        and filed.month between (months.month - interval 12 month)::date and months.month
)

select source, reporter, month
from expected
where not exists (
    select 1
    from filed
    where filed.source = expected.source
      and filed.reporter = expected.reporter
      and filed.month = expected.month
)
order by source, month, reporter
