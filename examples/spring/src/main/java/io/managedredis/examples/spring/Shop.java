package io.managedredis.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A shop. Needs {@code FLY_REGION} and the database's address in the process variables, as
 * {@link io.managedredis.Endpoints#fromEnvironment()} reads them.
 */
@SpringBootApplication
public class Shop {

    /** Made by Spring. */
    public Shop() {}

    /** Runs the shop. */
    public static void main(String[] arguments) {
        SpringApplication.run(Shop.class, arguments);
    }
}
