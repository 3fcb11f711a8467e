package io.managedredis.examples.cli;

import io.managedredis.error.AuthenticationException;
import io.managedredis.error.ConfigurationException;
import io.managedredis.error.ConflictException;
import io.managedredis.error.DeadlineExceededException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.NotFoundException;
import io.managedredis.error.NotReadyException;
import io.managedredis.error.PermissionDeniedException;
import io.managedredis.error.RateLimitedException;
import io.managedredis.error.UnavailableException;
import io.managedredis.error.UnknownOutcomeException;

/** What the program exits with. Scripts rely on these numbers: they do not change. */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_ALLOWED = 3;
    static final int NOT_FOUND = 4;
    static final int CONFLICT = 5;
    static final int TRY_LATER = 6;
    static final int UNKNOWN_OUTCOME = 7;

    private ExitCode() {}

    static int of(Exception failure) {
        if (failure instanceof UsageException
                || failure instanceof InvalidRequestException
                || failure instanceof ConfigurationException) {
            return USAGE;
        }
        if (failure instanceof AuthenticationException || failure instanceof PermissionDeniedException) {
            return NOT_ALLOWED;
        }
        if (failure instanceof NotFoundException) {
            return NOT_FOUND;
        }
        if (failure instanceof ConflictException) {
            return CONFLICT;
        }
        if (failure instanceof UnavailableException
                || failure instanceof RateLimitedException
                || failure instanceof DeadlineExceededException
                || failure instanceof NotReadyException) {
            return TRY_LATER;
        }
        return failure instanceof UnknownOutcomeException ? UNKNOWN_OUTCOME : FAILED;
    }
}
