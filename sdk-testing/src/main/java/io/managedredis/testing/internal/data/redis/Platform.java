package io.managedredis.testing.internal.data.redis;

import java.util.Locale;

/**
 * An operating system and a processor, as the carrier library names them.
 *
 * @param os {@code linux}, {@code darwin}, or what the JVM calls another one
 * @param architecture {@code amd64}, {@code arm64}, {@code 386}, or what the JVM calls another one
 */
record Platform(String os, String architecture) {

    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String osName, String osArchitecture) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            os = "darwin";
        } else if (os.startsWith("windows")) {
            os = "windows";
        }
        String architecture = osArchitecture.toLowerCase(Locale.ROOT);
        return new Platform(
                os.replace(' ', '-'),
                switch (architecture) {
                    case "x86_64", "x64" -> "amd64";
                    case "aarch64" -> "arm64";
                    case "i386", "i486", "i586", "i686", "x86" -> "386";
                    default -> architecture;
                });
    }

    boolean isWindows() {
        return os.equals("windows");
    }

    @Override
    public String toString() {
        return os + "-" + architecture;
    }
}
