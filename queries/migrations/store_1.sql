-- The exact store, version 1: every submission and every decision about it, each kept for ever.
-- Ids and the order of things are made by the program, so that another engine can hold the same tables.

create table store_version (version integer not null);

create table source (
    source varchar primary key,
    name_da varchar not null,
    name_en varchar not null,
    unit varchar not null,
    columns varchar not null,
    synthetic boolean not null
);

create table reporter (
    source varchar not null,
    reporter varchar not null,
    name_da varchar not null,
    name_en varchar not null,
    primary key (source, reporter)
);

create table submission (
    submission varchar primary key,
    sequence bigint not null unique,
    source varchar not null,
    reporter varchar not null,
    received_at timestamp not null,
    actor varchar not null,
    fingerprint varchar not null,
    row_count bigint not null,
    total bigint not null
);

create table submission_month (
    submission varchar not null,
    month date not null,
    primary key (submission, month)
);

create table inquiry_count (
    submission varchar not null,
    month date not null,
    municipality varchar not null,
    channel varchar not null,
    theme varchar not null,
    inquirer varchar not null,
    age_band varchar not null,
    gender varchar not null,
    count bigint not null check (count >= 0)
);

create table decision (
    decision varchar primary key,
    sequence bigint not null unique,
    submission varchar not null,
    kind varchar not null check (kind in ('withdrawn', 'restored')),
    decided_at timestamp not null,
    actor varchar not null,
    reason varchar not null
);

-- The mark by which a store knows the secret that has protected its figures.
create table secret_mark (mark varchar not null);

create table release (
    release varchar primary key,
    number integer not null unique,
    released_at timestamp not null,
    actor varchar not null,
    note varchar not null,
    forced_because varchar not null,
    synthetic boolean not null,
    policy varchar not null
);

create table recall (
    release varchar primary key,
    recalled_at timestamp not null,
    actor varchar not null,
    because varchar not null
);

-- Which submission each release took for a reporter's month: a small correction waits, so that two
-- releases cannot be subtracted.
create table release_month (
    release varchar not null,
    source varchar not null,
    reporter varchar not null,
    month date not null,
    submission varchar not null,
    primary key (release, source, reporter, month)
);

create view submission_state as
select
    submission.submission,
    submission.sequence,
    submission.source,
    submission.reporter,
    coalesce(latest.kind, 'restored') <> 'withdrawn' as stands
from submission
left join (
    select submission, kind, row_number() over (partition by submission order by sequence desc) as age
    from decision
) as latest on latest.submission = submission.submission and latest.age = 1;

create view month_in_force as
select source, reporter, month, submission
from (
    select
        state.source,
        state.reporter,
        submission_month.month,
        state.submission,
        row_number() over (
            partition by state.source, state.reporter, submission_month.month
            order by state.sequence desc
        ) as age
    from submission_state as state
    join submission_month on submission_month.submission = state.submission
    where state.stands
) as standing
where age = 1;

create view inquiry_in_force as
select
    in_force.source,
    in_force.reporter,
    inquiry_count.month,
    inquiry_count.municipality,
    inquiry_count.channel,
    inquiry_count.theme,
    inquiry_count.inquirer,
    inquiry_count.age_band,
    inquiry_count.gender,
    inquiry_count.count
from inquiry_count
join month_in_force as in_force
    on in_force.submission = inquiry_count.submission and in_force.month = inquiry_count.month;

insert into store_version values (1);
