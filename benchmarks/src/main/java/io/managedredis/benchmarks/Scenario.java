package io.managedredis.benchmarks;

import io.managedredis.benchmarks.results.Result;
import java.util.List;

/** Something to measure, with all its peers in one run. */
public interface Scenario {

    /** Names the scenario; the identifiers of its results begin with it. */
    String id();

    /**
     * Measures.
     *
     * @param effort how long to take
     * @return one result for each thing measured
     * @throws Exception when something does not work, as opposed to being slow
     */
    List<Result> run(Effort effort) throws Exception;
}
