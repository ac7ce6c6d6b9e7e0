-- After the time that conversations are kept nobody knows any more who called: what still holds a number is found by its age.
create index calls_with_numbers on calls (updated_at) where caller is not null or called is not null;
create index call_incidents_by_age on call_incidents (at);
