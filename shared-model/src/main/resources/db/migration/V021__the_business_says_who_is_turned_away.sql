-- Who blocked a number: the business file, a command, or both. Applying the file takes back only what it has said itself.
alter table blocked_callers add column by_command boolean not null default true;
alter table blocked_callers add column by_file boolean not null default false;
alter table blocked_callers add constraint blocked_callers_by_somebody check (by_command or by_file);

-- What the file allows a day; null: the service's settings say it, for money nothing does.
alter table business add column minutes_a_day integer constraint business_minutes_a_day check (minutes_a_day > 0);
alter table business add column minutes_a_day_per_caller integer
    constraint business_minutes_a_day_per_caller check (minutes_a_day_per_caller > 0);
alter table business add column cost_a_day numeric constraint business_cost_a_day check (cost_a_day > 0);
alter table business add column cost_a_day_per_caller numeric
    constraint business_cost_a_day_per_caller check (cost_a_day_per_caller > 0);
