package io.managedredis.testing.fault;

/** A fault of the provisioning API. */
public sealed interface ApiFault extends Fault permits ApiError, ApiAnswerLost {

    /** How many times it happens; then it is over though it was not ended. */
    int times();
}
