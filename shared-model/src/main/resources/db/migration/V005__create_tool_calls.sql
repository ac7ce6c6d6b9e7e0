-- What the model had done, with the answer it got: written in the transaction of the effect, so that one id is carried out
-- once and a repetition hears the same answer.
create table tool_calls (
    call_sid text not null,
    tool_call_id text not null,
    action text not null,
    outcome text not null constraint tool_calls_outcome check (outcome in ('success', 'error')),
    answer jsonb not null,
    at timestamptz not null default now(),
    primary key (call_sid, tool_call_id)
);
