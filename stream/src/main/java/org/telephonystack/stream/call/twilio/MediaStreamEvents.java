package org.telephonystack.stream.call.twilio;

/// Is told what a Media Stream brings that is nobody's fault and nobody's business: counts.
public interface MediaStreamEvents {

    void unknownMessage(String event);
}
