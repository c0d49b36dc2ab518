package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A certificate for each name, as Strimzi makes them for users, and a store of all of them; made by the JDK's keytool. */
record KafkaIdentities(Path directory) {
    private static final String PASSWORD = "changeit";

    static KafkaIdentities create(Path directory, List<String> names) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String name : names) {
            Command made = Command.run(directory, Map.of(), Duration.ofSeconds(60), keytool(directory, name));
            assertThat(made.exitCode()).as(made.printed()).isZero();
            KeyStore own = KeyStore.getInstance(store(directory, name).toFile(), PASSWORD.toCharArray());
            trusted.setCertificateEntry(name, own.getCertificate(name));
        }
        try (OutputStream out = Files.newOutputStream(store(directory, "all"))) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return new KafkaIdentities(directory);
    }

    /** What a broker or a client needs to be this name over TLS, and to know the others. */
    Map<String, String> of(String name) {
        return Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                store(directory, name).toString(),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                store(directory, "all").toString(),
                "ssl.truststore.password",
                PASSWORD);
    }

    private static List<String> keytool(Path directory, String name) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store(directory, name).toString(),
                "-storepass",
                PASSWORD);
    }

    private static Path store(Path directory, String name) {
        return directory.resolve(name + ".p12");
    }
}
