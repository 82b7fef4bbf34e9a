-- question: How many inquiries did the caller's own bodies register in some months of one source, by the dimensions chosen?
-- grain: one row per month and combination of the chosen dimensions; those not chosen are empty
-- params: source; first; last; dimensions (columns to count by); municipality, channel, theme, inquirer, age_band, gender (codes, null for all); scope (source/reporter pairs the caller may see, * for all)
-- columns: month date, municipality varchar, channel varchar, theme varchar, inquirer varchar, age_band varchar, gender varchar, exact bigint, masked bigint
-- unit: inquiries (or cases) in force; exact is the sum of the counts that are known, masked how many more rows are known as 1 to 4 alone
with

speaking as (
    select submission, month
    from month_in_force
    where source = $source
      and month between $first::date and $last::date
      and (list_contains($scope, '*') or list_contains($scope, source || '/' || reporter))
)

select
    counts.month,
    case when list_contains($dimensions, 'municipality') then counts.municipality else '' end as municipality,
    case when list_contains($dimensions, 'channel') then counts.channel else '' end as channel,
    case when list_contains($dimensions, 'theme') then counts.theme else '' end as theme,
    case when list_contains($dimensions, 'inquirer') then counts.inquirer else '' end as inquirer,
    case when list_contains($dimensions, 'age_band') then counts.age_band else '' end as age_band,
    case when list_contains($dimensions, 'gender') then counts.gender else '' end as gender,
    coalesce(sum(case when counts.masked then 0 else counts.count end), 0)::bigint as exact,
    coalesce(sum(case when counts.masked then 1 else 0 end), 0)::bigint as masked
from inquiry_count as counts
join speaking on speaking.submission = counts.submission and speaking.month = counts.month
where ($municipality is null or list_contains($municipality, counts.municipality))
  and ($channel is null or list_contains($channel, counts.channel))
  and ($theme is null or list_contains($theme, counts.theme))
  and ($inquirer is null or list_contains($inquirer, counts.inquirer))
  and ($age_band is null or list_contains($age_band, counts.age_band))
  and ($gender is null or list_contains($gender, counts.gender))
group by all
order by all
