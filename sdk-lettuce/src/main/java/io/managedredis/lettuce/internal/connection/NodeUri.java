package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider.ImmediateRedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.SocketAddressResolver;
import io.managedredis.RedisUrl;
import io.managedredis.Secret;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A Lettuce address whose target and credentials are looked up at each connect. A name with several addresses is tried at its
 * IPv6 addresses first: the private network has no others. Thread safe.
 */
final class NodeUri extends RedisURI {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<RedisUrl> url;
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile int addresses = 1;

    @SuppressWarnings("this-escape")
    NodeUri(Supplier<RedisUrl> url, Duration timeout) {
        super(url.get().host(), url.get().port(), timeout);
        this.url = url;
        setSsl(url.get().tls());
        // Of this kind, so that the whole set-up runs on the socket's thread: on two threads Lettuce may report the
        // closing of the
        // socket in the place of the refusal it closed it for.
        ImmediateRedisCredentialsProvider now = this::credentials;
        setCredentialsProvider(now);
    }

    /** All addresses of a name. */
    @FunctionalInterface
    interface Names {
        InetAddress[] addressesOf(String name) throws UnknownHostException;
    }

    /**
     * The address for the next attempt: each attempt that follows a failed one takes the next address of the name.
     *
     * @param theirs the caller's own resolver, which may know the address, or another name for it
     */
    SocketAddress nextAddress(SocketAddressResolver theirs, Names names) throws UnknownHostException {
        RedisUrl now = url.get();
        SocketAddress given = theirs.resolve(RedisURI.create(now.host(), now.port()));
        if (!(given instanceof InetSocketAddress target) || !target.isUnresolved()) {
            addresses = 1;
            attempts.getAndIncrement();
            return given;
        }
        InetAddress[] found = names.addressesOf(target.getHostString()).clone();
        Arrays.sort(found, Comparator.comparing(address -> !(address instanceof Inet6Address)));
        addresses = found.length;
        return new InetSocketAddress(found[Math.floorMod(attempts.getAndIncrement(), found.length)], target.getPort());
    }

    /** Whether an address of the name has not been tried since the last success. */
    boolean hasAnother() {
        return attempts.get() < addresses;
    }

    /** A connection stands: the same address is the first to try next time. */
    void connected() {
        attempts.updateAndGet(tried -> Math.max(0, tried - 1));
    }

    private RedisCredentials credentials() {
        RedisUrl now = url.get();
        Secret password = now.password();
        return password == null
                ? RedisCredentials.just(null, (char[]) null)
                : RedisCredentials.just(now.username(), password.reveal());
    }
}
