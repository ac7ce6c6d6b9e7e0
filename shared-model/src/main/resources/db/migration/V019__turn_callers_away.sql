-- Callers who are not answered.
create table blocked_callers (
    phone text primary key constraint blocked_callers_e164 check (phone ~ '^\+[1-9][0-9]{7,14}$'),
    reason text,
    since timestamptz not null default now()
);

-- Minutes with the model are added up by day.
create index calls_by_stream_start on calls (stream_started_at);
