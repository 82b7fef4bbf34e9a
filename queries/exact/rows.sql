-- question: Which inquiries were registered in some months of one source, whoever filed them?
-- grain: one row per month and combination of what the source registers
-- params: source; submissions (the submission/month pairs that speak); scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, municipality varchar, channel varchar, theme varchar, inquirer varchar, age_band varchar, gender varchar, count bigint
-- unit: inquiries (or cases), exact
with

speaking as (
    select split_part(pair, '/', 1) as submission, (split_part(pair, '/', 2) || '-01')::date as month
    from (select unnest($submissions) as pair)
)

select
    counted.month,
    counted.municipality,
    counted.channel,
    counted.theme,
    counted.inquirer,
    counted.age_band,
    counted.gender,
    sum(counted.count)::bigint as count
from inquiry_count as counted
join speaking on speaking.submission = counted.submission and speaking.month = counted.month
join submission on submission.submission = counted.submission
where submission.source = $source
  and (list_contains($scope, '*') or list_contains($scope, submission.source || '/' || submission.reporter))
group by all
order by counted.month, municipality, channel, theme, inquirer, age_band, gender
