-- question: Are the newest month and the newest quarter of one source and its groups unusual?
-- grain: one row per group (or all) and period
-- params: source
-- columns: dimension_1 varchar, value_1 varchar, label_da varchar, label_en varchar, period_kind varchar, period varchar, first_month date, last_month date, observed bigint, expected double, low bigint, high bigint, rate_ratio double, rr_low double, rr_high double, p_adjusted double, smallest_fall double, verdict varchar, warnings varchar
-- unit: inquiries (or cases) after disclosure control; labels are null for all
select
    effect.dimension_1, effect.value_1, label.label_da, label.label_en,
    effect.period_kind, effect.period, effect.first_month, effect.last_month,
    effect.observed, effect.expected, effect.low, effect.high,
    effect.rate_ratio, effect.rr_low, effect.rr_high, effect.p_adjusted,
    effect.smallest_fall, effect.verdict, effect.warnings
from effect
left join label
    on label.dimension = effect.dimension_1
    and label.code = effect.value_1
where effect.source = $source
  and effect.basis = 'newest'
  and effect.dimension_2 = ''
order by effect.period_kind, effect.dimension_1, label.rank
