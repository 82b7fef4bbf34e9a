-- question: Which submissions have come in, newest first, what did each hold, and what became of it?
-- grain: one row per submission
-- params: scope (source/reporter pairs the caller may see, * for all)
-- columns: submission varchar, source varchar, reporter varchar, received_at timestamp, actor varchar, fingerprint varchar, first_month date, last_month date, months bigint, months_in_force bigint, row_count bigint, total bigint, masked bigint, stands boolean, state varchar, decided_at timestamp, decided_by varchar, reason varchar
-- unit: submissions; totals are exact; state is in_force, replaced or withdrawn
with

months as (
    select
        submission_month.submission,
        min(submission_month.month) as first_month,
        max(submission_month.month) as last_month,
        count(*) as months,
        count(in_force.month) as months_in_force
    from submission_month
    left join month_in_force as in_force
        on in_force.submission = submission_month.submission and in_force.month = submission_month.month
    group by submission_month.submission
),

masked as (
    select submission, count(*) as masked
    from inquiry_count
    where masked
    group by submission
),

latest as (
    select submission, decided_at, actor, reason
    from decision
    where sequence in (select max(sequence) from decision group by submission)
)

select
    submission.submission,
    submission.source,
    submission.reporter,
    submission.received_at,
    submission.actor,
    left(submission.fingerprint, 12) as fingerprint,
    months.first_month,
    months.last_month,
    months.months,
    months.months_in_force,
    submission.row_count,
    submission.total,
    coalesce(masked.masked, 0)::bigint as masked,
    state.stands,
    case
        when not state.stands then 'withdrawn'
        when months.months_in_force = 0 then 'replaced'
        else 'in_force'
    end as state,
    latest.decided_at,
    latest.actor as decided_by,
    latest.reason
from submission
join submission_state as state on state.submission = submission.submission
join months on months.submission = submission.submission
left join masked on masked.submission = submission.submission
left join latest on latest.submission = submission.submission
where list_contains($scope, '*') or list_contains($scope, submission.source || '/' || submission.reporter)
order by submission.sequence desc
