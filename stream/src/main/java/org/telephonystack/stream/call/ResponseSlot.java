package org.telephonystack.stream.call;

/// Who may make the model speak.
final class ResponseSlot {}
