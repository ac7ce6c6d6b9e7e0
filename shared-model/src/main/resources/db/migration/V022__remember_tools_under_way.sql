-- What the model has asked for: written by stream as it is sent to action, and closed when the model has its answer. What is
-- open when a process dies is sent again under the same id by whoever takes the call up; action carries one id out once. The
-- arguments are the caller's words: they go with the answer.
create table call_tool_requests (
    call_sid text not null,
    tool_call_id text not null,
    attempt integer not null,
    action text not null,
    params jsonb,
    at timestamptz not null,
    answered_at timestamptz,
    primary key (call_sid, tool_call_id)
);
create index call_tool_requests_by_age on call_tool_requests (at);
