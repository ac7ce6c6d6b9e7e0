package org.telephonystack.stream.call.openai;

import org.telephonystack.stream.call.openai.EndpointEvents.For;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The endpoints in their order. The first that is well serves; after failures of the same call the next one, and so on
/// round. Where none is well the least bad is tried: silence helps nobody.
final class Endpoints {

    /// @param watch to be told how the connection fares
    record Chosen(Endpoint endpoint, ConnectionWatch watch) {}

    private final List<Endpoint> inOrder;

    Endpoints(List<Endpoint> inOrder) {
        this.inOrder = List.copyOf(inOrder);
    }

    boolean isLatched(String name) {
        return inOrder.stream()
                .anyMatch(endpoint -> endpoint.name().equals(name) && endpoint.isLatched());
    }

    /// @param after the endpoint that failed this call last
    Chosen choose(int failures, Optional<String> after) {
        For what = failures == 0 ? For.CALL : For.CALL_AGAIN;
        int from = failures == 0 ? 0 : after.map(this::position).orElse(-1) + 1;
        return well(what, from).orElseGet(() -> leastBad(what));
    }

    private int position(String name) {
        return inOrder.stream().map(Endpoint::name).toList().indexOf(name);
    }

    /// For a connection that nobody waits for: none where none is well.
    Optional<Chosen> chooseForNextCall() {
        return well(For.NEXT_CALL, 0);
    }

    /// Which ones are latched changes with every failure: places are counted among all.
    private Optional<Chosen> well(For what, int from) {
        for (int i = 0; i < inOrder.size(); i++) {
            Endpoint endpoint = inOrder.get((from + i) % inOrder.size());
            Optional<ConnectionWatch> watch =
                    endpoint.isLatched() ? Optional.empty() : endpoint.attempt(what);
            if (watch.isPresent()) {
                return Optional.of(new Chosen(endpoint, watch.get()));
            }
        }
        return Optional.empty();
    }

    /// An open circuit may have healed meanwhile; a latch that is about to expire likewise.
    private Chosen leastBad(For what) {
        Endpoint endpoint =
                inOrder.stream()
                        .min(Comparator.comparingLong(Endpoint::latchedNanos))
                        .orElseThrow(() -> new IllegalStateException("no endpoint at all"));
        return new Chosen(endpoint, endpoint.attemptAnyhow(what));
    }
}
