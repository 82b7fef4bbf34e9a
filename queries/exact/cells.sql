-- question: How many inquiries are there in every cell of one source's lattice, before disclosure control?
-- grain: one row per period and at most two dimensions, each one value or all (empty)
-- params: source; scope (source/reporter pairs the caller may see, * for all)
-- columns: period_kind varchar, period varchar, first_month date, dimension_1 varchar, value_1 varchar, dimension_2 varchar, value_2 varchar, count bigint
-- unit: inquiries (or cases) in force, exact
with

in_scope as (
    select month, municipality, channel, theme, inquirer, age_band, gender, count
    from inquiry_in_force
    where source = $source
      and (list_contains($scope, '*') or list_contains($scope, source || '/' || reporter))
),

by_municipality as (
    select month, municipality, sum(count)::bigint as count
    from in_scope
    where municipality <> ''
    group by month, municipality
),

by_region as (
    select
        in_scope.month,
        case when in_scope.municipality = '' then '' else coalesce(seat.region, 'unknown') end as region,
        channel, theme, inquirer, age_band, gender,
        sum(count)::bigint as count
    from in_scope
    left join municipality_region as seat
        on seat.municipality = in_scope.municipality
        and in_scope.month between seat.first_month and seat.last_month
    group by all
),

marginals as (
    select month, region, channel, theme, inquirer, age_band, gender, sum(count)::bigint as count
    from by_region
    group by grouping sets (
        (month),
        (month, region), (month, channel), (month, theme), (month, inquirer), (month, age_band), (month, gender),
        (month, region, channel), (month, region, theme), (month, region, inquirer), (month, region, age_band), (month, region, gender),
        (month, channel, theme), (month, channel, inquirer), (month, channel, age_band), (month, channel, gender),
        (month, theme, inquirer), (month, theme, age_band), (month, theme, gender),
        (month, inquirer, age_band), (month, inquirer, gender),
        (month, age_band, gender)
    )
),

chosen as (
    select
        month,
        count,
        list_filter([
            {'dimension': 'region', 'value': region},
            {'dimension': 'channel', 'value': channel},
            {'dimension': 'theme', 'value': theme},
            {'dimension': 'inquirer', 'value': inquirer},
            {'dimension': 'age_band', 'value': age_band},
            {'dimension': 'gender', 'value': gender}
        ], lambda pair: pair.value is not null) as pairs
    from marginals
    union all
    select month, count, [{'dimension': 'municipality', 'value': municipality}]
    from by_municipality
),

leaves as (
    select
        month,
        coalesce(pairs[1].dimension, '') as dimension_1,
        coalesce(pairs[1].value, '') as value_1,
        coalesce(pairs[2].dimension, '') as dimension_2,
        coalesce(pairs[2].value, '') as value_2,
        count
    from chosen
),

shown_values as (
    select
        leaves.month,
        leaves.dimension_1,
        first_value_shown.shown as value_1,
        leaves.dimension_2,
        second_value_shown.shown as value_2,
        leaves.count
    from leaves
    join shown_value as first_value_shown
        on first_value_shown.dimension = leaves.dimension_1 and first_value_shown.code = leaves.value_1
    join shown_value as second_value_shown
        on second_value_shown.dimension = leaves.dimension_2 and second_value_shown.code = leaves.value_2
)

select
    period.period_kind,
    period.period,
    period.first_month::date as first_month,
    dimension_1,
    value_1,
    dimension_2,
    value_2,
    sum(count)::bigint as count
from shown_values
join period on shown_values.month between period.first_month and period.last_month
where dimension_1 <> 'municipality'
   or period.period_kind in ('quarter', 'year')
   or (period.period_kind = 'phase' and period.months >= 3)
group by all
order by dimension_1, value_1, dimension_2, value_2, period_kind, first_month
