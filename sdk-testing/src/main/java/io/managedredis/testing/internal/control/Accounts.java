package io.managedredis.testing.internal.control;

import io.managedredis.Secret;
import io.managedredis.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The organizations of a service and the token of each. Immutable. */
public final class Accounts {

    /** The slug of the organization that belongs to one person; every other one is shared. */
    public static final String PERSONAL = "personal";

    private final Map<String, Account> bySlug;

    private Accounts(Map<String, Account> bySlug) {
        this.bySlug = Collections.unmodifiableMap(bySlug);
    }

    /** Accounts for these organizations, in this order; the token of each is the value, or a new one where that is null. */
    public static Accounts of(Map<String, @Nullable Secret> tokensBySlug, RandomText random) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        tokensBySlug.forEach((slug, token) -> accounts.put(
                slug,
                new Account(
                        new Organization(random.identifier(), slug, accounts.size() + 1),
                        token == null ? random.token() : token)));
        return new Accounts(accounts);
    }

    /** The organizations, in the order they were named. */
    public List<Organization> organizations() {
        return bySlug.values().stream().map(Account::organization).toList();
    }

    /** The slugs of the organizations. */
    public List<String> slugs() {
        return List.copyOf(bySlug.keySet());
    }

    /** The organization that is meant when none is named: the personal one, else the first. */
    Organization usual() {
        return organizations().stream()
                .filter(Organization::personal)
                .findFirst()
                .orElseGet(this::first);
    }

    /** The first organization. */
    public Organization first() {
        return organizations().get(0);
    }

    /**
     * The organization with this slug.
     *
     * @throws InvalidRequestException when there is none
     */
    public Organization organization(String slug) {
        return account(slug).organization();
    }

    /**
     * The token of the organization with this slug.
     *
     * @throws InvalidRequestException when there is none
     */
    public Secret token(String slug) {
        return account(slug).token();
    }

    /**
     * The organization whose token stands in an {@code Authorization} header: {@code Bearer} with one token, {@code FlyV1}
     * with one or several separated by commas. Nothing that browsers would send on their own is accepted.
     */
    Optional<Organization> authenticate(@Nullable Secret header) {
        if (header == null) {
            return Optional.empty();
        }
        String authorization = header.reveal();
        int space = authorization.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String given = authorization.substring(space + 1).strip();
        List<String> tokens = switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> List.of(given);
            case "flyv1" -> withParts(given);
            default -> List.of();
        };
        return bySlug.values().stream()
                .filter(account -> tokens.stream().anyMatch(account::accepts))
                .map(Account::organization)
                .findFirst();
    }

    private static List<String> withParts(String given) {
        List<String> parts = new ArrayList<>();
        parts.add(given);
        for (String part : given.split(",")) {
            parts.add(part.strip());
        }
        return parts;
    }

    private Account account(String slug) {
        Account account = bySlug.get(slug);
        if (account == null) {
            throw new InvalidRequestException(
                    "organization",
                    "there is no organization '" + slug + "' on this service",
                    String.join(", ", bySlug.keySet()));
        }
        return account;
    }

    private record Account(Organization organization, Secret token) {

        boolean accepts(String given) {
            return MessageDigest.isEqual(bytes(token.reveal()), bytes(given));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
