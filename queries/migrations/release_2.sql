-- A release, format 2: protected cells, and what is computed from them alone. Frozen once written.
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
    data_through date not null
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
    trend_pct_per_year double
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
    basis varchar not null check (basis in ('model', 'same_months', 'cumulative', 'year_before')),
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
    power double not null,
    verdict varchar not null,
    warnings varchar not null,
    fall_if_hidden_1 double,
    fall_if_hidden_4 double
);
