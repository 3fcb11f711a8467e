package io.managedredis.junit5.internal;

import io.lettuce.core.RedisURI;
import io.managedredis.RedisUrl;
import io.managedredis.Secret;

/** Addresses for Lettuce. */
final class RedisAddresses {

    private RedisAddresses() {}

    static RedisURI toLettuce(RedisUrl url) {
        RedisURI.Builder uri =
                RedisURI.builder().withHost(url.host()).withPort(url.port()).withSsl(url.tls());
        Secret password = url.password();
        if (password != null) {
            uri.withAuthentication(url.username(), password.reveal().toCharArray());
        }
        return uri.build();
    }
}
