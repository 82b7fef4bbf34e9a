-- question: Which inquiries were registered in some months of one source, whoever filed them?
-- grain: one row per month and combination of what the source registers
-- params: source; submissions (the submission/month pairs that speak); scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, municipality varchar, channel varchar, theme varchar, inquirer varchar, age_band varchar, gender varchar, count bigint
-- unit: inquiries (or cases), exact
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
join submission on submission.submission = counted.submission
where submission.source = $source
  and list_contains($submissions, counted.submission || '/' || strftime(counted.month, '%Y-%m'))
  and (list_contains($scope, '*') or list_contains($scope, submission.source || '/' || submission.reporter))
group by all
order by counted.month, municipality, channel, theme, inquirer, age_band, gender
