package io.managedredis;

import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

/** Ways in which an answer fails to arrive. */
final class Faults {

    private Faults() {}

    /** The connection closes before anything of the answer was sent. */
    static MockResponse reset() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    /** The connection closes in the middle of the body. */
    static MockResponse halfABody() {
        return ApiServer.data("{\"addOn\":null, \"padding\":\"" + "x".repeat(4096) + "\"}")
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
    }

    /** The connection stays open and nothing comes. */
    static MockResponse silence() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    /** The headers come at once, and then a byte a second. */
    static MockResponse slowBody() {
        return ApiServer.data("{\"addOn\":null}")
                .newBuilder()
                .throttleBody(1, 1, TimeUnit.SECONDS)
                .build();
    }

    static MockResponse retryAfter(int status, String value) {
        return ApiServer.status(status, "busy")
                .newBuilder()
                .addHeader("Retry-After", value)
                .build();
    }
}
