package io.managedredis.testing;

import io.managedredis.Secret;
import java.net.URI;

/**
 * The page of a local service: its databases as they are now, and switches for faults.
 *
 * @param uri where it is
 * @param key what opens it; the page asks for it when it was opened without
 */
public record ServicePage(URI uri, Secret key) {

    /**
     * The address that opens the page at once, for a browser. It contains the key, behind a {@code #}, so that browsers
     * neither send it nor tell it to others: whoever has it sees every database and can start faults. Do not log it.
     */
    public URI link() {
        return URI.create(uri + "#key=" + key.reveal());
    }
}
