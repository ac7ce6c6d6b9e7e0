-- One row a call. stream writes instance, attempt and how the stream ended; action writes the outcome. Either may come
-- first, and the announcement may be lost: both insert or update.
create table calls (
    call_sid text primary key,
    caller text,
    called text,
    attempt integer not null default 1,
    instance_id uuid,
    announced_at timestamptz,
    stream_started_at timestamptz,
    stream_ended_at timestamptz,
    end_reason text,
    outcome text,
    outcome_at timestamptz,
    updated_at timestamptz not null default now()
);
create index calls_without_outcome on calls (updated_at) where outcome is null;
create index calls_by_caller on calls (caller, updated_at desc);

-- Who said what, as it was heard. Written by stream within 100 ms.
create table call_turns (
    call_sid text not null,
    attempt integer not null,
    seq integer not null,
    role text not null constraint call_turns_role check (role in ('caller', 'assistant', 'tool')),
    content text not null,
    heard_millis integer,
    spoken_millis integer,
    interrupted boolean not null default false,
    speech_stopped_at timestamptz,
    first_audio_at timestamptz,
    at timestamptz not null,
    primary key (call_sid, attempt, seq)
);

-- Tickets that opened a stream: a second use is a replay. Rows may go an hour after expiry.
create table stream_tickets (
    nonce text primary key,
    call_sid text not null,
    expires_at timestamptz not null,
    used_at timestamptz not null default now()
);
create index stream_tickets_by_expiry on stream_tickets (expires_at);

-- The stream processes there are. Heartbeats use the database's clock.
create table stream_instances (
    id uuid primary key,
    address text not null,
    heartbeat_at timestamptz not null default now(),
    active_calls integer not null default 0,
    call_limit integer not null,
    draining boolean not null default false
);
