-- What is deleted by its age is found by its age.
create index call_events_by_age on call_events (received_at);
create index tool_calls_by_age on tool_calls (at);
create index call_takeovers_by_age on call_takeovers (taken_at);
