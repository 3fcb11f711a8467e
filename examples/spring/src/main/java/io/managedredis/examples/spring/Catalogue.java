package io.managedredis.examples.spring;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/** Products, whose descriptions are slow to make and may be a moment old. */
@Service
class Catalogue {

    private static final String CACHE = "descriptions";

    private final AtomicInteger made = new AtomicInteger();

    /** Read from the local replica once it is there. */
    @Cacheable(CACHE)
    public String describe(String product) {
        return product + ", as described the " + made.incrementAndGet() + ". time";
    }

    /** Forgets a description, in all regions. */
    @CacheEvict(CACHE)
    public void forget(String product) {}
}
