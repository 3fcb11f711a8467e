package io.managedredis.examples.cli;

import io.managedredis.Region;
import io.managedredis.placement.Advice;
import io.managedredis.placement.Assessment;
import io.managedredis.placement.Latency;
import io.managedredis.placement.PlacementChange;
import io.managedredis.placement.PlacementChange.AddReadRegion;
import io.managedredis.placement.PlacementChange.RemoveReadRegion;
import io.managedredis.pricing.Money;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Advice in JSON. Times are milliseconds. Names and types stay; more may be added.
 *
 * @param current what the placement comes to as it is
 * @param options what each change would do, the most helpful first
 */
record AdviceJson(AssessmentJson current, List<OptionJson> options) {

    static AdviceJson of(Advice advice) {
        return new AdviceJson(
                AssessmentJson.of(advice.current()),
                advice.options().stream()
                        .map(option -> new OptionJson(
                                kind(option.change()),
                                option.change().region().code(),
                                milliseconds(option.meanDifference()),
                                option.costDifference().map(Money::toString).orElse(null),
                                AssessmentJson.of(option.after())))
                        .toList());
    }

    private static String kind(PlacementChange change) {
        if (change instanceof AddReadRegion) {
            return "addReadRegion";
        }
        return change instanceof RemoveReadRegion ? "removeReadRegion" : "movePrimary";
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    /**
     * One change.
     *
     * @param change {@code addReadRegion}, {@code removeReadRegion} or {@code movePrimary}
     * @param region the region it is about
     * @param meanDifference below zero where commands get faster
     * @param costDifference per month, or null where it is not known
     * @param after what the placement would come to
     */
    record OptionJson(
            String change,
            String region,
            double meanDifference,
            @Nullable String costDifference,
            AssessmentJson after) {}

    /**
     * What a placement comes to.
     *
     * @param reads null where there are none
     * @param writes null where there are none
     * @param costPerMonth null where it is not known
     */
    record AssessmentJson(
            String primaryRegion,
            List<String> readRegions,
            @Nullable LatencyJson reads,
            @Nullable LatencyJson writes,
            double mean,
            @Nullable String costPerMonth,
            List<RegionJson> regions) {

        static AssessmentJson of(Assessment assessment) {
            return new AssessmentJson(
                    assessment.placement().primary().code(),
                    assessment.placement().readRegions().stream()
                            .map(Region::code)
                            .toList(),
                    LatencyJson.of(assessment.reads()),
                    LatencyJson.of(assessment.writes()),
                    milliseconds(assessment.mean()),
                    assessment.costPerMonth().map(Money::toString).orElse(null),
                    assessment.regions().stream()
                            .map(each -> new RegionJson(
                                    each.from().code(),
                                    each.servedBy().code(),
                                    milliseconds(each.read()),
                                    milliseconds(each.write())))
                            .toList());
        }
    }

    /** How long commands travel, over all regions. */
    record LatencyJson(double mean, double p50) {

        static @Nullable LatencyJson of(@Nullable Latency latency) {
            return latency == null
                    ? null
                    : new LatencyJson(milliseconds(latency.mean()), milliseconds(latency.median()));
        }
    }

    /** How long commands from one region travel. */
    record RegionJson(String from, String readFrom, double read, double write) {}
}
