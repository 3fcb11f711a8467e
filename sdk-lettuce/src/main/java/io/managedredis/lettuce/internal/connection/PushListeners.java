package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.protocol.PushHandler;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The push listeners of a routed connection; the physical connections forward to them. */
final class PushListeners implements PushHandler {

    private final List<PushListener> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void addListener(PushListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(PushListener listener) {
        listeners.remove(listener);
    }

    @Override
    public Collection<PushListener> getPushListeners() {
        return listeners;
    }
}
