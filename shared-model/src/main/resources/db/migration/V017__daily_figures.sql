-- What a call cost by the price of its day; no row without a price.
create view call_costs as
select c.call_sid, p.currency,
    (coalesce(u.text_in - u.text_cached, 0) * p.text_in + coalesce(u.text_cached, 0) * p.text_cached
        + coalesce(u.audio_in - u.audio_cached, 0) * p.audio_in + coalesce(u.audio_cached, 0) * p.audio_cached
        + coalesce(u.text_out, 0) * p.text_out + coalesce(u.audio_out, 0) * p.audio_out) / 1000000 as conversation,
    (coalesce(a.input_tokens - a.cached_tokens, 0) * p.analysis_in + coalesce(a.cached_tokens, 0) * p.analysis_cached
        + coalesce(a.output_tokens, 0) * p.analysis_out) / 1000000 as analysis
from calls c
left join call_usage u on u.call_sid = c.call_sid
left join call_analyses a on a.call_sid = c.call_sid
join lateral (
    select * from model_prices
    where valid_from <= greatest(coalesce(c.stream_started_at, c.announced_at, c.updated_at),
                                 (select min(valid_from) from model_prices))
    order by valid_from desc limit 1) p on true;

-- Calls by the day on which they came, in the business's own zone.
create view call_days as
select c.*,
    (coalesce(c.announced_at, c.stream_started_at, c.updated_at)
        at time zone coalesce((select time_zone from business), 'UTC'))::date as day
from calls c;

create view daily_outcomes as
select day, outcome, count(*) as calls from call_days where outcome is not null group by day, outcome;

-- One line a day. Successful: as it should end, with a person, or by the caller.
create view daily_figures as
select d.day,
    count(*) as calls,
    count(*) filter (where d.outcome in ('completed', 'transferred', 'caller_hung_up', 'voicemail')) as successful,
    count(*) filter (where d.outcome in ('model_failed', 'twilio_failed', 'our_fault')) as lost,
    count(*) filter (where d.outcome is null) as open,
    count(*) filter (where a.sentiment = 'positive') as positive,
    count(*) filter (where a.sentiment = 'neutral') as neutral,
    count(*) filter (where a.sentiment = 'negative') as negative,
    sum(k.conversation) as conversation_cost,
    sum(k.analysis) as analysis_cost,
    max(k.currency) as currency,
    coalesce(sum(cardinality(a.open_questions)), 0) as unanswered_questions
from call_days d
left join call_analyses a on a.call_sid = d.call_sid
left join call_costs k on k.call_sid = d.call_sid
group by d.day;

-- What callers asked and nobody could answer: the next lines of the business file.
create view unanswered_questions as
select d.day, d.call_sid, question
from call_days d
join call_analyses a on a.call_sid = d.call_sid
cross join lateral unnest(a.open_questions) as question
where question <> '';
