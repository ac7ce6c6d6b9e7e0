package org.telephonystack.action.booking;

class FakeBookingStoreTest extends BookingStoreContract {

    @Override
    protected BookingStore storeWith(int resources) {
        return new FakeBookingStore(resources);
    }
}
