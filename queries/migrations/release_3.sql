-- A release, format 3: protected cells, and what is computed from them alone. Frozen once written.
-- An empty dimension means "all"; a hidden cell is absent.

create table about (key varchar primary key, value varchar not null);

create table source (
    source varchar primary key,
    name_da varchar not null,
    name_en varchar not null,
    unit varchar not null,
    columns varchar not null,
    synthetic boolean not null,
    first_month date not null,
    data_through date not null,
    -- Whether the months that are compared hold only reporters that filed throughout.
    same_reporters boolean not null
);

create table label (
    dimension varchar not null,
    code varchar not null,
    group_code varchar not null,
    rank integer not null,
    label_da varchar not null,
    label_en varchar not null,
    primary key (dimension, code)
);

create table phase (
    phase varchar primary key,
    role varchar not null,
    first_month date not null,
    last_month date not null,
    shaded boolean not null,
    label_da varchar not null,
    label_en varchar not null,
    short_da varchar not null,
    short_en varchar not null
);

create table event (
    event varchar primary key,
    first_day date not null,
    last_day date,
    area varchar not null,
    theme varchar not null,
    title_da varchar not null,
    title_en varchar not null,
    source_url varchar not null,
    source_date varchar not null,
    precision varchar not null
);

create table period (
    period_kind varchar not null,
    period varchar not null,
    first_month date not null,
    last_month date not null,
    primary key (period_kind, period)
);

create table coverage (
    source varchar not null,
    period_kind varchar not null,
    period varchar not null,
    first_month date not null,
    state varchar not null check (state in ('complete', 'provisional', 'missing')),
    -- Whether the source's total of the period holds counts that a reporter masked. Not told for
    -- smaller cells: it would say that somebody is there.
    masked boolean not null,
    primary key (source, period_kind, period)
);

-- The first month under a new definition, and what to call the figures on either side.
create table series_break (
    source varchar not null,
    month date not null,
    left_da varchar not null,
    left_en varchar not null,
    right_da varchar not null,
    right_en varchar not null,
    primary key (source, month)
);

-- Months that stand in no baseline, and the steward's reason.
create table excluded_month (
    source varchar not null,
    month date not null,
    reason_da varchar not null,
    reason_en varchar not null,
    primary key (source, month)
);

-- Reporters that joined or left: the first month filed, or the first not filed any more, and the
-- month from which the cells hold one reporter more or fewer (null when its months never stand in them).
create table reporter_change (
    source varchar not null,
    kind varchar not null check (kind in ('joined', 'left')),
    month date not null,
    counted_from date,
    name_da varchar not null,
    name_en varchar not null
);

create table cell (
    source varchar not null,
    dimension_1 varchar not null,
    value_1 varchar not null,
    dimension_2 varchar not null,
    value_2 varchar not null,
    period_kind varchar not null,
    period varchar not null,
    first_month date not null,
    count bigint not null
);

create table fit (
    source varchar not null,
    dimension_1 varchar not null,
    value_1 varchar not null,
    dimension_2 varchar not null,
    value_2 varchar not null,
    outcome varchar not null,
    baseline_first date,
    baseline_last date,
    months integer not null,
    hidden_months integer not null,
    season varchar not null,
    dispersion double,
    autocorrelation double,
    trend_pct_per_year double,
    coefficients integer
);

-- How far each month of the baseline lies from its fit, in standard deviations (Pearson).
create table residual (
    source varchar not null,
    dimension_1 varchar not null,
    value_1 varchar not null,
    dimension_2 varchar not null,
    value_2 varchar not null,
    month date not null,
    residual double not null
);

create table expected (
    source varchar not null,
    dimension_1 varchar not null,
    value_1 varchar not null,
    dimension_2 varchar not null,
    value_2 varchar not null,
    month date not null,
    expected double not null,
    low bigint not null,
    high bigint not null
);

create table missing (
    source varchar not null,
    dimension_1 varchar not null,
    value_1 varchar not null,
    dimension_2 varchar not null,
    value_2 varchar not null,
    month date not null,
    missing double not null,
    low double not null,
    high double not null
);

create table effect (
    source varchar not null,
    dimension_1 varchar not null,
    value_1 varchar not null,
    dimension_2 varchar not null,
    value_2 varchar not null,
    -- The model and what stands in for it; the other baselines beside it; and the newest months.
    basis varchar not null check (basis in (
        'model', 'same_months', 'cumulative',
        'last_year', 'two_years', 'three_years', 'just_before', 'no_trend',
        'newest', 'year_before'
    )),
    period_kind varchar not null,
    period varchar not null,
    first_month date not null,
    last_month date not null,
    observed bigint not null,
    expected double not null,
    low bigint not null,
    high bigint not null,
    rate_ratio double not null,
    rr_low double,
    rr_high double,
    p double not null,
    -- p, but for groups that are looked at together.
    p_adjusted double not null,
    power double not null,
    -- The smallest fall, as a share, that would have been seen with 80 % probability; null when none would.
    smallest_fall double,
    verdict varchar not null,
    warnings varchar not null,
    fall_if_hidden_1 double,
    fall_if_hidden_4 double
);

-- Each group's rate ratio over that of the total's remaining part, in one phase.
create table contrast (
    source varchar not null,
    dimension_1 varchar not null,
    value_1 varchar not null,
    dimension_2 varchar not null,
    value_2 varchar not null,
    period varchar not null,
    ratio double not null,
    low double not null,
    high double not null,
    p double not null,
    p_adjusted double not null,
    -- Whether it differs, looked at together with the other groups of its dimension.
    differs boolean not null
);
