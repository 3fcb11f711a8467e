package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.protocol.TransactionalCommand;
import io.managedredis.lettuce.error.ServiceLimitException;
import io.managedredis.lettuce.internal.command.CommandRule;
import io.managedredis.lettuce.internal.command.CommandTable;
import io.managedredis.lettuce.internal.command.Route;
import java.util.Optional;

/** What becomes of commands that a server answered with an error: sent elsewhere, given a type, or left as they are. */
final class AnsweredErrors<K, V> {

    private static final CommandTable TABLE = CommandTable.standard();

    private final Router<K, V> router;

    AnsweredErrors(Router<K, V> router) {
        this.router = router;
    }

    /** Takes the command over if something else is to become of it than its error. Called on the lane's I/O thread. */
    boolean take(Lane<K, V> lane, RedisCommand<?, ?, ?> command, String error) {
        if (CommandWrapper.unwrap(command, TransactionalCommand.class) != null) {
            return false;
        }
        CommandRule rule = TABLE.rule(command);
        if (ServiceAnswers.isCredentials(error)) {
            router.fleet().credentialsRefused(lane.node());
        }
        boolean read = rule.route() == Route.READ;
        boolean unknownScript = rule.script() && error.startsWith("NOSCRIPT");
        if (!lane.isPrimary() && read && (ServiceAnswers.isReplicaTrouble(error) || unknownScript)) {
            Outputs.forgetError(command);
            router.later(() -> router.redirect(command, lane));
            return true;
        }
        if (unknownScript && lane.isPrimary() && router.fleet().scripts().load(lane, command)) {
            return true;
        }
        Optional<ServiceLimitException> limit = ServiceAnswers.limit(error, null);
        if (limit.isPresent()) {
            ServiceLimitException typed = limit.get();
            typed.initCause(new RedisCommandExecutionException(error));
            command.completeExceptionally(typed);
            return true;
        }
        return false;
    }
}
