-- A leg that a `<Dial>` placed reports under its own CallSid: this one says whose call it belongs to.
alter table call_events add column parent_call_sid text;
create index call_events_by_parent on call_events (parent_call_sid) where parent_call_sid is not null;

-- When Twilio is asked about a call that nobody spoke of for long.
alter table calls add column reconcile_at timestamptz;

-- What callers said after the tone: where it is, for how long it is kept. The sound itself is Twilio's until it is fetched.
create table recordings (
    recording_sid text primary key constraint recordings_sid check (recording_sid ~ '^RE[0-9a-fA-F]{32}$'),
    call_sid text not null,
    seconds integer,
    state text not null
        constraint recordings_state check (state in ('expected', 'none', 'waiting', 'kept', 'fetched', 'failed', 'deleted')),
    file text,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    error_reason text,
    created_at timestamptz not null default now(),
    deleted_at timestamptz
);
create index recordings_due on recordings (next_attempt_at) where state = 'waiting';
create index recordings_by_age on recordings (created_at) where state in ('waiting', 'kept', 'fetched', 'failed');
create index recordings_by_call on recordings (call_sid);
