package io.managedredis.testing.internal.catalog;

import io.managedredis.Limit;
import io.managedredis.PlanId;
import io.managedredis.testing.internal.PlanLimits;
import io.managedredis.testing.internal.catalog.Plan.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The plans of the managed service. Immutable.
 *
 * <p>A limit is here only where the provider documents it. The provider's messages count sizes in powers of two (a plan of
 * 256 MB has a threshold of 268435456 bytes), so they are counted that way throughout.
 */
public final class PlanCatalog {

    private static final long MB = 1L << 20;
    private static final long GB = 1L << 30;

    private static final PlanCatalog BUNDLED = new PlanCatalog(List.of(
            // The identifiers of Free and Pay-as-you-go are built into the provider's command-line client.
            new Plan(
                    PlanId.of("x7M0gyB764ggwt6YZLRK"),
                    "Free",
                    "100 MB, 100 connections, 300 commands a second, 10000 commands and 10 GB of traffic a day",
                    alpha(100 * MB, 100, 300, Limit.of(10_000), 10 * GB),
                    OptionalInt.of(0),
                    Kind.ALPHA),
            new Plan(
                    PlanId.of("Qv5nR8cT2mWbLd70hYkP"),
                    "200MB",
                    "200 MB, 300 connections, 300 commands a second, 10 GB of traffic a day",
                    alpha(200 * MB, 300, 300, Limit.unlimited(), 10 * GB),
                    OptionalInt.of(1_000),
                    Kind.ALPHA),
            new Plan(
                    PlanId.of("Zj3xK9fS6gNuVe41pAqM"),
                    "500MB",
                    "500 MB, 500 connections, 500 commands a second, 30 GB of traffic a day",
                    alpha(500 * MB, 500, 500, Limit.unlimited(), 30 * GB),
                    OptionalInt.of(2_000),
                    Kind.ALPHA),
            new Plan(
                    PlanId.of("ekQ85Yjkw155ohQ5ALYq0M"),
                    "Pay-as-you-go",
                    "$0.20 for 100000 commands, up to 10 GB",
                    new PlanLimits(
                            Limit.of(10 * GB),
                            Limit.unknown(),
                            Limit.of(10_000),
                            Limit.unknown(),
                            Limit.unknown(),
                            Limit.of(10 * MB),
                            Limit.of(100 * MB)),
                    OptionalInt.of(0),
                    Kind.PAY_AS_YOU_GO),
            fixed("r1HcBz7wD4yTfX2sUoEk", "250MB", 250 * MB, 1_000, 500, "50 GB"),
            fixed("m8GpLq3vJ6aRiN5tKxWd", "1GB", GB, 2_000, 1_000, "100 GB"),
            fixed("b4YsCe9uF2hOzQ7nVjTg", "5GB", 5 * GB, 10_000, 5_000, "500 GB"),
            fixed("k6DwMx1rP8lUaS3iHcZf", "10GB", 10 * GB, 20_000, 10_000, "1 TB"),
            fixed("t2ViEn5oB7qJgY4yRkXm", "50GB", 50 * GB, 40_000, 20_000, "5 TB"),
            legacy("y9LaTf2dW5sCuH8jNbQz", "Starter"),
            legacy("h3KoXr6mG1eZpI7vSwDt", "Standard"),
            legacy("c7NuJb4xA9kEyF2qMlRo", "Pro 2k"),
            legacy("w5TzPs8gV3iLdO6hQnYa", "Pro 10k")));

    private final List<Plan> plans;

    private PlanCatalog(List<Plan> plans) {
        this.plans = plans;
    }

    /** The catalogue that comes with the service. */
    public static PlanCatalog bundled() {
        return BUNDLED;
    }

    /** Every plan, those that are not sold any more last. */
    public List<Plan> all() {
        return plans;
    }

    /** The plan with this identifier. */
    public Optional<Plan> find(PlanId id) {
        return plans.stream().filter(plan -> plan.id().equals(id)).findFirst();
    }

    /** The plan with this name, upper and lower case alike. */
    public Optional<Plan> findByName(String name) {
        return plans.stream()
                .filter(plan -> plan.name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    /** The plan of a database for which none was asked. */
    public Plan defaultPlan() {
        return plans.stream()
                .filter(plan -> plan.kind() == Kind.PAY_AS_YOU_GO)
                .findFirst()
                .orElseThrow();
    }

    private static PlanLimits alpha(
            long dataBytes, int connections, int commandsPerSecond, Limit dailyCommands, long dailyBandwidthBytes) {
        return new PlanLimits(
                Limit.of(dataBytes),
                Limit.of(connections),
                Limit.of(commandsPerSecond),
                dailyCommands,
                Limit.of(dailyBandwidthBytes),
                Limit.unknown(),
                Limit.unknown());
    }

    private static Plan fixed(
            String id, String size, long dataBytes, int cents, int centsPerReadRegion, String monthlyBandwidth) {
        return new Plan(
                PlanId.of(id),
                "Fixed " + size,
                size + " at a fixed price, $" + centsPerReadRegion / 100 + " for each read region, " + monthlyBandwidth
                        + " of traffic a month",
                dataSizeOnly(Limit.of(dataBytes)),
                OptionalInt.of(cents),
                Kind.FIXED);
    }

    private static Plan legacy(String id, String name) {
        return new Plan(
                PlanId.of(id),
                name,
                "not offered to new databases",
                dataSizeOnly(Limit.unknown()),
                OptionalInt.empty(),
                Kind.LEGACY);
    }

    /** Limits of which no other is documented. */
    private static PlanLimits dataSizeOnly(Limit dataBytes) {
        return new PlanLimits(
                dataBytes,
                Limit.unknown(),
                Limit.unknown(),
                Limit.unknown(),
                Limit.unknown(),
                Limit.unknown(),
                Limit.unknown());
    }
}
