package org.telephonystack.quarkus;

import io.quarkus.runtime.StartupEvent;

import jakarta.enterprise.event.Observes;

import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.telephonystack.model.log.CallFields;

import java.util.logging.Handler;
import java.util.logging.Logger;

/// Where lines are JSON objects, the call that a line names becomes two fields beside it.
final class JsonLog {

    void beforeTheFirstCall(@Observes StartupEvent start) {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            addFields(handler);
        }
    }

    private static void addFields(Handler handler) {
        if (handler.getFormatter() instanceof JsonFormatter json) {
            handler.setFormatter(new CallFields(json));
        }
        if (handler instanceof ExtHandler several) {
            for (Handler one : several.getHandlers()) {
                addFields(one);
            }
        }
    }
}
