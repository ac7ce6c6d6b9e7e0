-- A telephone that was off yesterday may be on today: such a number gets no text for a while, not for ever. Null: for good.
alter table sms_opt_outs add column expires_at timestamptz;
