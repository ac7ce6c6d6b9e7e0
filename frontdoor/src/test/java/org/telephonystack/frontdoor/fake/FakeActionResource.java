package org.telephonystack.frontdoor.fake;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.util.Map;

/// Starts a [FakeAction] before the service and injects it into the tests.
public final class FakeActionResource implements QuarkusTestResourceLifecycleManager {

    private final FakeAction action = new FakeAction();

    /// @param initArgs `answer`: what action says to everything from the start
    @Override
    public void init(Map<String, String> initArgs) {
        action.answers(200, initArgs.getOrDefault("answer", "{}"));
    }

    @Override
    public Map<String, String> start() {
        return Map.of("ACTION_INTERNAL_URL", action.url());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(action, new TestInjector.MatchesType(FakeAction.class));
    }

    @Override
    public void stop() {
        action.close();
    }
}
