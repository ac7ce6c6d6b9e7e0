package org.telephonystack.frontdoor.call.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;
import org.telephonystack.frontdoor.fake.FakeActionResource;
import org.telephonystack.frontdoor.fake.TwilioRequests;

/// A process that has just started; it asks again in the background an hour later.
@QuarkusTest
@WithTestResource(
        value = FakeActionResource.class,
        initArgs = @ResourceArg(name = "answer", value = "{\"blocked\":[\"+14155550199\"]}"))
class FirstRingTest {

    @Test
    void whoIsBlockedIsNotAnsweredEvenByAProcessThatHasJustStarted() {
        var answer = TwilioRequests.post("/voice-frontdoor", TwilioRequests.ringing());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).contains("<Reject").doesNotContain("<Stream ");
    }
}
