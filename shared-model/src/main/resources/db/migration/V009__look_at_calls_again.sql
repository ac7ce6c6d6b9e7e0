-- A call that may be over has no outcome until its stream's journal is there or had its time: action looks again then.
alter table calls add column review_at timestamptz;

-- The word for why the outcome is what it is: how the stream ended, or what was missing.
alter table calls add column outcome_reason text;
