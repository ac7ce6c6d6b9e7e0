package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.SignedForm;
import org.telephonystack.action.wiring.TwilioStub;

import java.util.Map;

/// A caller is lost, and a text goes out.
@ActionTest
class LostCallTest {

    @Test
    void aFailedCallIsAnsweredWithOneText() {
        var fields =
                Map.of(
                        "CallSid", "CA10000000000000000000000000000001",
                        "CallStatus", "failed",
                        "Direction", "inbound",
                        "From", "+14155550101",
                        "To", TwilioStub.OUR_NUMBER);

        SignedForm.post("/voice-action", fields).then().statusCode(200);
        SignedForm.post("/functions/v1/voice-action", fields).then().statusCode(200);

        await().until(() -> !TwilioStub.sentTo("+14155550101").isEmpty());
        assertThat(TwilioStub.sentTo("+14155550101"))
                .singleElement()
                .satisfies(text -> {
                    assertThat(text.first("Body").orElse(""))
                            .startsWith("Sorry we got cut off! Reply here or call back anytime.");
                    assertThat(text.first("From")).contains(TwilioStub.OUR_NUMBER);
                    assertThat(text.first("StatusCallback"))
                            .contains("https://voice.example.com/voice-action");
                    assertThat(text.first("ValidityPeriod")).contains("600");
                });
    }
}
