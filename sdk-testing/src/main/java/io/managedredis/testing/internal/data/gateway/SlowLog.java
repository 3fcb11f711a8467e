package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.redis.OwnCommands;
import io.managedredis.testing.internal.data.resp.Reply;
import io.managedredis.testing.internal.data.resp.ReplyParser;
import io.managedredis.testing.internal.data.resp.ReplyScanner;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code SLOWLOG}, without what the service itself and its replication do. Used on one event loop. */
final class SlowLog {

    private static final int SHOWN_BY_DEFAULT = 10;
    private static final int ARGUMENTS = 3;
    private static final Set<String> REPLICATION = Set.of("REPLCONF", "PSYNC");

    private final ClientSession session;
    private final SlowLogLength length;
    private final Channel client;

    SlowLog(ClientSession session, SlowLogLength length, Channel client) {
        this.session = session;
        this.length = length;
        this.client = client;
    }

    boolean slowLog(Request request) {
        String subcommand = request.upper(1);
        int count = request.count();
        String most = count == 3 ? request.text(2) : Integer.toString(SHOWN_BY_DEFAULT);
        boolean lists = subcommand.equals("GET") && count <= 3 && most.matches("-1|[0-9]{1,9}");
        boolean counts = subcommand.equals("LEN") && count == 2;
        if (!lists && !counts || !session.answers().areRegular()) {
            return session.relay(request, Route.PRIMARY);
        }
        Upstream target = session.upstreams().select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        int shown = Integer.parseInt(most);
        int kept = length.get();
        target.expected().edit(answer -> edit(answer, lists, kept, shown < 0 ? kept : Math.min(kept, shown)));
        target.send(Resp.request(client.alloc(), request.text(0), "GET", "-1"));
        return true;
    }

    private static byte[] edit(byte[] answer, boolean lists, int kept, int most) {
        if (answer[0] != '*') {
            return answer;
        }
        List<ByteBuf> entries = ofClients(Unpooled.wrappedBuffer(answer));
        if (!lists) {
            return (":" + Math.min(kept, entries.size()) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        }
        int shown = Math.min(most, entries.size());
        ByteArrayOutputStream edited = new ByteArrayOutputStream();
        edited.writeBytes(("*" + shown + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        for (ByteBuf entry : entries.subList(0, shown)) {
            byte[] bytes = new byte[entry.readableBytes()];
            entry.readBytes(bytes);
            edited.writeBytes(bytes);
        }
        return edited.toByteArray();
    }

    private static List<ByteBuf> ofClients(ByteBuf answer) {
        List<ByteBuf> entries = new ArrayList<>();
        ReplyScanner scanner = new ReplyScanner();
        int at = answer.indexOf(0, answer.writerIndex(), (byte) '\n') + 1;
        while (at < answer.writerIndex()) {
            int end = scanner.scan(answer, at);
            ByteBuf entry = answer.slice(at, end - at);
            if (!isOwn(ReplyParser.parse(entry.duplicate()))) {
                entries.add(entry);
            }
            at = end;
        }
        return entries;
    }

    private static boolean isOwn(Reply entry) {
        Reply arguments = ((Reply.Array) entry).elements().get(ARGUMENTS);
        String name = ((Reply.Array) arguments).elements().get(0).text();
        return OwnCommands.isOwn(name) || REPLICATION.contains(name.toUpperCase(Locale.ROOT));
    }
}
