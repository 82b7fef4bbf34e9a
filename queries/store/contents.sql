-- question: What does each of these submissions hold, as months and one digest of its rows?
-- grain: one row per submission
-- params: submissions
-- columns: submission varchar, months varchar, first_month date, last_month date, digest varchar
-- unit: months as 2020-03 between spaces; the digest is of the rows in one order, empty without rows
with

months as (
    select
        submission,
        string_agg(strftime(month, '%Y-%m'), ' ' order by month) as months,
        min(month) as first_month,
        max(month) as last_month
    from submission_month
    where list_contains($submissions, submission)
    group by submission
),

written as (
    select
        submission,
        concat_ws(
            ';', strftime(month, '%Y-%m'), municipality, channel, theme, inquirer, age_band, gender, count, masked
        ) as line
    from inquiry_count
    where list_contains($submissions, submission)
),

digests as (
    select submission, sha256(string_agg(line, chr(10) order by line)) as digest
    from written
    group by submission
)

select
    months.submission,
    months.months,
    months.first_month,
    months.last_month,
    coalesce(digests.digest, '') as digest
from months
left join digests on digests.submission = months.submission
order by months.submission
