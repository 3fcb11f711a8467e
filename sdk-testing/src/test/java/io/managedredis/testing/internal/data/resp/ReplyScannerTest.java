package io.managedredis.testing.internal.data.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyScannerTest {

    private static final String NEXT = "+OK\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\r\n",
                "-ERR no\r\n",
                ":12\r\n",
                "$-1\r\n",
                "$0\r\n\r\n",
                "$5\r\nvalue\r\n",
                "*0\r\n",
                "*-1\r\n",
                "*3\r\n$1\r\na\r\n:1\r\n$2\r\nbb\r\n",
                "*2\r\n*2\r\n:1\r\n:2\r\n*1\r\n$1\r\nx\r\n",
                "_\r\n",
                ",1.5\r\n",
                "#t\r\n",
                "~2\r\n+a\r\n+b\r\n",
                "%2\r\n+a\r\n:1\r\n+b\r\n*1\r\n:2\r\n",
                "=7\r\ntxt:abc\r\n",
                "|1\r\n+key\r\n+value\r\n*2\r\n:1\r\n:2\r\n",
                ">3\r\n+message\r\n$1\r\nc\r\n$1\r\nm\r\n"
            })
    void should_find_the_end_of_an_answer_wherever_it_is_cut(String answer) {
        for (int cut = 1; cut < answer.length(); cut++) {
            ReplyScanner scanner = new ReplyScanner();
            assertThat(scanner.isBetweenReplies()).isTrue();

            assertThat(scanner.scan(buffer(answer.substring(0, cut)), 0)).isEqualTo(-1);
            assertThat(scanner.isBetweenReplies())
                    .as("inside after %s bytes", cut)
                    .isFalse();

            assertThat(scanner.scan(buffer(answer.substring(cut) + NEXT), 0)).isEqualTo(answer.length() - cut);
            assertThat(scanner.isBetweenReplies()).isTrue();
        }
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
