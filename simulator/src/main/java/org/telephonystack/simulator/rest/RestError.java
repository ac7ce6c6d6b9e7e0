package org.telephonystack.simulator.rest;

/// A refusal of Twilio's API, with its code and HTTP status.
public enum RestError {
    AUTHENTICATE(20003, 401, "Authenticate"),
    NOT_FOUND(20404, 404, "The requested resource was not found"),
    TOO_MANY_REQUESTS(20429, 429, "Too Many Requests"),
    INTERNAL(20500, 500, "Internal Server Error"),
    INVALID_TO(21211, 400, "Invalid 'To' Phone Number"),
    CALL_NOT_IN_PROGRESS(21220, 400, "Call is not in-progress. Cannot redirect."),
    REGION_NOT_ENABLED(
            21408, 400, "Permission to send an SMS has not been enabled for the region indicated"),
    BODY_REQUIRED(21602, 400, "Message body is required."),
    FROM_REQUIRED(21603, 400, "A 'From' phone number is required."),
    TO_REQUIRED(21604, 400, "A 'To' phone number is required."),
    FROM_NOT_OURS(21606, 400, "The 'From' phone number is not a valid, SMS-capable phone number"),
    UNVERIFIED_ON_TRIAL(21608, 400, "The number is unverified. Trial accounts cannot send to it"),
    OPTED_OUT(21610, 400, "Attempt to send to unsubscribed recipient"),
    UNROUTABLE(
            21612, 400, "Message cannot be sent with the current combination of 'To' and 'From'"),
    NOT_MOBILE(21614, 400, "'To' number is not a valid mobile number"),
    BODY_TOO_LONG(21617, 400, "The concatenated message body exceeds the 1600 character limit"),
    LANDLINE(21635, 400, "'To' number cannot be a landline"),
    SERVICE_UNKNOWN(21701, 400, "The Messaging Service does not exist");

    private final int code;
    private final int status;
    private final String message;

    RestError(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    public int code() {
        return code;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }
}
