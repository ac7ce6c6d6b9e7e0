-- A booking takes a resource for a while, buffer included. Bookings older than this stack keep a null slot.
alter table bookings add column resource_id uuid references resources (id);
alter table bookings add column slot tstzrange;
alter table bookings add column ends_at timestamptz;
alter table bookings add column call_sid text;

alter table bookings add constraint booking_no_overlap
    exclude using gist (resource_id with =, slot with &&) where (status = 'confirmed');

-- One call books one start once, however often the model asks.
create unique index booking_once_per_call on bookings (call_sid, scheduled_time)
    where call_sid is not null and status = 'confirmed';
