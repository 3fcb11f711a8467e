package io.managedredis.testing.internal.control;

import io.managedredis.Secret;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the requests of one connection to the endpoint, away from the event loop, and the answers back. One request is answered
 * at a time: while it is, nothing is read, and what had been read with it waits.
 */
final class ApiChannelHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger log = LoggerFactory.getLogger(ApiChannelHandler.class);

    private final ApiEndpoint endpoint;
    private final Executor workers;
    private final Clock clock;

    // Used by the event loop alone.
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean answering;

    ApiChannelHandler(ApiEndpoint endpoint, Executor workers, Clock clock) {
        this.endpoint = endpoint;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        Runnable step = step(context, request);
        if (answering) {
            waiting.add(step);
        } else {
            begin(context, step);
        }
    }

    private Runnable step(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            Throwable cause = request.decoderResult().cause();
            return () -> refuseMalformed(context, cause);
        }
        try {
            Request plain = read(request);
            return () -> answerElsewhere(context, plain);
        } catch (IllegalArgumentException malformedPath) {
            return () -> refuseMalformed(context, malformedPath);
        }
    }

    private void begin(ChannelHandlerContext context, Runnable step) {
        answering = true;
        context.channel().config().setAutoRead(false);
        step.run();
    }

    private void next(ChannelHandlerContext context) {
        answering = false;
        if (!context.channel().isActive()) {
            waiting.clear();
        }
        Runnable step = waiting.poll();
        if (step != null) {
            begin(context, step);
        } else {
            context.channel().config().setAutoRead(true);
        }
    }

    private void answerElsewhere(ChannelHandlerContext context, Request request) {
        try {
            workers.execute(() -> answer(request).ifPresentOrElse(answer -> send(context, answer), context::close));
        } catch (RejectedExecutionException overloadedOrClosing) {
            send(
                    context,
                    HttpAnswer.error(
                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                            "SERVER_ERROR",
                            "The service is busy or stopping",
                            Map.of("Retry-After", "1")));
        }
    }

    private static Request read(FullHttpRequest request) {
        Map<String, List<Secret>> headers = new HashMap<>();
        request.headers()
                .forEach(header -> headers.computeIfAbsent(
                                header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(Secret.of(header.getValue())));
        return new Request(
                request.method().name(),
                new QueryStringDecoder(request.uri()).path(),
                headers,
                ByteBufUtil.getBytes(request.content()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("a connection to the API failed", cause);
        context.close();
    }

    private Optional<HttpAnswer> answer(Request request) {
        try {
            return endpoint.answer(request);
        } catch (RuntimeException | StackOverflowError failed) {
            log.error("a request to the API failed", failed);
            return Optional.of(HttpAnswer.error(
                    HttpResponseStatus.INTERNAL_SERVER_ERROR, "SERVER_ERROR", "Something went wrong on our side"));
        }
    }

    private void refuseMalformed(ChannelHandlerContext context, Throwable cause) {
        HttpResponseStatus status = HttpResponseStatus.BAD_REQUEST;
        if (cause instanceof TooLongFrameException tooLong) {
            status = String.valueOf(tooLong.getMessage()).contains("header")
                    ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                    : HttpResponseStatus.REQUEST_URI_TOO_LONG;
        }
        LingeringClose.answer(context, HttpAnswer.error(status, "BAD_REQUEST", "The request cannot be read"), clock);
    }

    private void send(ChannelHandlerContext context, HttpAnswer answer) {
        context.writeAndFlush(answer.toResponse(clock)).addListener(written -> next(context));
    }
}
