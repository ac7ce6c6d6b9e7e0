package org.telephonystack.action.tool;

import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolDefinition;
import org.telephonystack.model.tool.ToolDefinition.Arguments;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Leads a tool call to its handler. Whatever happens, there is a sentence to say.
public final class ToolDispatcher {

    /// What an action that nobody registered is called in metrics and spans: the model may invent any name.
    public static final String UNKNOWN = "unknown";

    /// One tool and who carries it out.
    public record Registration<P extends Record>(
            ToolDefinition<P> definition, ToolHandler<P> handler) {

        private CompletionStage<ToolResult> dispatch(
                ToolCall call, Script script, ToolMemory memory) {
            return switch (definition.read(call.params())) {
                case Arguments.Valid<P>(var values) ->
                        handler.handle(values, call)
                                .thenCompose(answer -> kept(call, answer, memory));
                case Arguments.Invalid<P>(var problem) ->
                        CompletableFuture.completedFuture(notUnderstood(script, problem));
            };
        }

        /// What cannot be kept is still the answer.
        private CompletionStage<ToolResult> kept(
                ToolCall call, ToolResult answer, ToolMemory memory) {
            boolean keep =
                    switch (handler.keeps()) {
                        case NOTHING -> false;
                        case REFUSALS -> answer.outcome() == Outcome.ERROR;
                        case EVERYTHING -> true;
                    };
            return keep
                    ? memory.keep(call, answer)
                            .thenApply(ToolMemory.Kept::answer)
                            .exceptionally(_ -> answer)
                    : CompletableFuture.completedFuture(answer);
        }
    }

    private final Map<String, Registration<?>> tools;
    private final ToolMemory memory;
    private final CurrentBusiness business;
    private final ToolEvents events;
    private final Callers callers;
    private final CallerLimit limit;

    public ToolDispatcher(
            CurrentBusiness business,
            ToolEvents events,
            ToolMemory memory,
            Callers callers,
            CallerLimit limit,
            List<Registration<?>> tools) {
        this.callers = callers;
        this.limit = limit;
        this.business = business;
        this.memory = counting(memory);
        this.events = events;
        this.tools =
                tools.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        tool -> tool.definition().name(), Function.identity()));
    }

    /// The tool's name, or [#UNKNOWN].
    public String nameOf(ToolCall call) {
        return tools.containsKey(call.action()) ? call.action() : UNKNOWN;
    }

    /// The stage never fails.
    public CompletionStage<ToolResult> dispatch(ToolCall call) {
        Registration<?> tool = tools.get(call.action());
        if (tool == null) {
            return CompletableFuture.completedFuture(
                    ToolResult.error(script().say(Phrase.UNKNOWN_ACTION), Map.of()));
        }
        return admitted(tool, call)
                .exceptionally(failure -> {
                    if (isTooMany(failure)) {
                        return tooMany(call);
                    }
                    events.onFailure(nameOf(call), call.callSid(), failure);
                    return unavailable(call);
                });
    }

    /// What is said when there is no answer, or none in time.
    public ToolResult unavailable(ToolCall call) {
        Registration<?> tool = tools.get(call.action());
        Optional<Business> known = business.lastSeen();
        return tool == null
                ? ToolResult.error(script().say(Phrase.UNKNOWN_ACTION), Map.of())
                : tool.handler().unavailable(known);
    }

    /// What is said to a request that is no tool call.
    public ToolResult notUnderstood(String problem) {
        return notUnderstood(script(), problem);
    }

    /// Asks nobody: a database that hangs must not push the moment from which a handler counts its time.
    private CompletionStage<ToolResult> admitted(Registration<?> tool, ToolCall call) {
        boolean free = tool.handler().keeps() == ToolHandler.Keeps.NOTHING;
        if (free || limit.admits(callers.nameOf(call))) {
            return attempt(tool, call);
        }
        return CompletableFuture.completedFuture(tooMany(call));
    }

    private ToolResult tooMany(ToolCall call) {
        events.onTooMany(nameOf(call), call.callSid());
        return ToolResult.error(script().say(Phrase.TOO_MANY), Map.of());
    }

    private static boolean isTooMany(Throwable failure) {
        return failure instanceof TooManyToolCalls
                || failure.getCause() instanceof TooManyToolCalls;
    }

    /// Tools that do not ask who calls are counted when their answer is kept: the next one knows.
    private ToolMemory counting(ToolMemory kept) {
        return (call, answer) ->
                kept.keep(call, answer)
                        .thenApply(known -> {
                            limit.learn(callers.nameOf(call), known.toolCalls());
                            return known;
                        });
    }

    private CompletionStage<ToolResult> attempt(Registration<?> tool, ToolCall call) {
        try {
            return tool.dispatch(call, script(), memory);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Script script() {
        return Script.of(business.lastSeen());
    }

    private static ToolResult notUnderstood(Script script, String problem) {
        return ToolResult.error(script.say(Phrase.NOT_UNDERSTOOD), Map.of("problem", problem));
    }
}
