-- question: How many inquiries, and which key, are in every cell of every month of one source?
-- grain: one row per month and at most two dimensions, each one value or all (empty)
-- params: none
-- columns: month date, dimension_1 varchar, value_1 varchar, dimension_2 varchar, value_2 varchar, count bigint, row_keys bigint
-- unit: inquiries (or cases), exact; row_keys is the sum of the rows' keys, modulo 2^32
with

by_municipality as (
    select month, municipality, sum(count)::bigint as count, sum(row_key) as row_keys
    from keyed_row
    where municipality <> ''
    group by month, municipality
),

marginals as (
    select month, region, channel, theme, inquirer, age_band, gender, sum(count)::bigint as count, sum(row_key) as row_keys
    from keyed_row
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
        row_keys,
        list_filter([
            {'dimension': 'region', 'value': region::varchar},
            {'dimension': 'channel', 'value': channel::varchar},
            {'dimension': 'theme', 'value': theme::varchar},
            {'dimension': 'inquirer', 'value': inquirer::varchar},
            {'dimension': 'age_band', 'value': age_band::varchar},
            {'dimension': 'gender', 'value': gender::varchar}
        ], lambda pair: pair.value is not null) as pairs
    from marginals
    union all
    select month, count, row_keys, [{'dimension': 'municipality', 'value': municipality::varchar}]
    from by_municipality
),

leaves as (
    select
        month,
        coalesce(pairs[1].dimension, '') as dimension_1,
        coalesce(pairs[1].value, '') as value_1,
        coalesce(pairs[2].dimension, '') as dimension_2,
        coalesce(pairs[2].value, '') as value_2,
        count,
        row_keys
    from chosen
)

select
    leaves.month::date as month,
    leaves.dimension_1,
    first_value_shown.shown as value_1,
    leaves.dimension_2,
    second_value_shown.shown as value_2,
    sum(leaves.count)::bigint as count,
    (sum(leaves.row_keys) % 4294967296)::bigint as row_keys
from leaves
join shown_value as first_value_shown
    on first_value_shown.dimension = leaves.dimension_1 and first_value_shown.code = leaves.value_1
join shown_value as second_value_shown
    on second_value_shown.dimension = leaves.dimension_2 and second_value_shown.code = leaves.value_2
group by all
order by month, dimension_1, value_1, dimension_2, value_2
