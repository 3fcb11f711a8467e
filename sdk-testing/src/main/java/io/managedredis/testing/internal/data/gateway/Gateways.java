package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Command;
import io.managedredis.testing.internal.data.command.Route;
import java.util.Map;

/** Texts and values that all gateways share. The texts are those of Redis. */
final class Gateways {

    static final String NOAUTH = "NOAUTH Authentication required.";
    static final String WRONGPASS = "WRONGPASS invalid username-password pair or user is disabled.";
    static final String NOAUTH_HELLO =
            "NOAUTH HELLO must be called with the client already authenticated, otherwise the"
                    + " HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol"
                    + " version at the same time";

    /** A command that no table knows. */
    static final Command NONE = new Command("", Route.ANYWHERE, Map.of(), 0, 0, 0);

    private Gateways() {}
}
