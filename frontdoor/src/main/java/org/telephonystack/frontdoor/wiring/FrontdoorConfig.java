package org.telephonystack.frontdoor.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/// What an operator may set; addresses and secrets are environment variables of their own ([FrontdoorEnvironment]).
@ConfigMapping(prefix = "telephony")
public interface FrontdoorConfig {

    /// Language of the sentences Twilio speaks for us: `en` or `es`.
    @WithDefault("en")
    String language();

    /// Voice of `<Say>`, as Twilio names it (`Polly.Joanna`). Unset: Twilio's usual voice of the language.
    Optional<String> sayVoice();

    /// A person's number (E.164) for callers whom nothing else can help. Unset: they hear an apology.
    Optional<String> humanNumber();

    AfterStream afterStream();

    Admission admission();

    Announcement announcement();

    Callback callback();

    Dial dial();

    Voicemail voicemail();

    interface AfterStream {
        /// From our question to action's answer, connecting included. 300 ms: the caller hears silence meanwhile.
        @WithDefault("300ms")
        Duration deadline();

        /// How long an action that failed half of its last ten answers is not asked.
        @WithDefault("2s")
        Duration breakerDelay();

        /// Whether a first lost stream is connected again when action cannot be asked.
        @WithDefault("true")
        boolean reconnect();
    }

    interface Admission {
        /// How often action is asked, in the background, who may have the assistant.
        @WithDefault("2s")
        Duration every();

        /// How long its word on free places counts; after that there is room.
        @WithDefault("6s")
        Duration freshFor();
    }

    interface Announcement {
        /// After which an announcement counts as lost. Nobody waits for it.
        @WithDefault("1s")
        Duration timeout();

        /// How many may be under way at the same time; the next one is lost at once.
        @WithDefault("64")
        int maxOutstanding();
    }

    interface Callback {
        /// How often Twilio repeats a report of a person's leg or of a recording that action did not take: connection overrides
        /// behind the URL's `#`. Empty: it does not.
        @WithDefault("rc=3&rp=all")
        Optional<String> overrides();
    }

    interface Dial {
        /// How long a person's telephone rings; Twilio takes 5 to 600 s.
        @WithDefault("20s")
        Duration timeout();
    }

    interface Voicemail {
        /// How long a message may be.
        @WithDefault("2m")
        Duration maxLength();
    }
}
