package io.managedredis.internal.fly;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations that are sent; the document of each is a resource of the same name. */
enum GraphQlOperation {
    GET_DATABASE("GetDatabase", false),
    FIND_DATABASE("FindDatabase", false),
    LIST_DATABASES("ListDatabases", false),
    LIST_ORGANIZATION_DATABASES("ListOrganizationDatabases", false),
    GET_STATISTICS("GetStatistics", false),
    LIST_PLANS("ListPlans", false),
    LIST_REGIONS("ListRegions", false),
    NEAREST_REGION("NearestRegion", false),
    LIST_ORGANIZATIONS("ListOrganizations", false),
    CREATE_DATABASE("CreateDatabase", true),
    UPDATE_DATABASE("UpdateDatabase", true),
    DELETE_DATABASE("DeleteDatabase", true),
    RESET_PASSWORD("ResetPassword", true);

    private final String operationName;
    private final boolean mutation;
    private volatile @Nullable String document;

    GraphQlOperation(String operationName, boolean mutation) {
        this.operationName = operationName;
        this.mutation = mutation;
    }

    /** The name within the document. */
    String operationName() {
        return operationName;
    }

    /** Whether it changes something, so that it must not be repeated blindly. */
    boolean isMutation() {
        return mutation;
    }

    /** The text that is sent. */
    String document() {
        String known = document;
        if (known == null) {
            known = read();
            document = known;
        }
        return known;
    }

    private String read() {
        String resource = operationName + ".graphql";
        try (InputStream in = GraphQlOperation.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + resource, unreadable);
        }
    }
}
