-- A recording that was announced and never heard of again is deleted like any other when its time is over.
create index recordings_kept_by_age on recordings (created_at)
    where state in ('expected', 'waiting', 'kept', 'fetched', 'failed');
drop index recordings_by_age;

-- When Twilio is asked for recordings that nobody told us of; `infinity`: it was.
alter table calls add column recordings_ask_at timestamptz;
create index calls_to_ask_for_recordings on calls (outcome_at)
    where outcome not in ('completed', 'caller_hung_up') and recordings_ask_at is distinct from 'infinity';

-- Whether a person has listened to it.
alter table recordings add column handled_at timestamptz;
