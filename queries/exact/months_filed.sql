-- question: For each month of one source, how many reporters have filed and how many owe it?
-- grain: one row per month from the first filed month to the newest
-- params: source; scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, filed bigint, owed bigint
-- unit: reporters; owed are those that filed the month or any of the twelve months before it
with

filed as (
    select reporter, month
    from month_in_force
    where source = $source
      and (list_contains($scope, '*') or list_contains($scope, source || '/' || reporter))
),

months as (
    select unnest(generate_series(min(month), max(month), interval 1 month))::date as month
    from filed
),

expected_reporters as (
    select distinct months.month, filed.reporter
    from months
    join filed on filed.month between (months.month - interval 12 month)::date and months.month
)

select
    months.month,
    count(filed.reporter)::bigint as filed,
    count(expected_reporters.reporter)::bigint as owed
from months
left join expected_reporters on expected_reporters.month = months.month
left join filed on filed.month = months.month and filed.reporter = expected_reporters.reporter
group by months.month
order by months.month
