package io.managedredis.lettuce.internal.consistency;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Carries read-your-writes from one process to another, as text that may pass through untrusted hands. Thread-safe.
 *
 * <p>A token names a process and a position in its fences. The process that issued it compares the position with what has
 * arrived. Any other process cannot compare; but whatever the token stands for had been acknowledged before the token came
 * here, so a fence of its own, sent after that, covers it. The first use of a token here therefore reads from the primary until
 * that fence arrives; the token is remembered, so that later uses are free.
 *
 * <p>A forged, damaged or outdated text costs reads of the primary, and one fence that others share. It can neither make a read
 * older, for anyone, nor take memory: of the tokens of others a fixed number is remembered, under seals that cannot be guessed
 * before they are issued.
 */
public final class SessionTokens {

    /** How many tokens of other processes are remembered. */
    private static final int REMEMBERED = 4096;

    private static final String ALGORITHM = "HmacSHA256";

    private final ReplicationFence fence;
    private final long process;
    private final SecretKeySpec key;
    private final Map<SessionToken, Long> foreign = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionToken, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Tokens over a fence.
     *
     * @param random the source of the process's name and key; a secure one outside tests
     */
    public SessionTokens(ReplicationFence fence, RandomGenerator random) {
        this.fence = fence;
        this.process = random.nextLong();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * A token for all writes acknowledged so far, and for what the session brought along.
     *
     * @param position from {@link #resume}, or 0
     */
    public String issue(long position) {
        long edition = fence.edition();
        long covering = Math.max(position, fence.position());
        return new SessionToken(process, covering, edition, seal(covering, edition)).text();
    }

    /**
     * What a session needs that brings this text: a position for {@link ReplicationFence#mayRead}. Never fails; when the result
     * is above what has arrived, a fence is wanted.
     */
    public long resume(String text) {
        Optional<SessionToken> parsed = SessionToken.parse(text);
        if (parsed.isEmpty()) {
            return fence.wantFence();
        }
        SessionToken token = parsed.get();
        if (token.process() == process && token.seal() == seal(token.position(), token.edition())) {
            return token.position();
        }
        synchronized (foreign) {
            return foreign.computeIfAbsent(token, unknown -> fence.wantFence());
        }
    }

    private long seal(long position, long edition) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] input = ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(process)
                    .putLong(position)
                    .array();
            return ByteBuffer.wrap(mac.doFinal(input)).getLong();
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
