-- Texts to be sent, written in the transaction of their cause. `unknown` is looked up at Twilio before any second send.
create table sms_outbox (
    id uuid primary key default gen_random_uuid(),
    dedupe_key text not null constraint sms_outbox_once unique,
    call_sid text,
    recipient text not null,
    body text not null,
    state text not null default 'pending'
        constraint sms_outbox_state check (state in ('pending', 'sending', 'unknown', 'sent', 'failed', 'skipped')),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    lease_until timestamptz,
    valid_until timestamptz,
    message_sid text,
    error_code integer,
    error_reason text,
    delivery_status text,
    created_at timestamptz not null default now(),
    sent_at timestamptz
);
create index sms_outbox_due on sms_outbox (next_attempt_at) where state in ('pending', 'sending', 'unknown');
create index sms_outbox_by_message on sms_outbox (message_sid) where message_sid is not null;

-- Texts that people sent us.
create table sms_inbox (
    message_sid text primary key,
    sender text not null,
    recipient text not null,
    body text not null,
    received_at timestamptz not null default now()
);

-- Numbers that get no text: opted out, or cannot take one.
create table sms_opt_outs (
    phone text primary key,
    reason text not null,
    since timestamptz not null default now()
);
