-- The three tables of the edge functions that this stack replaces. On an empty database they are made here; where they
-- stand already, with rows, only what is missing is added and no row is touched.

-- "already exists, skipping" is what this file is for: nothing to warn of.
set local client_min_messages = warning;

create extension if not exists btree_gist;

-- Who may call: looked up by number before the assistant speaks.
create table if not exists clients (
    id uuid primary key default gen_random_uuid(),
    phone text not null,
    first_name text,
    last_name text,
    created_at timestamptz not null default now()
);

-- A number as people write it, brought into E.164 where that is certain; null where it is not.
create or replace function e164(phone text) returns text
    language sql immutable parallel safe
    return case
        when regexp_replace(phone, '[\s().\-/]', '', 'g') ~ '^\+[1-9][0-9]{7,14}$'
            then regexp_replace(phone, '[\s().\-/]', '', 'g')
        when regexp_replace(phone, '[\s().\-/]', '', 'g') ~ '^00[1-9][0-9]{7,14}$'
            then '+' || substr(regexp_replace(phone, '[\s().\-/]', '', 'g'), 3)
        when regexp_replace(phone, '[\s().\-/]', '', 'g') ~ '^1[2-9][0-9]{9}$'
            then '+' || regexp_replace(phone, '[\s().\-/]', '', 'g')
        when regexp_replace(phone, '[\s().\-/]', '', 'g') ~ '^[2-9][0-9]{9}$'
            then '+1' || regexp_replace(phone, '[\s().\-/]', '', 'g')
    end;

alter table clients add column if not exists first_name text;
alter table clients add column if not exists last_name text;
alter table clients add column if not exists phone_e164 text generated always as (e164(phone)) stored;

-- Not unique: an old table may hold one person twice. The lookup takes the newest row.
create index if not exists clients_phone_e164 on clients (phone_e164);

do $$
begin
    if not exists (select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                   where i.indrelid = 'clients'::regclass and i.indisunique and i.indnatts = 1 and a.attname = 'phone')
       and not exists (select from clients group by phone having count(*) > 1) then
        alter table clients add constraint clients_phone_once unique (phone);
    end if;
end
$$;

-- Support cases; the open ones are told to the assistant. Their client's id is of the type that an older table chose.
do $$
begin
    execute format(
        'create table if not exists tickets (
            id uuid primary key default gen_random_uuid(),
            client_id %s,
            subject text not null,
            status text not null default ''open'',
            created_at timestamptz not null default now()
        )',
        (select format_type(atttypid, atttypmod)
             || case when exists (select from pg_index
                                  where indrelid = attrelid and indisunique and indnatts = 1 and indkey[0] = attnum)
                     then ' references clients (id)' else '' end
         from pg_attribute where attrelid = 'clients'::regclass and attname = 'id'));
end
$$;

alter table tickets add column if not exists created_at timestamptz not null default now();
create index if not exists tickets_by_client on tickets (client_id);

-- Appointments.
create table if not exists bookings (
    id uuid primary key default gen_random_uuid(),
    client_phone text not null,
    scheduled_time timestamptz not null,
    service_type text not null default 'general',
    status text not null default 'confirmed',
    created_at timestamptz not null default now()
);

alter table bookings add column if not exists created_at timestamptz not null default now();
create index if not exists bookings_by_client_phone on bookings (client_phone, scheduled_time desc);
