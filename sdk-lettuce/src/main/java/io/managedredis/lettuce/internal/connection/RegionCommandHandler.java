package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.util.Collection;

/**
 * Lettuce's command handler, which offers what was sent and not answered to the routed connection when the socket closes.
 */
final class RegionCommandHandler extends CommandHandler {

    private final RegionEndpoint endpoint;
    private boolean partial;

    private RegionCommandHandler(RegionEndpoint endpoint, ClientResources resources) {
        super(endpoint.options(), resources, endpoint);
        this.endpoint = endpoint;
    }

    /** Puts this handler in the place of Lettuce's, on channels that belong to a routed connection. */
    static void install(Channel channel, ClientResources resources) {
        CommandHandler standard = channel.pipeline().get(CommandHandler.class);
        if (standard != null && standard.getEndpoint() instanceof RegionEndpoint endpoint) {
            channel.pipeline().replace(standard, null, new RegionCommandHandler(endpoint, resources));
        }
    }

    /** A broken socket is no answer to the command that happens to be first: it is drained like the others. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (cause instanceof IOException && endpoint.stranded() != null) {
            context.close();
        } else {
            super.exceptionCaught(context, cause);
        }
    }

    @Override
    protected boolean decode(ByteBuf buffer, RedisCommand<?, ?, ?> command, CommandOutput<?, ?, ?> output) {
        boolean complete = super.decode(buffer, command, output);
        partial = !complete;
        return complete;
    }

    @Override
    public Collection<RedisCommand<?, ?, ?>> drainQueue() {
        Collection<RedisCommand<?, ?, ?>> unanswered = super.drainQueue();
        StrandedCommands handler = endpoint.stranded();
        if (unanswered.isEmpty() || handler == null || endpoint.isClosed()) {
            return unanswered;
        }
        return handler.takeUnanswered(unanswered, partial);
    }
}
