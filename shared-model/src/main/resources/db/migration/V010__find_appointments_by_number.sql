-- Callers change appointments that may have been written with their number as people write it.
create index bookings_by_number on bookings (e164(client_phone), scheduled_time) where status = 'confirmed';
