-- question: How far did each group of one dimension depart from what was expected in one phase, and from the others together?
-- grain: one row per group (a value that is no part of another)
-- params: source; dimension; period (a phase)
-- columns: code varchar, label_da varchar, label_en varchar, observed bigint, expected double, low bigint, high bigint, rate_ratio double, rr_low double, rr_high double, p double, smallest_fall double, verdict varchar, ratio double, ratio_low double, ratio_high double, differs boolean
-- unit: inquiries (or cases) after disclosure control; null where a group is too small; ratio over the rate ratio of the rest
select
    label.code, label.label_da, label.label_en,
    effect.observed, effect.expected, effect.low, effect.high,
    effect.rate_ratio, effect.rr_low, effect.rr_high, effect.p,
    effect.smallest_fall, effect.verdict,
    contrast.ratio, contrast.low as ratio_low, contrast.high as ratio_high, coalesce(contrast.differs, false) as differs
from label
left join effect
    on effect.source = $source
    and effect.dimension_1 = label.dimension
    and effect.value_1 = label.code
    and effect.dimension_2 = ''
    and effect.period = $period
    and effect.basis in ('model', 'same_months')
left join contrast
    on contrast.source = $source
    and contrast.dimension_1 = label.dimension
    and contrast.value_1 = label.code
    and contrast.dimension_2 = ''
    and contrast.period = $period
where label.dimension = $dimension
  and label.group_code = ''
order by label.rank
