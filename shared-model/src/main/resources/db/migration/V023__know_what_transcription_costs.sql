-- What the model that writes down the caller's words took, added up by stream: some are paid by token, others by the second.
alter table call_usage add column transcribed_text_in bigint not null default 0;
alter table call_usage add column transcribed_audio_in bigint not null default 0;
alter table call_usage add column transcribed_text_out bigint not null default 0;
alter table call_usage add column transcribed_seconds numeric not null default 0;

-- A million tokens each, and a minute.
alter table model_prices add column transcription_text_in numeric not null default 0;
alter table model_prices add column transcription_audio_in numeric not null default 0;
alter table model_prices add column transcription_text_out numeric not null default 0;
alter table model_prices add column transcription_minute numeric not null default 0;

-- As before, and at its end the caller's words.
create or replace view call_costs as
select c.call_sid, p.currency,
    (coalesce(u.text_in - u.text_cached, 0) * p.text_in + coalesce(u.text_cached, 0) * p.text_cached
        + coalesce(u.audio_in - u.audio_cached, 0) * p.audio_in + coalesce(u.audio_cached, 0) * p.audio_cached
        + coalesce(u.text_out, 0) * p.text_out + coalesce(u.audio_out, 0) * p.audio_out) / 1000000 as conversation,
    (coalesce(a.input_tokens - a.cached_tokens, 0) * p.analysis_in + coalesce(a.cached_tokens, 0) * p.analysis_cached
        + coalesce(a.output_tokens, 0) * p.analysis_out) / 1000000 as analysis,
    (coalesce(u.transcribed_text_in, 0) * p.transcription_text_in + coalesce(u.transcribed_audio_in, 0) * p.transcription_audio_in
        + coalesce(u.transcribed_text_out, 0) * p.transcription_text_out) / 1000000
        + coalesce(u.transcribed_seconds, 0) / 60 * p.transcription_minute as transcription
from calls c
left join call_usage u on u.call_sid = c.call_sid
left join call_analyses a on a.call_sid = c.call_sid
join lateral (
    select * from model_prices
    where valid_from <= greatest(coalesce(c.stream_started_at, c.announced_at, c.updated_at),
                                 (select min(valid_from) from model_prices))
    order by valid_from desc limit 1) p on true;

create or replace view daily_figures as
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
    coalesce(sum(cardinality(a.open_questions)), 0) as unanswered_questions,
    sum(k.transcription) as transcription_cost
from call_days d
left join call_analyses a on a.call_sid = d.call_sid
left join call_costs k on k.call_sid = d.call_sid
group by d.day;
