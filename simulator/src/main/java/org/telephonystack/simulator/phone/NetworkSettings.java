package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.webhook.Routes;

import java.util.Optional;

/// The account and the console fields of one number, and how this network behaves where Twilio's behaviour is not
/// documented.
///
/// @param number ours, E.164
/// @param voiceUrl "A call comes in"; URLs may carry `#rc=…` fragments
/// @param statusCallback "Call status changes"
/// @param fallbackUrl "Primary handler fails"
/// @param routes where public addresses really lead
/// @param plainSockets whether `ws://` is accepted in TwiML (Twilio: 31922)
/// @param speed how much faster than life everything but a media stream passes (`<Say>`, `<Pause>`, ringing): 1 is real
/// @param afterConnect when `<Connect action>` is requested
public record NetworkSettings(
        String accountSid,
        String authToken,
        String number,
        String voiceUrl,
        Optional<String> statusCallback,
        Optional<String> fallbackUrl,
        Routes routes,
        boolean plainSockets,
        double speed,
        AfterConnect afterConnect) {

    /// When the action URL of `<Connect>` is requested; else the next verb follows. Only the first is sure of the real one.
    ///
    /// @param onFailedHandshake also when the stream never started
    /// @param onHangUp also when the caller hung up, with `CallStatus=completed`; the answer is ignored
    /// @param streamParameters with `StreamSid`, `StreamEvent`, `StreamError` added
    public record AfterConnect(
            boolean onClose,
            boolean onFailedHandshake,
            boolean onHangUp,
            boolean streamParameters) {

        public static AfterConnect asDocumented() {
            return new AfterConnect(true, true, false, false);
        }
    }

    public static NetworkSettings of(
            String accountSid, String authToken, String number, String voiceUrl) {
        return new NetworkSettings(
                accountSid,
                authToken,
                number,
                voiceUrl,
                Optional.empty(),
                Optional.empty(),
                Routes.direct(),
                true,
                1,
                AfterConnect.asDocumented());
    }

    public NetworkSettings statusCallback(String url) {
        return new NetworkSettings(
                accountSid,
                authToken,
                number,
                voiceUrl,
                Optional.of(url),
                fallbackUrl,
                routes,
                plainSockets,
                speed,
                afterConnect);
    }

    public NetworkSettings fallbackUrl(String url) {
        return new NetworkSettings(
                accountSid,
                authToken,
                number,
                voiceUrl,
                statusCallback,
                Optional.of(url),
                routes,
                plainSockets,
                speed,
                afterConnect);
    }

    public NetworkSettings routes(Routes newRoutes) {
        return new NetworkSettings(
                accountSid,
                authToken,
                number,
                voiceUrl,
                statusCallback,
                fallbackUrl,
                newRoutes,
                plainSockets,
                speed,
                afterConnect);
    }

    /// Refuses `ws://`, as Twilio does.
    public NetworkSettings securedOnly() {
        return new NetworkSettings(
                accountSid,
                authToken,
                number,
                voiceUrl,
                statusCallback,
                fallbackUrl,
                routes,
                false,
                speed,
                afterConnect);
    }

    public NetworkSettings speed(double timesFaster) {
        return new NetworkSettings(
                accountSid,
                authToken,
                number,
                voiceUrl,
                statusCallback,
                fallbackUrl,
                routes,
                plainSockets,
                timesFaster,
                afterConnect);
    }

    public NetworkSettings afterConnect(AfterConnect when) {
        return new NetworkSettings(
                accountSid,
                authToken,
                number,
                voiceUrl,
                statusCallback,
                fallbackUrl,
                routes,
                plainSockets,
                speed,
                when);
    }
}
