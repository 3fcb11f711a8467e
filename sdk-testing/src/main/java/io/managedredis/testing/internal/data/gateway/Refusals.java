package io.managedredis.testing.internal.data.gateway;

/** How clients without the right credentials are refused, in the words of Redis. */
final class Refusals {

    static final String NOAUTH = "NOAUTH Authentication required.";
    static final String WRONGPASS = "WRONGPASS invalid username-password pair or user is disabled.";
    static final String NOAUTH_HELLO =
            "NOAUTH HELLO must be called with the client already authenticated, otherwise the"
                    + " HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol"
                    + " version at the same time";

    private Refusals() {}
}
