package io.managedredis.junit5.internal;

import io.managedredis.lettuce.RegionalConnection;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** Checks what a raw type does not tell. */
public final class ServedType {

    private ServedType() {}

    /**
     * Checks that a connection, where one is wanted, is one for text.
     *
     * @throws ParameterResolutionException when it is not
     */
    public static void check(Type type) {
        if (type instanceof ParameterizedType generic
                && generic.getRawType() == RegionalConnection.class
                && !Arrays.stream(generic.getActualTypeArguments()).allMatch(ServedType::isText)) {
            throw new ParameterResolutionException("a " + type.getTypeName()
                    + " cannot be given: the connection is a RegionalConnection<String, String>."
                    + " Take a RegionalRedis and call connect(codec)");
        }
    }

    private static boolean isText(Type argument) {
        return argument == String.class || argument instanceof WildcardType;
    }
}
