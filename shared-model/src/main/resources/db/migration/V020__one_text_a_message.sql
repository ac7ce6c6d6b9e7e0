-- A message at Twilio is one text of ours: two rows of the same words can never both take it for theirs. Where that had happened, the
-- older row keeps it; the other one stays as it was told, without a message.
lock table sms_outbox in share row exclusive mode;
update sms_outbox doubled set message_sid = null
where exists (select from sms_outbox first
              where first.message_sid = doubled.message_sid
                and (first.created_at, first.id) < (doubled.created_at, doubled.id));
create unique index sms_outbox_message_once on sms_outbox (message_sid) where message_sid is not null;
-- The unique one answers the same questions.
drop index sms_outbox_by_message;

-- What one number was sent: asked before each text.
create index sms_outbox_by_recipient on sms_outbox (recipient, created_at);
