-- Where action asks a stream process whether it lives: inside, on its management port. A process of an older version says
-- nothing here, and is never taken for dead.
alter table stream_instances add column internal_address text;

-- When the process left in good order.
alter table stream_instances add column stopped_at timestamptz;

-- Twilio's name of the newest stream: what it says of an older one is old news.
alter table calls add column stream_sid text;

-- When the first of its streams began: what a call costs is counted from here.
alter table calls add column first_stream_at timestamptz;

create index calls_carried on calls (instance_id) where stream_ended_at is null and outcome is null;

-- Who takes up a call whose stream was lost, once a stream: the question after the stream and the reaper never both do.
create table call_takeovers (
    call_sid text not null,
    attempt integer not null constraint call_takeovers_attempt check (attempt > 0),
    taken_by text not null constraint call_takeovers_by check (taken_by in ('after_stream', 'reaper')),
    why text not null,
    next_attempt integer,
    tries integer not null default 1,
    taken_at timestamptz not null default clock_timestamp(),
    primary key (call_sid, attempt)
);
