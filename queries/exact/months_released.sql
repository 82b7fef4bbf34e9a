-- question: Which submission did the newest release take for each reporter and month of one source?
-- grain: one row per reporter and month
-- params: source; scope (source/reporter pairs the caller may see, * for all)
-- columns: reporter varchar, month date, submission varchar
-- unit: submissions; one that was erased since cannot be taken again
with

newest as (
    select release
    from release
    where release in (select release from release_month where source = $source)
    order by number desc
    limit 1
)

select release_month.reporter, release_month.month, release_month.submission
from release_month
join newest on newest.release = release_month.release
where release_month.source = $source
  and release_month.submission not in (select submission from erasure)
  and (list_contains($scope, '*') or list_contains($scope, release_month.source || '/' || release_month.reporter))
order by release_month.month, release_month.reporter
