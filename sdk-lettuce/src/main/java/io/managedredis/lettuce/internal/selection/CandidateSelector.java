package io.managedredis.lettuce.internal.selection;

import io.managedredis.Region;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** One step of a choice: keeps some of the candidates, in their order. Stateless. */
public interface CandidateSelector {

    /** What is left. */
    <E> List<Candidate<E>> select(List<Candidate<E>> candidates);

    /** Those that commands may go to. May leave nothing. */
    static CandidateSelector usable() {
        return new CandidateSelector() {
            @Override
            public <E> List<Candidate<E>> select(List<Candidate<E>> candidates) {
                return candidates.stream().filter(Candidate::usable).toList();
            }

            @Override
            public String toString() {
                return "usable";
            }
        };
    }

    /** Those in a region; all, when none is. */
    static CandidateSelector inRegion(Region region) {
        return new CandidateSelector() {
            @Override
            public <E> List<Candidate<E>> select(List<Candidate<E>> candidates) {
                return preferring(candidates, candidate -> candidate.region().equals(region));
            }

            @Override
            public String toString() {
                return "in region " + region;
            }
        };
    }

    /**
     * Those measured to be slower than the fastest by no more than the band. Without any measurement all are left; with one, those
     * without are not.
     */
    static CandidateSelector withinBand(Duration band) {
        return new CandidateSelector() {
            @Override
            public <E> List<Candidate<E>> select(List<Candidate<E>> candidates) {
                long fastest = candidates.stream()
                        .filter(Candidate::isMeasured)
                        .mapToLong(Candidate::roundTripNanos)
                        .min()
                        .orElse(Long.MAX_VALUE);
                return preferring(
                        candidates,
                        candidate -> candidate.isMeasured() && candidate.roundTripNanos() - fastest <= band.toNanos());
            }

            @Override
            public String toString() {
                return "within " + band.toMillis() + " ms of the fastest";
            }
        };
    }

    /** The replicas; all, when there is none. */
    static CandidateSelector replicas() {
        return new CandidateSelector() {
            @Override
            public <E> List<Candidate<E>> select(List<Candidate<E>> candidates) {
                return preferring(candidates, candidate -> !candidate.primary());
            }

            @Override
            public String toString() {
                return "replicas first";
            }
        };
    }

    private static <E> List<Candidate<E>> preferring(List<Candidate<E>> candidates, Predicate<Candidate<E>> preferred) {
        List<Candidate<E>> kept = candidates.stream().filter(preferred).toList();
        return kept.isEmpty() ? candidates : kept;
    }
}
