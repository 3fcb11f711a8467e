package io.managedredis.junit5.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Fields of test classes that are to hold something of a database. */
public final class AnnotatedFields {

    private AnnotatedFields() {}

    /** The static ones of a class and what it inherits. */
    public static List<Field> ofClass(Class<?> type, Class<? extends Annotation> annotation) {
        return find(type, annotation, true);
    }

    /** The others. */
    public static List<Field> ofInstance(Class<?> type, Class<? extends Annotation> annotation) {
        return find(type, annotation, false);
    }

    /**
     * Puts what the field's type asks for into it.
     *
     * @throws ExtensionConfigurationException when the field cannot hold it
     */
    public static void set(Field field, @Nullable Object instance, TestDatabase database, @Nullable String region) {
        if (!TestDatabase.supports(field.getType()) || Modifier.isFinal(field.getModifiers())) {
            throw new ExtensionConfigurationException(
                    "the field " + field + " cannot hold a database: it must not be final,"
                            + " and its type must be one of " + TestDatabase.SUPPORTED_NAMES);
        }
        ServedType.check(field.getGenericType());
        try {
            field.setAccessible(true);
            field.set(instance, database.as(field.getType(), region));
        } catch (IllegalAccessException impossible) {
            throw new ExtensionConfigurationException("the field " + field + " cannot be set", impossible);
        }
    }

    private static List<Field> find(Class<?> type, Class<? extends Annotation> annotation, boolean ofClass) {
        return ReflectionSupport.findFields(
                type,
                field -> field.isAnnotationPresent(annotation) && Modifier.isStatic(field.getModifiers()) == ofClass,
                HierarchyTraversalMode.TOP_DOWN);
    }
}
