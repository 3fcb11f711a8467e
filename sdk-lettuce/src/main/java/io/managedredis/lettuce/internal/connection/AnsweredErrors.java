package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.protocol.TransactionalCommand;
import io.managedredis.lettuce.error.PrimaryMovedException;
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
        // An AUTH of the caller's own with a wrong password says nothing about the credentials of the address.
        if (ServiceAnswers.isCredentials(error) && rule.route() != Route.EVERYWHERE) {
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
        Optional<ServiceLimitException> limit = ServiceAnswers.limitAnswered(error);
        if (limit.isPresent()) {
            command.completeExceptionally(limit.get());
            return true;
        }
        if (lane.isPrimary() && ServiceAnswers.isReplicasRefusal(error)) {
            takeRefused(lane, command, rule, error);
            return true;
        }
        return false;
    }

    /** What was the primary is a replica: the write was not done, so that it can be sent to another primary, if there is one. */
    private void takeRefused(Lane<K, V> lane, RedisCommand<?, ?, ?> command, CommandRule rule, String error) {
        router.fleet().writeRefused(lane.node());
        boolean alone = PinnedCommand.in(command) == null && !rule.blocks();
        if (alone && router.primary() != lane) {
            Outputs.forgetError(command);
            router.later(() -> router.redirect(command, lane));
        } else {
            command.completeExceptionally(new PrimaryMovedException(
                    rule.name(), lane.node().displayName(), new RedisCommandExecutionException(error)));
        }
    }
}
