package dev.slipway.signing.external;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.Digest;
import dev.slipway.signing.KeyException;
import dev.slipway.signing.Signer;
import dev.slipway.signing.VerificationKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * Signs by a program, which speaks to a key management service, a token or another machine. Called with the argument
 * {@code public-key} it prints the public key in PEM; with {@code sign} it reads the SHA-256 of the message in hex from its
 * input and prints the signature, DER in base64. Every answer is verified before it is used. A program that signs the same
 * digest in several ways must be wrapped in something that remembers.
 */
public final class ExternalSigner implements Signer {
    private final Path program;
    private final Duration limit;
    private final VerificationKey publicKey;

    /**
     * Asks the program for its key.
     *
     * @param limit for each call
     * @throws KeyException where it does not run or has no key on P-256
     */
    public ExternalSigner(Path program, Duration limit) {
        this.program = program;
        this.limit = limit;
        this.publicKey = VerificationKey.parse(call("public-key", ""), "the public key of " + program);
    }

    @Override
    public VerificationKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        String answer = call("sign", Digest.of(message).hex()).strip();
        try {
            byte[] signature = Base64.getDecoder().decode(answer);
            if (publicKey.verifies(message, signature)) {
                return signature;
            }
        } catch (IllegalArgumentException e) {
            throw new KeyException("%s sign: the answer is not base64".formatted(program), e);
        }
        throw new KeyException("%s sign: the answer is no signature by its key %s".formatted(program, publicKey), null);
    }

    /** What it prints to its error stream goes to that of this process: the message here must not quote what it was given. */
    private String call(String argument, String input) {
        try {
            Process process = new ProcessBuilder(program.toString(), argument)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.onExit().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
                process.destroyForcibly();
                return process;
            });
            give(process, input);
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new KeyException(
                        "%s %s ended with exit code %d, or was ended after %d s"
                                .formatted(program, argument, code, limit.toSeconds()),
                        null);
            }
            return answer;
        } catch (IOException e) {
            throw new KeyException("%s %s does not run: %s".formatted(program, argument, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyException("interrupted while %s was asked".formatted(program), e);
        }
    }

    /** One that does not read its input has decided already: its exit code tells. */
    private static void give(Process process, String input) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            System.getLogger(ExternalSigner.class.getName())
                    .log(System.Logger.Level.DEBUG, "an external signer did not read its input", e);
        }
    }

    @Override
    public String toString() {
        return "signer %s with key %s".formatted(program, publicKey);
    }
}
