package dev.slipway.signing.external;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.contract.Peer;
import dev.slipway.signing.KeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that has the key: openssl behind a script. */
class ExternalSignerTest {
    private static final byte[] MESSAGE = "to be signed".getBytes(UTF_8);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void takesWhatAProcessSigns() throws IOException {
        ExternalSigner signer = new ExternalSigner(openssl(), LIMIT);

        assertThat(signer.publicKey().verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
    }

    @Test
    void refusesASignatureOfSomethingElse() throws IOException {
        openssl();
        ExternalSigner signer = new ExternalSigner(program("""
                case $1 in
                  public-key) openssl ec -in %1$s/key.pem -pubout 2>/dev/null ;;
                  sign) printf other | openssl dgst -sha256 -sign %1$s/key.pem | base64 -w0 ;;
                esac""".formatted(directory)), LIMIT);

        assertThatThrownBy(() -> signer.sign(MESSAGE))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("no signature by its key");
    }

    @Test
    void saysThatTheProcessFailed() throws IOException {
        Path program = program("exit 3");

        assertThatThrownBy(() -> new ExternalSigner(program, LIMIT))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("public-key ended with exit code 3");
    }

    @Test
    void endsAProcessThatDoesNotAnswer() throws IOException {
        Path program = program("exec sleep 600");

        assertThatThrownBy(() -> new ExternalSigner(program, Duration.ofSeconds(1)))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("was ended after 1 s");
    }

    @Test
    void saysThatThereIsNoProgram() {
        assertThatThrownBy(() -> new ExternalSigner(directory.resolve("none"), LIMIT))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("does not run");
    }

    private Path openssl() throws IOException {
        Peer openssl = Peer.orSkip("openssl");
        openssl.run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", directory + "/key.pem");
        return program("""
                case $1 in
                  public-key) openssl ec -in %1$s/key.pem -pubout 2>/dev/null ;;
                  sign) xxd -r -p | openssl pkeyutl -sign -inkey %1$s/key.pem | base64 -w0 ;;
                esac""".formatted(directory));
    }

    private Path program(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("signer"), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
}
