-- question: What stood in force for a reporter, month by month, just after one of its submissions came in?
-- grain: one row per month filed by then
-- params: submission; scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, submission varchar, count bigint
-- unit: inquiries (or cases), exact
with

moment as (
    select source, reporter, sequence
    from submission
    where submission = $submission
      and (list_contains($scope, '*') or list_contains($scope, source || '/' || reporter))
),

decided as (
    select decision.submission, decision.kind
    from decision
    where decision.sequence in (
        select max(earlier.sequence)
        from decision as earlier
        join moment on earlier.sequence <= moment.sequence
        group by earlier.submission
    )
),

ranked as (
    select
        submission_month.month,
        submission.submission,
        row_number() over (partition by submission_month.month order by submission.sequence desc) as age
    from submission
    join moment
        on moment.source = submission.source
        and moment.reporter = submission.reporter
        and submission.sequence <= moment.sequence
    join submission_month on submission_month.submission = submission.submission
    left join decided on decided.submission = submission.submission
    where coalesce(decided.kind, 'restored') <> 'withdrawn'
)

select ranked.month, ranked.submission, coalesce(sum(counts.count), 0)::bigint as count
from ranked
left join inquiry_count as counts
    on counts.submission = ranked.submission and counts.month = ranked.month
where ranked.age = 1
group by ranked.month, ranked.submission
order by ranked.month
