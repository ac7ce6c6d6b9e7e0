-- The business whose calls are answered: one row, replaced as a whole by `business apply`.
create table business (
    only_row boolean primary key default true constraint business_is_one check (only_row),
    name text not null,
    time_zone text not null,
    language text not null,
    persona text not null,
    voice text not null,
    disclosure text,
    transfer_number text,
    booking_link text,
    slot_step_minutes integer not null default 30 constraint business_slot_step check (slot_step_minutes between 5 and 240),
    lead_minutes integer not null default 60 constraint business_lead check (lead_minutes >= 0),
    horizon_days integer not null default 60 constraint business_horizon check (horizon_days between 1 and 365),
    applied_at timestamptz not null default now()
);

-- What can be booked. `name` is the word in contracts, `label` what is said.
create table services (
    name text primary key,
    label text not null,
    duration_minutes integer not null constraint services_duration check (duration_minutes between 5 and 1440),
    buffer_minutes integer not null default 0 constraint services_buffer check (buffer_minutes between 0 and 480),
    active boolean not null default true
);

-- Who or what an appointment needs: a chair, a room, a person. Bookings keep pointing at retired ones.
create table resources (
    id uuid primary key default gen_random_uuid(),
    name text not null constraint resources_name_once unique,
    active boolean not null default true
);

-- Local times in the business's zone; several rows a day for a lunch break. 1 is Monday.
create table opening_hours (
    weekday smallint not null constraint opening_hours_weekday check (weekday between 1 and 7),
    opens time not null,
    closes time not null,
    constraint opening_hours_order check (opens < closes),
    primary key (weekday, opens)
);

-- Days with other hours, or none.
create table opening_exceptions (
    day date not null,
    opens time,
    closes time,
    label text,
    constraint opening_exceptions_order check ((opens is null and closes is null) or opens < closes),
    constraint opening_exceptions_once unique nulls not distinct (day, opens)
);
