package org.telephonystack.model.twilio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Requests with the signature that Twilio's own libraries give them (twilio-java 13.0.1 and twilio-node 6.2.0 agree on
/// each; V0b is published by Twilio).
final class SignatureVectors {

    static final String TOKEN = "2b7e151628aed2a6abf7158809cf4f3c";
    static final String NEXT_TOKEN = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    static final String PREFIX = "https://voice.example.com/functions/v1";

    record Vector(
            String id, String token, String url, Map<String, List<String>> form, String signature) {
        @Override
        public String toString() {
            return id;
        }
    }

    static final Map<String, List<String>> BASE =
            form(
                    "AccountSid=AC00000000000000000000000000000001",
                    "ApiVersion=2010-04-01",
                    "CallSid=CA00000000000000000000000000000001",
                    "CallStatus=ringing",
                    "Called=+18005550123",
                    "CalledCity=",
                    "CalledCountry=US",
                    "CalledState=",
                    "CalledZip=",
                    "Caller=+14155550199",
                    "CallerCity=SAN FRANCISCO",
                    "CallerCountry=US",
                    "CallerState=CA",
                    "CallerZip=94105",
                    "Direction=inbound",
                    "From=+14155550199",
                    "FromCity=SAN FRANCISCO",
                    "FromCountry=US",
                    "FromState=CA",
                    "FromZip=94105",
                    "To=+18005550123",
                    "ToCity=",
                    "ToCountry=US",
                    "ToState=",
                    "ToZip=",
                    "StirVerstat=TN-Validation-Passed-A");

    private static final Map<String, List<String>> DOCUMENTED =
            form(
                    "CallSid=CA1234567890ABCDE",
                    "Caller=+14158675309",
                    "Digits=1234",
                    "From=+14158675309",
                    "To=+18005551212");
    private static final Map<String, List<String>> CALL = form("CallSid=CA1");

    static final List<Vector> ALL =
            List.of(
                    new Vector(
                            "V0",
                            "12345",
                            "https://mycompany.com/myapp.php?foo=1&bar=2",
                            DOCUMENTED,
                            "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
                    new Vector(
                            "V0b",
                            "12345",
                            "https://example.com/myapp.php?foo=1&bar=2",
                            with(DOCUMENTED, "Caller=+14158675310", "From=+14158675310"),
                            "L/OH5YylLD5NRKLltdqwSvS0BnU="),
                    v("V1", PREFIX + "/voice-frontdoor", BASE, "8ToOpAmp9+CFZ3+BQQnxJtRCy1k="),
                    v(
                            "V2",
                            PREFIX + "/voice-action?kind=status&x=a%2Bb%20c",
                            with(
                                    BASE,
                                    "CallStatus=completed",
                                    "CallDuration=42",
                                    "Duration=1",
                                    "CallbackSource=call-progress-events",
                                    "SequenceNumber=0",
                                    "Timestamp=Sun, 22 Nov 2026 12:00:00 +0000"),
                            "GKqimBqu5hoOEK6pa3xPenF6jq0="),
                    v(
                            "V3",
                            PREFIX + "/voice-frontdoor",
                            form(
                                    "CallSid=CA1",
                                    "CallerName=José Ñandú 日本 😀",
                                    "From=+14155550199",
                                    "Body= a+b&c=d%2F "),
                            "EyCVwLYPQkFLN3BiXOqPl7A222w="),
                    v(
                            "V3b",
                            PREFIX + "/voice-frontdoor",
                            form(
                                    "CallSid=CA1",
                                    "CallerName=José Ñandú 日本 😀",
                                    "From= 14155550199",
                                    "Body=a b&c=d/"),
                            "axtdzO1FB7W1G7W4W/REcf3J3lA="),
                    v(
                            "V4",
                            PREFIX + "/voice-action",
                            form("MessageSid=SM1", "Tag=b", "Tag=a", "Tag=b", "To="),
                            "dP/tiVHS2Lw+k1WU+H+b4HKRoUo="),
                    v(
                            "V5a",
                            "wss://voice.example.com/functions/v1/voice-stream",
                            Map.of(),
                            "cMHJcUzezyyEywaUvEottmzQSQ4="),
                    v(
                            "V5b",
                            "wss://voice.example.com/functions/v1/voice-stream/",
                            Map.of(),
                            "SU61yZhpvksUt8j4MqwXiJADql0="),
                    v(
                            "V5c",
                            "https://voice.example.com/functions/v1/voice-stream",
                            Map.of(),
                            "m5rIMbFZSxYMA7AXQmVPevu3WwI="),
                    v(
                            "V5d",
                            "wss://voice.example.com:443/functions/v1/voice-stream",
                            Map.of(),
                            "oL0HhsWzV7K9pckeGbIg8AM4zqQ="),
                    v(
                            "V5e",
                            "wss://voice.example.com:80/functions/v1/voice-stream",
                            Map.of(),
                            "3sZnQRD+1TLFZGnGA8q/kNnF3pg="),
                    v(
                            "V6",
                            PREFIX
                                    + "/voice-action?bodySHA256=2d981d845f29106563ee13126d2b085952ab55cab67eee85da68d2cce1263f06",
                            Map.of(),
                            "Zr+5T/equonjkvRcbWs2kuuT9EI="),
                    v(
                            "V7",
                            PREFIX + "/voice-frontdoor?CallSid=CA1&From=%2B14155550199",
                            Map.of(),
                            "WyiD6mq4DNNh4I/4pErw6LMV064="),
                    v(
                            "V8a",
                            "https://voice.example.com:443/functions/v1/voice-frontdoor",
                            CALL,
                            "avVjjWsQQg1f9RRose2u1nR+mxQ="),
                    v(
                            "V8b",
                            "https://voice.example.com/functions/v1/voice-frontdoor",
                            CALL,
                            "b7iaFzii2w5oMnIFtZIqS5l31jY="),
                    v(
                            "V8c",
                            "https://voice.example.com:8443/functions/v1/voice-frontdoor",
                            CALL,
                            "Tp7eh/g1wAfLy7Eph4i7pI6cwg0="),
                    v(
                            "V8d",
                            "http://voice.example.com/functions/v1/voice-frontdoor",
                            CALL,
                            "EIJXXcmIhUvjdh2TrvOmlXC8HLo="),
                    v(
                            "V8e",
                            "http://voice.example.com:80/functions/v1/voice-frontdoor",
                            CALL,
                            "M7w6Boo2m0NkiKno3I2CiblS4NY="),
                    v(
                            "V9",
                            PREFIX + "/voice-action",
                            form("b=2", "B=1", "a_1=x", "aA=y", "a=z", "A="),
                            "mpR+V8rQCYEKiSVOvNz9P5BTHjM="),
                    v(
                            "V10",
                            "https://user:p%40ss@voice.example.com/functions/v1/voice-frontdoor",
                            CALL,
                            "pdeBC/xF0Nv/acjMvatPoRd3yoA="),
                    v(
                            "V11",
                            "https://voice.example.com/f?q=a%2Bb",
                            Map.of(),
                            "d7aHJ6//ZQt4sP346jehXa4G8Zw="),
                    v(
                            "V11p",
                            "https://voice.example.com:443/f?q=a%2Bb",
                            Map.of(),
                            "SeMNspxG1MpXIsh+AMzSo89Xwug="),
                    v(
                            "V11d",
                            "https://voice.example.com:443/f?q=a+b",
                            Map.of(),
                            "yiExUF7hVeKLLDXWmBxa2eQ7waQ="),
                    v(
                            "V12",
                            "https://voice.example.com/f?q=it's",
                            Map.of(),
                            "QHEvF2jvYzuxBOUV5R7acI8aJcs="),
                    v(
                            "V12e",
                            "https://voice.example.com/f?q=it%27s",
                            Map.of(),
                            "JuJAKz2V16KKs4/rmTqfPL4Pb14="),
                    v("V13", "https://a.example/v", form("A="), "CTQIDQ3ObNEJS2EWv1qvqlcLaao="),
                    v("V13n", "https://a.example/v", Map.of(), "H2oHOLFvpoPQ+sytYlTgdlCE15U="),
                    v(
                            "V14",
                            PREFIX + "/voice-action?tenant=a%2Fb&n=caf%C3%A9",
                            form("MessageSid=SM1", "Body=héllo + 100%"),
                            "Zb5Fzt327U5bDZLpRsIp45fH6fc="),
                    v(
                            "V15",
                            "https://voice.example.com/voice-frontdoor",
                            BASE,
                            "D/iqBbQyfhFYtLC6rZ30Ir3ACP4="),
                    v(
                            "V16",
                            "wss://voice.example.com/voice-stream",
                            Map.of(),
                            "3HGZiX+H47o9TsD3NLlL98oMLzk="),
                    v(
                            "V17",
                            "https://voice.example.com/voice-action?kind=stream",
                            form(
                                    "AccountSid=AC00000000000000000000000000000001",
                                    "CallSid=CA00000000000000000000000000000001",
                                    "StreamSid=MZ00000000000000000000000000000001",
                                    "StreamName=main",
                                    "StreamEvent=stream-error",
                                    "StreamError=Stream - WebSocket - Handshake Error",
                                    "Timestamp=2026-11-22T12:00:00.000Z"),
                            "ahPStJPxMT/NwXCssGEtk5wIwbs="),
                    v(
                            "V18",
                            "https://voice.example.com/voice-action?kind=sms",
                            form(
                                    "AccountSid=AC00000000000000000000000000000001",
                                    "ApiVersion=2010-04-01",
                                    "ErrorCode=30003",
                                    "From=+18005550123",
                                    "MessageSid=SM00000000000000000000000000000001",
                                    "SmsSid=SM00000000000000000000000000000001",
                                    "MessageStatus=undelivered",
                                    "SmsStatus=undelivered",
                                    "To=+14155550199"),
                            "oZo/C6nPI1ifoBTa51L8naH0N5M="),
                    v(
                            "V19",
                            "https://voice.example.com/voice-action",
                            with(
                                    BASE,
                                    "CallStatus=no-answer",
                                    "CallDuration=0",
                                    "Duration=0",
                                    "CallbackSource=call-progress-events",
                                    "SequenceNumber=0",
                                    "Timestamp=Sun, 22 Nov 2026 12:00:00 +0000"),
                            "DZccxYLmtrZU1bhxQuKshgtNy3Y="),
                    new Vector(
                            "V20",
                            NEXT_TOKEN,
                            "https://voice.example.com/voice-frontdoor",
                            BASE,
                            "GJEuDtNC9/7FITBq+CyZ5MBDQAw="));

    private SignatureVectors() {}

    static Vector named(String id) {
        return ALL.stream().filter(vector -> vector.id().equals(id)).findFirst().orElseThrow();
    }

    static Map<String, List<String>> form(String... fields) {
        return with(Map.of(), fields);
    }

    /// Fields of a name that is given once more after the base replace the base's.
    static Map<String, List<String>> with(Map<String, List<String>> base, String... fields) {
        var added = new LinkedHashMap<String, List<String>>();
        for (String field : fields) {
            int equals = field.indexOf('=');
            added.computeIfAbsent(field.substring(0, equals), _ -> new ArrayList<>())
                    .add(field.substring(equals + 1));
        }
        var all = new LinkedHashMap<>(base);
        all.putAll(added);
        return all;
    }

    private static Vector v(
            String id, String url, Map<String, List<String>> form, String signature) {
        return new Vector(id, TOKEN, url, form, signature);
    }
}
