-- What callers asked the assistant to pass on to a person.
create table messages (
    id uuid primary key default gen_random_uuid(),
    call_sid text not null,
    caller text,
    body text not null,
    created_at timestamptz not null default now(),
    handled_at timestamptz
);
create index messages_unhandled on messages (created_at) where handled_at is null;
