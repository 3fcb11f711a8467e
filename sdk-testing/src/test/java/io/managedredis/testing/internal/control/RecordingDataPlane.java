package io.managedredis.testing.internal.control;

import io.managedredis.Eviction;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.Secret;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.DataPlane;
import io.managedredis.testing.internal.DatabaseDefinition;
import io.managedredis.testing.internal.PlanLimits;
import io.managedredis.testing.internal.RunningDatabase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Writes down what the control plane asks for, and fails on demand, which real Redis does not. */
final class RecordingDataPlane implements DataPlane {

    final List<String> calls = new CopyOnWriteArrayList<>();
    final AtomicReference<RuntimeException> nextFailure = new AtomicReference<>();

    @Override
    public RunningDatabase start(DatabaseDefinition definition) {
        record("start " + definition.primaryRegion() + " " + definition.readRegions() + " " + definition.eviction());
        return new Running(definition);
    }

    @Override
    public void close() {
        calls.add("close all");
    }

    private void record(String call) {
        calls.add(call);
        Optional.ofNullable(nextFailure.getAndSet(null)).ifPresent(failure -> {
            throw failure;
        });
    }

    private final class Running implements RunningDatabase {

        private volatile Secret password;

        Running(DatabaseDefinition definition) {
            this.password = definition.password();
        }

        @Override
        public RedisUrl url(Vantage vantage) {
            return new RedisUrl(false, "default", password, "127.0.0.1", vantage.region() == null ? 7000 : 7100);
        }

        @Override
        public RedisUrl url(Region region, Vantage vantage) {
            int port = (vantage.region() == null ? 7001 : 7101) + region.code().charAt(0);
            return new RedisUrl(false, "default", password, "127.0.0.1", port);
        }

        @Override
        public void changeReadRegions(List<Region> readRegions) {
            record("read regions " + readRegions);
        }

        @Override
        public void changeLimits(PlanLimits limits) {
            record("limits " + limits.dataBytes());
        }

        @Override
        public void changeEviction(Eviction eviction) {
            record("eviction " + eviction);
        }

        @Override
        public void changePassword(Secret newPassword) {
            record("password");
            password = newPassword;
        }

        @Override
        public void close() {
            record("close");
        }
    }
}
