package io.managedredis.benchmarks.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A program that starts one server with whichever embedded-redis is first on its class path, and says how many milliseconds it
 * took, a line for a line. Reflection bridges what differs between them.
 */
public final class EmbeddedProgram {

    private EmbeddedProgram() {}

    /** Answers until the input ends. */
    public static void main(String[] args) throws Exception {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (questions.readLine() != null) {
            System.out.println(answer());
        }
        System.exit(0);
    }

    /** The milliseconds, or the reason why there are none. */
    private static String answer() throws IOException {
        int port = freePort();
        try {
            long start = System.nanoTime();
            Class<?> type = Class.forName("redis.embedded.RedisServer");
            Object builder = named(type, "builder", "newRedisServer").invoke(null);
            builder = call(builder, "port", port);
            builder = call(builder, "setting", "save \"\"");
            Object server = call(builder, "build");
            call(server, "start");
            double millis = (System.nanoTime() - start) / 1e6;
            call(server, "stop");
            return Double.toString(millis);
        } catch (InvocationTargetException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return "failed: "
                    + String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
        } catch (ReflectiveOperationException different) {
            return "failed: " + different;
        }
    }

    private static Object call(Object object, String name, Object... arguments) throws ReflectiveOperationException {
        for (Method method : object.getClass().getMethods()) {
            if (method.getName().equals(name) && accepts(method, arguments)) {
                Object result = method.invoke(object, arguments);
                return result == null ? object : result;
            }
        }
        throw new NoSuchMethodException(name);
    }

    private static boolean accepts(Method method, Object... arguments) {
        Class<?>[] types = method.getParameterTypes();
        if (types.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isInstance(arguments[i]) && !(types[i] == int.class && arguments[i] instanceof Integer)) {
                return false;
            }
        }
        return true;
    }

    private static Method named(Class<?> type, String... names) throws NoSuchMethodException {
        return Arrays.stream(type.getMethods())
                .filter(method ->
                        method.getParameterCount() == 0 && Arrays.asList(names).contains(method.getName()))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(Arrays.toString(names)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
