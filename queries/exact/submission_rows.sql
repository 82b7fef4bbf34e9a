-- question: Which rows did some submissions bring for some months?
-- grain: one row per month and combination of what the source registers
-- params: submissions (submission/month pairs); scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, municipality varchar, channel varchar, theme varchar, inquirer varchar, age_band varchar, gender varchar, count bigint, masked boolean
-- unit: inquiries (or cases), exact
with

speaking as (
    select split_part(pair, '/', 1) as submission, (split_part(pair, '/', 2) || '-01')::date as month
    from (select unnest($submissions) as pair)
)

select counted.month, municipality, channel, theme, inquirer, age_band, gender, counted.count, counted.masked
from inquiry_count as counted
join speaking on speaking.submission = counted.submission and speaking.month = counted.month
join submission on submission.submission = counted.submission
where list_contains($scope, '*') or list_contains($scope, submission.source || '/' || submission.reporter)
order by counted.month, municipality, channel, theme, inquirer, age_band, gender
