package io.managedredis.testing.internal.control;

import graphql.schema.DataFetchingEnvironment;
import io.managedredis.testing.Vantage;

/**
 * Who asks, and from where.
 *
 * @param plane what is asked
 * @param caller the organization whose token came with the request
 * @param vantage where the caller stands
 */
record ApiCall(ControlPlane plane, Organization caller, Vantage vantage) {

    static ApiCall of(DataFetchingEnvironment environment) {
        return environment.getGraphQlContext().get(ApiCall.class);
    }
}
