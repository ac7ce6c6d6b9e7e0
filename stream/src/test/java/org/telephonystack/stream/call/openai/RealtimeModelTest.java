package org.telephonystack.stream.call.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.ModelBrief.Speaker;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.call.ModelEvent.Trouble;
import org.telephonystack.stream.call.VoiceModel;
import org.telephonystack.stream.call.VoiceModel.Purpose;
import org.telephonystack.stream.call.VoiceModelEvents;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class RealtimeModelTest {

    private static final ModelBrief BRIEF =
            new ModelBrief("Be brief.", Tools.ALL, Optional.empty(), Optional.empty());

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private ScriptedRealtimeServer server;
    private Context loop;
    private Duration readyTimeout = Duration.ofSeconds(30);

    private record Audio(String responseId, String itemId, String payload) {}

    @BeforeEach
    void aServer() throws Exception {
        // Vert.x 4.5 forgets to cancel the timeout of a handshake whose timer has the id 0.
        vertx.setTimer(1, _ -> {});
        server = new ScriptedRealtimeServer(vertx, 0);
        loop = vertx.getOrCreateContext();
    }

    @AfterEach
    void closeEverything() throws Exception {
        server.stop();
        vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @Test
    void theHandshakeNamesModelAndKeyAndNoBeta() throws Exception {
        connect(server.base());
        server.says(ScriptedRealtimeServer.CREATED);

        assertThat(server.uri()).isEqualTo("/v1/realtime?model=gpt-realtime-2.1");
        assertThat(server.headers().get("Authorization")).isEqualTo("Bearer sk-test");
        assertThat(server.headers().contains("OpenAI-Beta")).isFalse();
        assertThat(server.headers().contains("Origin")).isFalse();
        assertThat(server.headers().contains("Sec-WebSocket-Extensions")).isFalse();
    }

    @Test
    void azureHasAnotherHeaderAndAnotherPathAndAShorterLife() throws Exception {
        var resource = URI.create(server.base().resolve("/").toString());
        var azure = RealtimeEndpoint.azure("azure", resource, "azure-key", "my realtime");
        VoiceModel model = connect(azure, Duration.ofSeconds(3), Duration.ofSeconds(20));
        server.says(ScriptedRealtimeServer.CREATED);

        assertThat(server.uri()).isEqualTo("/openai/v1/realtime?model=my+realtime");
        assertThat(server.headers().get("api-key")).isEqualTo("azure-key");
        assertThat(server.headers().contains("Authorization")).isFalse();
        assertThat(model.endpoint()).isEqualTo("azure");
        assertThat(model.longestSession()).isLessThanOrEqualTo(Duration.ofMinutes(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://r.openai.azure.com",
                "https://r.openai.azure.com/",
                "https://r.openai.azure.com/openai",
                "https://r.openai.azure.com/openai/v1/"
            })
    void azuresAddressMayBeWrittenInSeveralWays(String resource) {
        var azure = RealtimeEndpoint.azure("azure", URI.create(resource), "k", "d");

        assertThat(azure.socket(Duration.ofSeconds(3)).getURI())
                .isEqualTo("/openai/v1/realtime?model=d");
    }

    @Test
    void theBriefWaitsForTheSessionAndTheSessionIsReadyWhenBothFormatsAreOurs() throws Exception {
        var model = connect(server.base());
        onLoop(() -> model.configure(BRIEF));
        onLoop(() -> model.note("The caller pressed the key 1."));

        server.says(ScriptedRealtimeServer.CREATED);
        assertThat(server.hears().path("type").asText()).isEqualTo("session.update");
        server.saysSessionUpdated("audio/pcmu", "audio/pcmu");

        assertThat(event()).isEqualTo(new ModelEvent.Ready());
        // What was said too early was kept.
        assertThat(server.hears().path("type").asText()).isEqualTo("conversation.item.create");
    }

    @Test
    void whatWasSaidOnAnotherConnectionIsToldBeforeTheModelIsReady() throws Exception {
        var model = connect(server.base());
        onLoop(() ->
                model.configure(
                        BRIEF.withSoFar(
                                List.of(
                                        new Spoken(Speaker.ASSISTANT, "How can I help?"),
                                        new Spoken(Speaker.CALLER, "Tuesday at three."),
                                        new Spoken(Speaker.NOTE, "check_schedule found three.")))));
        onLoop(() -> model.note("Late."));
        server.says(ScriptedRealtimeServer.CREATED);
        server.hears();
        server.saysSessionUpdated("audio/pcmu", "audio/pcmu");

        assertThat(event()).isEqualTo(new ModelEvent.Ready());
        assertThat(item()).isEqualTo("assistant output_text How can I help?");
        assertThat(item()).isEqualTo("user input_text Tuesday at three.");
        assertThat(item()).isEqualTo("system input_text check_schedule found three.");
        assertThat(item()).isEqualTo("system input_text Late.");
    }

    private String item() throws Exception {
        JsonNode item = server.hears().path("item");
        JsonNode content = item.path("content").path(0);
        return item.path("role").asText()
                + " "
                + content.path("type").asText()
                + " "
                + content.path("text").asText();
    }

    @Test
    void aSessionThatKeepsItsOwnFormatIsRefused() throws Exception {
        var model = connect(server.base());
        onLoop(() -> model.configure(BRIEF));
        server.says(ScriptedRealtimeServer.CREATED);
        server.hears();

        server.saysSessionUpdated("audio/pcmu", "audio/pcm");

        assertThat(event()).isEqualTo(new ModelEvent.Lost(Trouble.LASTING, "format_not_taken"));
        assertThat(server.closeCode()).isEqualTo(1000);
    }

    @Test
    void aRefusedUpdateEndsTheSession() throws Exception {
        var model = connect(server.base());
        onLoop(() -> model.configure(BRIEF));
        server.says(ScriptedRealtimeServer.CREATED);
        String id = server.hears().path("event_id").asText();

        server.says(
                """
                {"type":"error","error":{"type":"invalid_request_error","code":"unknown_parameter","event_id":"%s"}}\
                """
                        .formatted(id));

        assertThat(event())
                .isEqualTo(new ModelEvent.Lost(Trouble.LASTING, "refused_unknown_parameter"));
    }

    @Test
    void callerAudioAndCommandsReachTheModelInOrder() throws Exception {
        var model = ready();

        onLoop(() -> {
            model.respond(Purpose.GREETING);
            model.hear("xxAAAAxx", 2, 6);
            model.hear("BBBB", 0, 4);
            model.takeTurns();
            model.answerTool("call_1", Map.of("outcome", "success"));
            model.truncate("item_1", 120);
            model.cancel("resp_1");
        });

        assertThat(server.hears().path("type").asText()).isEqualTo("response.create");
        assertThat(server.hears().path("audio").asText()).isEqualTo("AAAA");
        assertThat(server.hears().path("audio").asText()).isEqualTo("BBBB");
        assertThat(server.hears().path("type").asText()).isEqualTo("session.update");
        assertThat(server.hears().path("item").path("call_id").asText()).isEqualTo("call_1");
        assertThat(server.hears().path("audio_end_ms").asInt()).isEqualTo(120);
        assertThat(server.hears().path("response_id").asText()).isEqualTo("resp_1");
    }

    @Test
    void audioComesByTheScannerAndOddAudioByTheParser() throws Exception {
        ready();

        server.says(
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AA+/\"}");
        server.says(
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AA+\\/\"}");

        assertThat(event()).isEqualTo(new Audio("r", "i", "AA+/"));
        assertThat(event()).isEqualTo(new Audio("r", "i", "AA+/"));
    }

    @Test
    void aNoteIsTakenWhenItHasBecomePartOfTheConversationAndOnlyOnce() throws Exception {
        var model = ready();
        onLoop(() -> model.note("The caller pressed the key 1."));
        String id = server.hears().path("item").path("id").asText();
        String added =
                "{\"type\":\"conversation.item.%s\",\"item\":{\"id\":\"%s\",\"type\":\"message\",\"role\":\"system\"}}";

        server.says(added.formatted("added", "item_of_the_servers"));
        server.says(added.formatted("added", id));
        server.says(added.formatted("created", id));
        server.says("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}");

        assertThat(event()).isEqualTo(new ModelEvent.NoteTaken());
        assertThat(event()).isEqualTo(new ModelEvent.ResponseCreated("r1"));
    }

    @Test
    void aTurnWithAToolCallIsUnderstood() throws Exception {
        ready();

        server.says("{\"type\":\"input_audio_buffer.speech_started\",\"item_id\":\"u1\"}");
        server.says("{\"type\":\"input_audio_buffer.speech_stopped\",\"item_id\":\"u1\"}");
        server.says("{\"type\":\"input_audio_buffer.committed\",\"item_id\":\"u1\"}");
        server.says("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}");
        server.says("{\"type\":\"something.new\"}");
        server.says(
                "{\"type\":\"response.output_item.done\",\"response_id\":\"r1\",\"item\":{\"type\":\"function_call\",\"status\":\"incomplete\",\"call_id\":\"c0\"}}");
        server.says(
                "{\"type\":\"response.output_item.done\",\"response_id\":\"r1\",\"item\":{\"type\":\"function_call\",\"status\":\"completed\",\"name\":\"check_schedule\",\"call_id\":\"c1\",\"arguments\":\"{\\\"time\\\":\\\"x\\\"}\"}}");
        server.says(
                "{\"type\":\"response.output_item.done\",\"response_id\":\"r1\",\"item\":{\"type\":\"function_call\",\"status\":\"completed\",\"name\":\"check_schedule\",\"call_id\":\"c2\",\"arguments\":\"{oops\"}}");
        server.says(
                "{\"type\":\"response.done\",\"response\":{\"id\":\"r1\",\"status\":\"completed\",\"usage\":null}}");
        server.says(
                "{\"type\":\"conversation.item.added\",\"item\":{\"type\":\"function_call_output\",\"call_id\":\"c1\"}}");
        server.says(
                "{\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"u1\",\"transcript\":\"Hello.\"}");

        assertThat(event()).isEqualTo(new ModelEvent.CallerSpeechStarted());
        assertThat(event()).isEqualTo(new ModelEvent.CallerSpeechStopped());
        assertThat(event()).isEqualTo(new ModelEvent.CallerItem("u1"));
        assertThat(event()).isEqualTo(new ModelEvent.ResponseCreated("r1"));
        assertThat(event())
                .isEqualTo(
                        new ModelEvent.ToolRequested(
                                "r1", "c1", "check_schedule", Optional.of(Map.of("time", "x"))));
        assertThat(event())
                .isEqualTo(
                        new ModelEvent.ToolRequested(
                                "r1", "c2", "check_schedule", Optional.empty()));
        assertThat(event())
                .isEqualTo(
                        new ModelEvent.ResponseDone(
                                "r1", ModelEvent.Status.COMPLETED, ModelEvent.Usage.NONE));
        assertThat(event()).isEqualTo(new ModelEvent.ToolAnswerTaken("c1"));
        assertThat(event()).isEqualTo(new ModelEvent.CallerTranscript("u1", "Hello."));
    }

    /// By token or by time, as the model that writes the words down is paid.
    @Test
    void whatWritingDownTheCallersWordsTookIsTold() throws Exception {
        String completed =
                "{\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"u1\",\"transcript\":\"Hello.\",\"usage\":%s}";
        ready();
        server.says(completed.formatted("{\"type\":\"duration\",\"seconds\":2.5}"));
        server.says(
                completed.formatted(
                        "{\"type\":\"tokens\",\"total_tokens\":26,\"input_tokens\":17,\"output_tokens\":9,\"input_token_details\":{\"text_tokens\":4,\"audio_tokens\":13}}"));
        server.says(completed.formatted("null"));

        assertThat(event())
                .isEqualTo(
                        new ModelEvent.CallerTranscript(
                                "u1", "Hello.", new ModelEvent.Transcribed(0, 0, 0, 2.5)));
        assertThat(event())
                .isEqualTo(
                        new ModelEvent.CallerTranscript(
                                "u1", "Hello.", new ModelEvent.Transcribed(4, 13, 9, 0)));
        assertThat(event()).isEqualTo(new ModelEvent.CallerTranscript("u1", "Hello."));
    }

    @ParameterizedTest
    @CsvSource({
        "conversation_already_has_active_response, ResponseRefused",
        "response_cancel_not_active, BENIGN",
        "rate_limit_exceeded, PASSING",
        "server_error, PASSING",
        "insufficient_quota, LASTING",
        "invalid_api_key, LASTING"
    })
    void errorsBecomeOurFewKinds(String code, String kind) throws Exception {
        ready();

        server.says(
                "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"code\":\"%s\",\"event_id\":null}}"
                        .formatted(code));

        assertThat(event())
                .isEqualTo(
                        kind.equals("ResponseRefused")
                                ? new ModelEvent.ResponseRefused()
                                : new ModelEvent.Complaint(Trouble.valueOf(kind), code));
    }

    /// Whoever waits for it would wait for the rest of the connection's life.
    @Test
    void aNoteOrAnswerOfAToolThatIsRefusedIsNotWaitedFor() throws Exception {
        var model = ready();
        onLoop(() -> model.note("The caller pressed the key 1."));
        String note = server.hears().path("event_id").asText();
        onLoop(() -> model.answerTool("call_1", Map.of("success", true)));
        String answer = server.hears().path("event_id").asText();
        String refused =
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"invalid_value\",\"event_id\":\"%s\"}}";
        var complaint = new ModelEvent.Complaint(Trouble.PASSING, "invalid_value");

        server.says(refused.formatted(note));
        server.says(refused.formatted(answer));
        server.says(refused.formatted(answer));

        assertThat(event()).isEqualTo(new ModelEvent.NoteTaken());
        assertThat(event()).isEqualTo(complaint);
        assertThat(event()).isEqualTo(new ModelEvent.ToolAnswerTaken("call_1"));
        assertThat(event()).isEqualTo(complaint);
        assertThat(event()).isEqualTo(complaint);
    }

    @Test
    void aTruncationThatWasTooLongIsRepeatedWithTheServersOwnLength() throws Exception {
        var model = ready();
        onLoop(() -> model.truncate("item_1", 3760));
        String id = server.hears().path("event_id").asText();

        server.says(
                """
                {"type":"error","error":{"type":"invalid_request_error","code":"invalid_value","event_id":"%s",\
                "message":"Audio content of 3700ms is already shorter than 3760ms"}}\
                """
                        .formatted(id));

        var second = server.hears();
        assertThat(second.path("item_id").asText()).isEqualTo("item_1");
        assertThat(second.path("audio_end_ms").asInt()).isEqualTo(3700);
    }

    @Test
    void aFailedResponseSaysWhetherAskingAgainCanHelp() throws Exception {
        ready();

        for (String code : new String[] {"rate_limit_exceeded", "insufficient_quota"}) {
            server.says(
                    """
                    {"type":"response.done","response":{"id":"r","status":"failed","status_details":{"error":{"code":"%s"}}}}\
                    """
                            .formatted(code));
        }

        assertThat(((ModelEvent.ResponseDone) event()).status())
                .isEqualTo(ModelEvent.Status.FAILED);
        assertThat(((ModelEvent.ResponseDone) event()).status())
                .isEqualTo(ModelEvent.Status.FAILED_FOR_GOOD);
    }

    @Test
    void anAnswerInTextAloneIsToldApart() throws Exception {
        ready();
        for (String type : new String[] {"output_text", "output_audio"}) {
            server.says(
                    """
                    {"type":"response.done","response":{"id":"r","status":"completed","conversation_id":"conv_1","output":[
                    {"type":"message","content":[{"type":"%s"}]}]}}\
                    """
                            .formatted(type));
        }

        assertThat(((ModelEvent.ResponseDone) event()).status())
                .isEqualTo(ModelEvent.Status.TEXT_ONLY);
        assertThat(((ModelEvent.ResponseDone) event()).status())
                .isEqualTo(ModelEvent.Status.COMPLETED);
    }

    @Test
    void aResponseBesideTheConversationIsNoneOfTheCalls() throws Exception {
        ready();
        server.says(
                "{\"type\":\"response.created\",\"response\":{\"id\":\"o1\",\"conversation_id\":null}}");
        server.says(
                "{\"type\":\"response.done\",\"response\":{\"id\":\"o1\",\"status\":\"completed\",\"conversation_id\":null}}");
        server.says(
                "{\"type\":\"response.created\",\"response\":{\"id\":\"r1\",\"conversation_id\":\"conv_1\"}}");

        assertThat(event()).isEqualTo(new ModelEvent.ResponseCreated("r1"));
    }

    @Test
    void wordsThatCannotBeWrittenDownAreNotWaitedFor() throws Exception {
        ready();
        server.says(
                "{\"type\":\"conversation.item.input_audio_transcription.failed\",\"item_id\":\"u1\"}");

        assertThat(event()).isEqualTo(new ModelEvent.CallerTranscript("u1", ""));
    }

    @ParameterizedTest
    @CsvSource({"401, LASTING", "403, LASTING", "404, LASTING", "429, PASSING", "503, PASSING"})
    void aRefusedHandshakeSaysWhetherTryingAgainCanHelp(int status, Trouble trouble)
            throws Exception {
        server.stop();
        server = new ScriptedRealtimeServer(vertx, status);

        connect(server.base());

        assertThat(event()).isEqualTo(new ModelEvent.Lost(trouble, "http_" + status));
    }

    @Test
    void nobodyListeningIsALostModel() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        connect(URI.create("http://127.0.0.1:" + port));

        assertThat(event()).isEqualTo(new ModelEvent.Lost(Trouble.PASSING, "connect_failed"));
    }

    @Test
    void anEndpointThatNeverAnswersTheUpgradeIsGivenUp() throws Exception {
        try (var silent = new ServerSocket(0)) {
            connect(
                    URI.create("http://127.0.0.1:" + silent.getLocalPort()),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(20));

            assertThat(((ModelEvent.Lost) event()).trouble()).isEqualTo(Trouble.PASSING);
        }
    }

    /// The socket stands, and nobody speaks at its other end.
    @Test
    void anEndpointThatTakesTheUpgradeAndNeverSaysHelloIsGivenUp() throws Exception {
        readyTimeout = Duration.ofMillis(300);
        var model = connect(server.base());
        onLoop(() -> model.configure(BRIEF));

        assertThat(event()).isEqualTo(new ModelEvent.Lost(Trouble.PASSING, "not_ready"));
        assertThat(server.closeCode()).isEqualTo(1000);
    }

    @Test
    void anEndpointThatNeverTakesTheBriefIsGivenUp() throws Exception {
        readyTimeout = Duration.ofMillis(300);
        var model = connect(server.base());
        onLoop(() -> model.configure(BRIEF));
        server.says(ScriptedRealtimeServer.CREATED);

        assertThat(server.hears().path("type").asText()).isEqualTo("session.update");
        assertThat(event()).isEqualTo(new ModelEvent.Lost(Trouble.PASSING, "not_ready"));
    }

    /// It waits for us: that is no fault of the endpoint's.
    @Test
    void aSessionWithoutABriefIsNotGivenUp() throws Exception {
        readyTimeout = Duration.ofMillis(200);
        var model = connect(server.base());
        server.says(ScriptedRealtimeServer.CREATED);
        waitOnLoop(Duration.ofMillis(500));

        onLoop(() -> model.configure(BRIEF));
        server.hears();
        server.saysSessionUpdated("audio/pcmu", "audio/pcmu");

        assertThat(event()).isEqualTo(new ModelEvent.Ready());
        waitOnLoop(Duration.ofMillis(300));
        assertThat(events).isEmpty();
    }

    @Test
    void aClosedConnectionIsLostWithItsCode() throws Exception {
        ready();

        server.closes(1011);

        assertThat(event()).isEqualTo(new ModelEvent.Lost(Trouble.PASSING, "close_1011"));
    }

    @Test
    void anExpiredSessionIsLostOnceAlthoughTheSocketClosesToo() throws Exception {
        ready();

        server.says(
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"session_expired\"}}");
        server.closes(1001);

        assertThat(event()).isEqualTo(new ModelEvent.Lost(Trouble.PASSING, "session_expired"));
        assertThat(server.closeCode()).isPositive();
        assertThat(events).isEmpty();
    }

    @Test
    void ourOwnCloseIsOrderlyAndSaysNothingMore() throws Exception {
        var model = ready();

        onLoop(model::close);
        onLoop(() -> model.hear("AAAA", 0, 4));

        assertThat(server.closeCode()).isEqualTo(1000);
        assertThat(events).isEmpty();
    }

    @Test
    void closingWhileConnectingLeavesNoConnectionBehind() throws Exception {
        var model = new CompletableFuture<VoiceModel>();
        loop.runOnContext(_ -> {
            var connecting =
                    connector(server.base(), Duration.ofSeconds(3), Duration.ofSeconds(20))
                            .connect(sink(), 0, Optional.empty());
            connecting.close();
            model.complete(connecting);
        });

        model.get(5, TimeUnit.SECONDS);

        assertThat(server.closeCode()).isEqualTo(1000);
    }

    @Test
    void whatIsNoJsonIsAComplaintAndTheConnectionLives() throws Exception {
        ready();

        server.says("{oops");
        server.says("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}");

        assertThat(event())
                .isEqualTo(new ModelEvent.Complaint(Trouble.PASSING, "malformed_message"));
        assertThat(event()).isEqualTo(new ModelEvent.ResponseCreated("r1"));
    }

    @Test
    void aMessageOfAHundredKilobytesIsReadWhole() throws Exception {
        ready();
        String payload = "A".repeat(100_000);

        server.says(
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\""
                        + payload
                        + "\"}");

        assertThat(event()).isEqualTo(new Audio("r", "i", payload));
    }

    @Test
    void eventsArriveOnTheLoopThatConnected() throws Exception {
        var threads = new LinkedBlockingQueue<Boolean>();
        var connected = new CompletableFuture<VoiceModel>();
        loop.runOnContext(_ -> {
            Thread mine = Thread.currentThread();
            connected.complete(
                    connector(server.base(), Duration.ofSeconds(3), Duration.ofSeconds(20))
                            .connect(
                                    new VoiceModelEvents() {
                                        @Override
                                        public void onAudio(
                                                String r, String i, String t, int from, int to) {}

                                        @Override
                                        public void on(ModelEvent event) {
                                            threads.add(Thread.currentThread() == mine);
                                        }
                                    },
                                    0,
                                    Optional.empty()));
        });
        connected.get(5, TimeUnit.SECONDS);

        server.says("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}");

        assertThat(threads.poll(5, TimeUnit.SECONDS)).isTrue();
    }

    private VoiceModel ready() throws Exception {
        var model = connect(server.base());
        onLoop(() -> model.configure(BRIEF));
        server.says(ScriptedRealtimeServer.CREATED);
        server.hears();
        server.saysSessionUpdated("audio/pcmu", "audio/pcmu");
        assertThat(event()).isEqualTo(new ModelEvent.Ready());
        return model;
    }

    private VoiceModel connect(URI base) throws Exception {
        return connect(base, Duration.ofSeconds(3), Duration.ofSeconds(20));
    }

    private VoiceModel connect(URI base, Duration timeout, Duration ping) throws Exception {
        return connect(
                RealtimeEndpoint.openAi("openai", base, "sk-test", "gpt-realtime-2.1"),
                timeout,
                ping);
    }

    private RealtimeConnector connector(URI base, Duration timeout, Duration ping) {
        return connector(
                RealtimeEndpoint.openAi("openai", base, "sk-test", "gpt-realtime-2.1"),
                timeout,
                ping);
    }

    private RealtimeConnector connector(
            RealtimeEndpoint endpoint, Duration timeout, Duration ping) {
        return RealtimeConnector.cold(
                vertx, RealtimeSettings.defaults(endpoint, timeout, readyTimeout, ping, ping));
    }

    private VoiceModel connect(RealtimeEndpoint endpoint, Duration timeout, Duration ping)
            throws Exception {
        var connector = connector(endpoint, timeout, ping);
        var model = new CompletableFuture<VoiceModel>();
        loop.runOnContext(_ -> model.complete(connector.connect(sink(), 0, Optional.empty())));
        return model.get(5, TimeUnit.SECONDS);
    }

    private VoiceModelEvents sink() {
        return new VoiceModelEvents() {
            @Override
            public void onAudio(String responseId, String itemId, String text, int from, int to) {
                events.add(new Audio(responseId, itemId, text.substring(from, to)));
            }

            @Override
            public void on(ModelEvent event) {
                events.add(event);
            }
        };
    }

    private Object event() throws InterruptedException {
        Object event = events.poll(5, TimeUnit.SECONDS);
        return event == null ? "nothing happened in 5 s" : event;
    }

    private void waitOnLoop(Duration time) throws Exception {
        var passed = new CompletableFuture<Void>();
        vertx.setTimer(time.toMillis(), _ -> passed.complete(null));
        passed.get(5, TimeUnit.SECONDS);
    }

    private void onLoop(Runnable step) throws Exception {
        var done = new CompletableFuture<Void>();
        loop.runOnContext(_ -> {
            step.run();
            done.complete(null);
        });
        done.get(5, TimeUnit.SECONDS);
    }
}
