package io.managedredis.examples.spring;

import java.util.List;
import java.util.Objects;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Shopping carts: what somebody put in, they see at once. */
@Service
class Carts {

    private static final String ORDERED = "ordered:";
    private static final String CART = "cart:";

    private final StringRedisTemplate redis;
    private final ReactiveStringRedisTemplate reactive;

    Carts(StringRedisTemplate redis, ReactiveStringRedisTemplate reactive) {
        this.redis = redis;
        this.reactive = reactive;
    }

    /** Puts a product into a cart. */
    long put(String cart, String product) {
        return Objects.requireNonNull(redis.opsForList().rightPush(CART + cart, product));
    }

    /** What is in a cart. */
    List<String> contents(String cart) {
        return Objects.requireNonNull(redis.opsForList().range(CART + cart, 0, -1));
    }

    /** How many products are in a cart. */
    Mono<Long> size(String cart) {
        return reactive.opsForList().size(CART + cart);
    }

    /** Orders what is in a cart and empties it, unless somebody changes the cart meanwhile: then false. */
    boolean order(String cart) {
        return Boolean.TRUE.equals(redis.execute(new SessionCallback<Boolean>() {

            @Override
            @SuppressWarnings("unchecked")
            public <K, V> Boolean execute(RedisOperations<K, V> operations) throws DataAccessException {
                return order((RedisOperations<String, String>) operations, cart);
            }
        }));
    }

    private static boolean order(RedisOperations<String, String> session, String cart) {
        session.watch(CART + cart);
        List<String> products = Objects.requireNonNull(session.opsForList().range(CART + cart, 0, -1));
        if (products.isEmpty()) {
            session.unwatch();
            return false;
        }
        session.multi();
        session.opsForList().rightPushAll(ORDERED + cart, products);
        session.delete(CART + cart);
        return !session.exec().isEmpty();
    }
}
