package io.managedredis.junit5;

import io.managedredis.junit5.internal.DatabaseRequest;
import io.managedredis.junit5.internal.Services;
import io.managedredis.junit5.internal.TestDatabase;
import io.managedredis.testing.RedisUnavailableException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** Carries out {@link EphemeralDatabase}, which registers it. */
public final class ManagedRedisExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(ManagedRedisExtension.class);

    /** Made by JUnit. */
    public ManagedRedisExtension() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), EphemeralDatabase.class)
                .filter(annotation -> isDeclaredFor(context))
                .ifPresent(annotation -> start(context, TestDatabase.class, annotation));
        for (Field field : annotatedFields(context, true)) {
            inject(field, null, start(context, field, annotationOf(field)));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Store store = context.getStore(NAMESPACE);
        TestDatabase ofClass = store.get(TestDatabase.class, TestDatabase.class);
        if (ofClass != null) {
            ofClass.empty();
        }
        for (Field field : annotatedFields(context, true)) {
            TestDatabase ofField = store.get(field, TestDatabase.class);
            if (ofField != null) {
                ofField.empty();
            }
        }
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field : annotatedFields(instance.getClass(), false)) {
                inject(field, instance, start(context, field, annotationOf(field)));
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TestDatabase.supports(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestDatabase database = context.getStore(NAMESPACE).get(TestDatabase.class, TestDatabase.class);
        if (database == null) {
            throw new ParameterResolutionException("the class has no database for parameter '"
                    + parameter.getParameter().getName() + "': annotate the class, and not only fields, with @"
                    + EphemeralDatabase.class.getSimpleName());
        }
        return database.as(
                parameter.getParameter().getType(),
                parameter.findAnnotation(InRegion.class).map(InRegion::value).orElse(null));
    }

    /** A nested class without an annotation of its own shares the database of the class around it. */
    private static boolean isDeclaredFor(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        return type.isAnnotationPresent(EphemeralDatabase.class)
                || context.getStore(NAMESPACE).get(TestDatabase.class) == null;
    }

    private static TestDatabase start(ExtensionContext context, Object key, EphemeralDatabase annotation) {
        try {
            Services services = context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(Services.class, type -> new Services(), Services.class);
            TestDatabase database = services.create(new DatabaseRequest(
                    annotation.primaryRegion(),
                    List.of(annotation.readRegions()),
                    annotation.plan(),
                    annotation.eviction(),
                    annotation.localRegion(),
                    annotation.distances()));
            context.getStore(NAMESPACE).put(key, database);
            return database;
        } catch (RedisUnavailableException noRedis) {
            throw new TestAbortedException("skipped, for there is no Redis here: " + noRedis.getMessage(), noRedis);
        }
    }

    private static List<Field> annotatedFields(ExtensionContext context, boolean ofClass) {
        return annotatedFields(context.getRequiredTestClass(), ofClass);
    }

    private static List<Field> annotatedFields(Class<?> type, boolean ofClass) {
        return ReflectionSupport.findFields(
                type,
                field -> field.isAnnotationPresent(EphemeralDatabase.class)
                        && Modifier.isStatic(field.getModifiers()) == ofClass,
                HierarchyTraversalMode.TOP_DOWN);
    }

    private static EphemeralDatabase annotationOf(Field field) {
        return Optional.ofNullable(field.getAnnotation(EphemeralDatabase.class)).orElseThrow();
    }

    private static void inject(Field field, @Nullable Object instance, TestDatabase database) {
        if (!TestDatabase.supports(field.getType()) || Modifier.isFinal(field.getModifiers())) {
            throw new ExtensionConfigurationException(
                    "the field " + field + " cannot hold a database: it must not be final,"
                            + " and its type must be one of " + TestDatabase.SUPPORTED_NAMES);
        }
        InRegion region = field.getAnnotation(InRegion.class);
        try {
            field.setAccessible(true);
            field.set(instance, database.as(field.getType(), region == null ? null : region.value()));
        } catch (IllegalAccessException impossible) {
            throw new ExtensionConfigurationException("the field " + field + " cannot be set", impossible);
        }
    }
}
