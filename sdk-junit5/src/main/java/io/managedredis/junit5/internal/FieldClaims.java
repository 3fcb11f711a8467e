package io.managedredis.junit5.internal;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** Sees to it that no two classes that run at the same time get databases in the one static field that they inherit. */
public final class FieldClaims {

    private static final Namespace NAMESPACE = Namespace.create(FieldClaims.class);

    private final Map<Field, Class<?>> claimed = new ConcurrentHashMap<>();

    private FieldClaims() {}

    /** The claims of the session. */
    public static FieldClaims of(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(FieldClaims.class, type -> new FieldClaims(), FieldClaims.class);
    }

    /**
     * Claims a field for the class of the context, until the context ends.
     *
     * @throws ExtensionConfigurationException when another class has it
     */
    public void claim(Field field, ExtensionContext context) {
        Class<?> claimant = context.getRequiredTestClass();
        Class<?> holder = claimed.putIfAbsent(field, claimant);
        if (holder != null) {
            throw new ExtensionConfigurationException("the static field " + field + " holds the database of "
                    + holder.getName() + ", which runs at the same time as " + claimant.getName()
                    + ": annotate the class or an instance field instead, or run the classes one after the other");
        }
        AutoCloseable release = () -> claimed.remove(field);
        context.getStore(NAMESPACE).put(field, release);
    }
}
