package io.managedredis.lettuce.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A bug to be planted: a piece of the source of one class, replaced by another.
 *
 * @param bug what is wrong then
 * @param type the class
 * @param right a piece of its source that occurs once
 * @param wrong what stands there instead
 * @param noticed part of the violation that must be found
 */
record Patch(String bug, Class<?> type, String right, String wrong, String noticed) {

    private static final String MACHINES = "io.managedredis.lettuce.internal.";
    private static final String SIMULATION = Patch.class.getPackageName() + ".";

    /** The simulation over the patched class. */
    LongFunction<Optional<String>> applied(Path directory) throws IOException, ReflectiveOperationException {
        String file = type.getName().replace('.', '/') + ".java";
        Path main = Path.of("src/main/java", file);
        Path source = Files.exists(main) ? main : Path.of("src/test/java", file);
        String text = Files.readString(source);
        int at = text.indexOf(right);
        if (at < 0 || text.indexOf(right, at + 1) >= 0) {
            throw new IllegalStateException("\"" + right + "\" does not occur once in " + source);
        }
        Path patched = directory.resolve(file);
        Files.createDirectories(patched.getParent());
        Files.writeString(patched, text.replace(right, wrong));
        compile(patched, directory);
        Class<?> simulation = new PatchedLoader(directory).loadClass(Simulation.class.getName());
        return seed -> {
            try {
                return ((Optional<?>)
                                simulation.getMethod("violation", long.class).invoke(null, seed))
                        .map(Object::toString);
            } catch (InvocationTargetException crash) {
                // A crash of the machines is noticed as well.
                return Optional.of(crash.getCause().toString());
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        };
    }

    private static void compile(Path source, Path directory) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    directory.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none",
                    "-implicit:none");
            if (!compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call()) {
                throw new IllegalStateException(messages.toString());
            }
        }
    }

    @Override
    public String toString() {
        return bug;
    }

    /** Has machines and simulation of its own, with the patched classes among them. */
    private static final class PatchedLoader extends ClassLoader {
        private final Path directory;

        PatchedLoader(Path directory) {
            super(Patch.class.getClassLoader());
            this.directory = directory;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                boolean own = name.startsWith(MACHINES) || name.startsWith(SIMULATION);
                return loaded != null ? loaded : own ? define(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            Path patched = directory.resolve(file);
            try (InputStream original = getParent().getResourceAsStream(file)) {
                if (original == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = Files.exists(patched) ? Files.readAllBytes(patched) : original.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
