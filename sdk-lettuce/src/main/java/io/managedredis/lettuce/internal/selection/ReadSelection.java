package io.managedredis.lettuce.internal.selection;

import io.managedredis.Region;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the endpoint for reads: usable, then in the own region, then within the latency band of the fastest, then replicas before
 * the primary, then one of those left. The one in use stays while it is among them, for each change costs a fence; otherwise chance
 * decides, so that many processes do not choose the same. Not thread-safe.
 */
public final class ReadSelection {

    /** What is still about as fast, if nothing else is said: 5 ms. */
    public static final Duration DEFAULT_BAND = Duration.ofMillis(5);

    private final List<CandidateSelector> chain;
    private final RandomGenerator random;

    /**
     * The usual chain.
     *
     * @param localRegion the region of this process, where known
     */
    public ReadSelection(Optional<Region> localRegion, Duration band, RandomGenerator random) {
        List<CandidateSelector> steps = new ArrayList<>();
        steps.add(CandidateSelector.usable());
        localRegion.map(CandidateSelector::inRegion).ifPresent(steps::add);
        steps.add(CandidateSelector.withinBand(band));
        steps.add(CandidateSelector.replicas());
        this.chain = List.copyOf(steps);
        this.random = random;
    }

    /**
     * Chooses among the candidates.
     *
     * @param current the endpoint in use
     */
    public <E> Selection<E> select(List<Candidate<E>> candidates, @Nullable E current) {
        List<Selection.Step<E>> steps = new ArrayList<>();
        List<Candidate<E>> left = candidates;
        for (CandidateSelector selector : chain) {
            left = selector.select(left);
            steps.add(new Selection.Step<>(selector.toString(), endpoints(left)));
        }
        List<E> order = new ArrayList<>();
        if (!left.isEmpty()) {
            order.add(pick(endpoints(left), current));
        }
        candidates.stream()
                .filter(candidate -> candidate.usable() && !candidate.primary())
                .sorted(Comparator.comparing((Candidate<E> candidate) -> !candidate.isMeasured())
                        .thenComparingLong(Candidate::roundTripNanos))
                .map(Candidate::endpoint)
                .filter(endpoint -> order.stream().noneMatch(chosen -> chosen == endpoint))
                .forEach(order::add);
        candidates.stream()
                .filter(Candidate::primary)
                .map(Candidate::endpoint)
                .filter(endpoint -> order.stream().noneMatch(chosen -> chosen == endpoint))
                .forEach(order::add);
        return new Selection<>(order, steps);
    }

    private <E> E pick(List<E> left, @Nullable E current) {
        for (E endpoint : left) {
            if (endpoint == current) {
                return endpoint;
            }
        }
        return left.get(random.nextInt(left.size()));
    }

    private static <E> List<E> endpoints(List<Candidate<E>> candidates) {
        return candidates.stream().map(Candidate::endpoint).toList();
    }
}
