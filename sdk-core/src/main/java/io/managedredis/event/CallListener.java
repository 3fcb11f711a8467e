package io.managedredis.event;

import java.util.Map;

/**
 * Is told what happens to calls, on the threads on which it happens: it must be quick, and safe for use by several threads.
 * What it throws is logged and changes nothing.
 */
public interface CallListener {

    /** Something happened. */
    void onEvent(CallEvent event);

    /**
     * Headers to send with a request, such as the context of a trace. Those of the client itself cannot be replaced.
     *
     * @param attempt the request
     */
    default Map<String, String> headersFor(CallEvent.AttemptStarted attempt) {
        return Map.of();
    }
}
