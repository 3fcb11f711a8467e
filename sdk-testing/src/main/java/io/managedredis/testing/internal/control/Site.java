package io.managedredis.testing.internal.control;

/** Something for people that the API's port serves as well. Thread safe. */
public interface Site {

    /** Nothing. */
    Site NONE = new Site() {
        @Override
        public boolean serves(String path) {
            return false;
        }

        @Override
        public HttpAnswer answer(Request request) {
            throw new IllegalStateException("nothing is served at " + request.path());
        }
    };

    /** Whether this path belongs to it. */
    boolean serves(String path);

    /** The answer to a request for one of its paths. */
    HttpAnswer answer(Request request);
}
