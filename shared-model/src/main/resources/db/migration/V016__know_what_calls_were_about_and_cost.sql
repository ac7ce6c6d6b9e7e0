-- How the caller felt from beginning to end, what nobody could answer, and why there is no analysis where there is none.
alter table call_analyses add column sentiment_course text[];
alter table call_analyses add column open_questions text[];
alter table call_analyses add column reason text;
alter table call_analyses add column started_at timestamptz;
alter table call_analyses add column input_tokens bigint;
alter table call_analyses add column cached_tokens bigint;
alter table call_analyses add column output_tokens bigint;
create index call_analyses_started on call_analyses (started_at) where started_at is not null;

-- Tokens of the voice model, added up by stream after each response. `…_in` holds what was cached as well.
create table call_usage (
    call_sid text primary key,
    responses integer not null,
    text_in bigint not null,
    text_cached bigint not null,
    audio_in bigint not null,
    audio_cached bigint not null,
    text_out bigint not null,
    audio_out bigint not null,
    updated_at timestamptz not null default now()
);

-- What a million tokens cost, from when on: written by action at start when its settings say something new, so that the cost
-- of an old call does not change with a price.
create table model_prices (
    valid_from timestamptz primary key default now(),
    currency text not null,
    text_in numeric not null,
    text_cached numeric not null,
    audio_in numeric not null,
    audio_cached numeric not null,
    text_out numeric not null,
    audio_out numeric not null,
    analysis_in numeric not null,
    analysis_cached numeric not null,
    analysis_out numeric not null
);

create index call_turns_by_age on call_turns (at);
create index calls_by_outcome_at on calls (outcome_at) where outcome is not null;
