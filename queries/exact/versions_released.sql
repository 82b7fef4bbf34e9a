-- question: Which sets of submissions has any release taken for a month of one source, and was every reporter that owed the month among them?
-- grain: one row per month and set, newest first
-- params: source; scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, speaking varchar[], complete boolean, newest integer
-- unit: reporter/submission pairs; newest is the number of the last release that took them
with

taken as (
    select release.number, release_month.month, release_month.reporter, release_month.submission
    from release_month
    join release on release.release = release_month.release
    where release_month.source = $source
      and (list_contains($scope, '*') or list_contains($scope, release_month.source || '/' || release_month.reporter))
),

shown as (
    select number, month, list(reporter || '/' || submission order by reporter) as speaking
    from taken
    group by number, month
),

owing as (
    select distinct shown.number, shown.month
    from shown
    join taken as earlier
        on earlier.number = shown.number
        and earlier.month between (shown.month - interval 12 month)::date and shown.month
    left join taken as own
        on own.number = earlier.number and own.reporter = earlier.reporter and own.month = shown.month
    where own.reporter is null
)

select shown.month, shown.speaking, owing.month is null as complete, max(shown.number) as newest
from shown
left join owing on owing.number = shown.number and owing.month = shown.month
group by shown.month, shown.speaking, owing.month is null
order by month, newest desc
