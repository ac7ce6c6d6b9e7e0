-- Everything Twilio and frontdoor told us of a call, once each: the key is the event's natural one.
create table call_events (
    dedupe_key text primary key,
    call_sid text,
    kind text not null,
    status text,
    fields jsonb not null,
    received_at timestamptz not null default now()
);
create index call_events_by_call on call_events (call_sid, received_at);
