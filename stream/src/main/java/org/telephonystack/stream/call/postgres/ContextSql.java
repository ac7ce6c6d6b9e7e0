package org.telephonystack.stream.call.postgres;

/// The statements of the lookup. Everything comes as JSON in one row, so that it is one round trip.
final class ContextSql {

    /// The business, its services and hours; `null` before any business was applied.
    private static final String BUSINESS =
            """
            (select json_build_object(
                 'name', b.name, 'zone', b.time_zone, 'language', b.language, 'persona', b.persona,
                 'voice', b.voice, 'disclosure', b.disclosure, 'bookingLink', b.booking_link,
                 'services', (select coalesce(json_agg(json_build_object(
                         'name', s.name, 'label', s.label, 'minutes', s.duration_minutes) order by s.name), '[]')
                     from services s where s.active),
                 'hours', (select coalesce(json_agg(json_build_object(
                         'day', h.weekday, 'opens', h.opens, 'closes', h.closes) order by h.weekday, h.opens), '[]')
                     from opening_hours h),
                 'exceptions', (select coalesce(json_agg(e order by e.day, e.opens), '[]') from (
                         select x.day, x.opens, x.closes, x.label from opening_exceptions x
                         where x.day >= (now() at time zone b.time_zone)::date
                         order by x.day, x.opens limit 20) e))
             from business b limit 1) as business
            """;

    static final String BUSINESS_ALONE = "select " + BUSINESS;

    /// What was said on the earlier streams of the call, after it what its tools did, which of them are still open, and why
    /// the newest stream ended; nothing for a new call. What has been open for long was given up by whoever sent it. Of a long conversation the newest part. Indexes: the primary keys of the tables.
    private static final String SO_FAR =
            """
            case when $5 then (select coalesce(json_agg(s order by s.part, s.attempt, s.seq), '[]') from (
                (select 1 as part, t.attempt, t.seq::bigint, t.role, t.content as text from call_turns t
                 where t.call_sid = $2 and t.content <> '' order by t.attempt desc, t.seq desc limit 80)
                union all
                (select 2, 0, row_number() over (order by d.at), 'done', json_build_object('tool', d.action,
                    'outcome', d.outcome, 'answer', left(d.answer::text, 1500))::text
                 from tool_calls d where d.call_sid = $2 order by d.at desc limit 20)) s)
            else '[]' end as so_far,
            case when $5 then (select coalesce(json_agg(json_build_object('id', r.tool_call_id, 'tool', r.action,
                'params', r.params) order by r.at), '[]') from call_tool_requests r
                where r.call_sid = $2 and r.answered_at is null and r.params is not null
                  and r.at > now() - interval '2 minutes'
                  and not exists (select from tool_calls d
                                  where d.call_sid = r.call_sid and d.tool_call_id = r.tool_call_id))
            else '[]' end as under_way,
            case when $5 then (select end_reason from calls where call_sid = $2) end as earlier_end,
            case when $5 then (select floor(extract(epoch from now() - coalesce(c.announced_at,
                (select min(t.at) from call_turns t where t.call_sid = $2), c.stream_started_at)) * 1000)::bigint
                from calls c where c.call_sid = $2) end as lasted_millis,
            """;

    /// `$1` nonce, `$2` CallSid, `$3` expiry, `$4` the caller's number in E.164 or null, `$5` whether a call is taken up again.
    ///
    /// A table of the edge functions may lack `clients.created_at` and have ids of any type: rows are taken as JSON where a
    /// column is not certain, and ids are never given a type. Indexes: clients_phone_e164, tickets_by_client,
    /// bookings_by_client_phone.
    static final String LOOKUP =
            """
            with redeemed as (
                insert into stream_tickets (nonce, call_sid, expires_at) values ($1, $2, $3)
                on conflict do nothing returning nonce
            ), client as (
                select c.id, c.phone, c.first_name, c.last_name from clients c
                where c.phone_e164 = $4
                order by to_jsonb(c) ->> 'created_at' desc nulls last, c.ctid desc limit 1
            )
            select exists (select from redeemed) as first_use,
                (select json_build_object('first', first_name, 'last', last_name) from client) as client,
                (select coalesce(json_agg(t), '[]') from (
                    select t.id::text as id, t.subject, t.status
                    from tickets t join client c on t.client_id = c.id
                    where t.status = 'open' order by t.created_at desc limit 3) t) as tickets,
                (select coalesce(json_agg(b), '[]') from (
                    select floor(extract(epoch from b.scheduled_time) * 1000)::bigint as millis,
                        coalesce(s.label, b.service_type) as service, b.status
                    from bookings b left join services s on s.name = b.service_type
                    where b.client_phone in ($4, (select phone from client))
                    order by b.scheduled_time desc limit 3) b) as bookings,
            """
                    + SO_FAR
                    + BUSINESS;

    private ContextSql() {}
}
