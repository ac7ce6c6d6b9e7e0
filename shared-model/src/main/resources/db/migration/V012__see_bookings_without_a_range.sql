-- Bookings older than this stack have no resource and no range, and still take somebody's time: as long as their service
-- does, an hour where nobody knows it. Which resource they take is not known; that they take one is.
create view unplaced_bookings as
select b.id::text as id, b.scheduled_time as taken_from,
       b.scheduled_time + make_interval(mins => coalesce(s.duration_minutes + s.buffer_minutes, 60)) as taken_until
from bookings b
left join services s on s.name = b.service_type
where b.status = 'confirmed' and b.slot is null;

create index bookings_unplaced on bookings (scheduled_time) where status = 'confirmed' and slot is null;
