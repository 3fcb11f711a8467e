package io.managedredis.lettuce.internal.connection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made once, when it is first asked for. Thread safe. */
final class OnDemand<T> {

    private final Supplier<T> maker;
    private volatile @Nullable T value;

    OnDemand(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        T made = value;
        return made == null ? make() : made;
    }

    private synchronized T make() {
        T made = value;
        if (made == null) {
            made = maker.get();
            value = made;
        }
        return made;
    }
}
