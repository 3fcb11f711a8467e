package io.managedredis.placement;

import io.managedredis.Region;
import io.managedredis.Routing;
import io.managedredis.placement.PlacementChange.AddReadRegion;
import io.managedredis.placement.PlacementChange.MovePrimary;
import io.managedredis.placement.PlacementChange.RemoveReadRegion;
import io.managedredis.pricing.BilledDatabase;
import io.managedredis.pricing.CostEstimate;
import io.managedredis.pricing.Money;
import io.managedredis.pricing.PriceBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Says what a placement does to latency and cost under a workload, and what adding or removing a read region or moving the
 * primary would do. Immutable, and safe for use by several threads; it asks nobody and decides nothing.
 *
 * <pre>{@code
 * Advice advice = PlacementAdviser.of(RoundTrips.greatCircle(client.regions().list()))
 *         .plan("Fixed 1GB", PriceBook.latest())
 *         .advise(workload, Placement.of(database), Set.of(Region.of("nrt")));
 * }</pre>
 *
 * <p>Reads are taken to go to the nearest region, as eventual ones do. Read-your-writes adds the reads that the primary has to
 * answer, which depend on the keys and are not part of this.
 */
public final class PlacementAdviser {

    private final RoundTrips roundTrips;
    private final Routing routing;
    private final BiFunction<Placement, Workload, Optional<CostEstimate>> prices;

    private PlacementAdviser(
            RoundTrips roundTrips, Routing routing, BiFunction<Placement, Workload, Optional<CostEstimate>> prices) {
        this.roundTrips = Objects.requireNonNull(roundTrips, "roundTrips");
        this.routing = Objects.requireNonNull(routing, "routing");
        this.prices = prices;
    }

    /** An adviser that knows distances and no price, for databases of the provider: {@link Routing#BY_PLATFORM}. */
    public static PlacementAdviser of(RoundTrips roundTrips) {
        return new PlacementAdviser(roundTrips, Routing.BY_PLATFORM, (placement, workload) -> Optional.empty());
    }

    /**
     * The same for databases reached in this way. Where the platform routes, a write goes to the nearest region and from there
     * to the primary; where regions have addresses, it goes to the primary straight.
     */
    public PlacementAdviser routing(Routing shape) {
        return new PlacementAdviser(roundTrips, shape, prices);
    }

    /** The same for databases on a plan, by its name in the price book. Costs stay empty where the book does not know it. */
    public PlacementAdviser plan(String name, PriceBook book) {
        return plan(name, book, false);
    }

    /** As {@link #plan(String, PriceBook)}, and with the production features where they are booked. */
    public PlacementAdviser plan(String name, PriceBook book, boolean prodPack) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(book, "book");
        return new PlacementAdviser(
                roundTrips,
                routing,
                (placement, workload) -> book.estimate(
                        new BilledDatabase(name, placement.readRegions().size(), prodPack), workload.perMonth()));
    }

    /**
     * What a placement comes to.
     *
     * @throws io.managedredis.error.InvalidRequestException when a round trip that is needed is not known
     */
    public Assessment assess(Workload workload, Placement placement) {
        List<Weighed> reads = new ArrayList<>();
        List<Weighed> writes = new ArrayList<>();
        List<RegionLatency> regions = new ArrayList<>();
        workload.loads().forEach((from, load) -> {
            RegionLatency latency = from(from, placement);
            regions.add(latency);
            reads.add(new Weighed(latency.read(), load.readsPerSecond()));
            writes.add(new Weighed(latency.write(), load.writesPerSecond()));
        });
        List<Weighed> all = new ArrayList<>(reads);
        all.addAll(writes);
        return new Assessment(
                placement,
                latency(reads),
                latency(writes),
                mean(all),
                regions,
                prices.apply(placement, workload).orElse(null));
    }

    /**
     * What every single change to a placement would do: removing each of its read regions, adding each other candidate as one,
     * and moving the primary to each read region and each candidate.
     *
     * @param candidates regions that could be used, beside those of the placement; a workload's own regions are not among them
     *     by themselves, for a database cannot be everywhere
     * @throws io.managedredis.error.InvalidRequestException when a round trip that is needed is not known
     */
    public Advice advise(Workload workload, Placement current, Collection<Region> candidates) {
        Assessment before = assess(workload, current);
        Set<Region> others = new TreeSet<>(candidates);
        others.removeAll(current.regions());

        List<PlacementChange> changes = new ArrayList<>();
        others.forEach(region -> changes.add(new AddReadRegion(region)));
        current.readRegions().forEach(region -> changes.add(new RemoveReadRegion(region)));
        Set<Region> possiblePrimaries = new LinkedHashSet<>(current.readRegions());
        possiblePrimaries.addAll(others);
        possiblePrimaries.forEach(region -> changes.add(new MovePrimary(region)));

        return new Advice(
                before,
                changes.stream()
                        .map(change -> new PlacementOption(change, before, assess(workload, change.applyTo(current))))
                        .sorted(Comparator.comparing(PlacementOption::meanDifference)
                                .thenComparing(
                                        option -> option.costDifference().orElse(null),
                                        Comparator.nullsLast(Comparator.<Money>naturalOrder())))
                        .toList());
    }

    private RegionLatency from(Region region, Placement placement) {
        Region nearest = placement.regions().stream()
                .min(Comparator.comparing(candidate -> roundTrips.between(region, candidate)))
                .orElseThrow();
        Duration read = roundTrips.between(region, nearest);
        Duration write = switch (routing) {
            case BY_PLATFORM -> read.plus(roundTrips.between(nearest, placement.primary()));
            case BY_REGION -> roundTrips.between(region, placement.primary());
        };
        return new RegionLatency(region, nearest, read, write);
    }

    private static @Nullable Latency latency(List<Weighed> commands) {
        return total(commands) == 0 ? null : new Latency(mean(commands), median(commands));
    }

    private static Duration mean(List<Weighed> commands) {
        double sum = sum(commands, each -> each.duration().toNanos() * each.perSecond());
        return Duration.ofNanos(Math.round(sum / total(commands)));
    }

    private static Duration median(List<Weighed> commands) {
        double half = total(commands) / 2;
        double done = 0;
        List<Weighed> fastestFirst = commands.stream()
                .filter(each -> each.perSecond() > 0)
                .sorted(Comparator.comparing(Weighed::duration))
                .toList();
        for (Weighed each : fastestFirst) {
            done += each.perSecond();
            if (done >= half) {
                return each.duration();
            }
        }
        // Rounding can leave the sum a hair below the half of itself only where there is one command or none.
        return fastestFirst.get(fastestFirst.size() - 1).duration();
    }

    private static double total(List<Weighed> commands) {
        return sum(commands, Weighed::perSecond);
    }

    private static double sum(List<Weighed> commands, ToDoubleFunction<Weighed> value) {
        return commands.stream().mapToDouble(value).sum();
    }

    /** So many commands a second that each take so long. */
    private record Weighed(Duration duration, double perSecond) {}
}
