-- What happened to a call besides what was said: interruptions, models that were replaced, claims that nothing backs,
-- emergencies. Written by stream as it happens; no words of anybody.
create table call_incidents (
    call_sid text not null,
    attempt integer not null,
    number integer not null,
    kind text not null constraint call_incidents_kind
        check (kind in ('barge_in', 'model_replaced', 'claim_unbacked', 'emergency')),
    details jsonb not null default '{}',
    at timestamptz not null,
    primary key (call_sid, attempt, number)
);
create index call_incidents_by_kind on call_incidents (kind, at desc);
