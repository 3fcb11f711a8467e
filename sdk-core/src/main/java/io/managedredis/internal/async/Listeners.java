package io.managedredis.internal.async;

import io.managedredis.event.CallEvent;
import io.managedredis.event.CallListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners of a client as one, none of which can break a call. */
public final class Listeners implements CallListener {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<CallListener> listeners;

    /** These listeners, in this order. */
    public Listeners(List<CallListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void onEvent(CallEvent event) {
        for (CallListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException failure) {
                LOG.warn("A call listener failed at {}", event.getClass().getSimpleName(), failure);
            }
        }
    }

    @Override
    public Map<String, String> headersFor(CallEvent.AttemptStarted attempt) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (CallListener listener : listeners) {
            try {
                headers.putAll(listener.headersFor(attempt));
            } catch (RuntimeException failure) {
                LOG.warn("A call listener failed to name headers", failure);
            }
        }
        return headers;
    }
}
