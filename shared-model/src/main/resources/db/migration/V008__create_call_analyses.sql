-- What a call was about, found out after it: one job and one result a call.
create table call_analyses (
    call_sid text primary key references calls (call_sid) on delete cascade,
    state text not null default 'pending'
        constraint call_analyses_state check (state in ('pending', 'running', 'done', 'unavailable')),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    lease_until timestamptz,
    summary text,
    sentiment text,
    topics text[],
    follow_ups text[],
    model text,
    finished_at timestamptz
);
create index call_analyses_due on call_analyses (next_attempt_at) where state in ('pending', 'running');
