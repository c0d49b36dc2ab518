package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.options.Context;
import dev.slipway.cli.report.Terminal;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.DockerRegistry;
import dev.slipway.oci.contract.Peer;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.signing.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sign} and {@code verify} on a real registry. */
class TrustCommandsTest {
    private static DockerRegistry registry;

    @TempDir
    Path temp;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String reference;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        registry = DockerRegistry.startOrSkip(data);
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @BeforeEach
    void push() throws IOException, GeneralSecurityException {
        generate("ours");
        generate("others");
        RepositoryName name = new RepositoryName(
                registry.name(), temp.getFileName().toString().toLowerCase(java.util.Locale.ROOT));
        reference = name + ":v1";
        try (RegistryClient client = new RegistryClient()) {
            var store = client.repository(name);
            List<Descriptor> children = Stream.of("linux/amd64", "linux/arm64")
                    .map(Platform::parse)
                    .map(platform -> {
                        ImageConfig config = ImageConfig.of(platform);
                        store.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
                        return store.putManifest(ImageManifest.of(config.descriptor(), List.of())
                                        .manifest())
                                .withPlatform(platform);
                    })
                    .toList();
            store.tag(ImageIndex.of(children).manifest(), "v1");
        }
    }

    @Test
    void signsOnceAndVerifies() {
        assertThat(run("sign", reference, "--key", "ours.key")).isZero();
        assertThat(out.toString(UTF_8).lines())
                .hasSize(3)
                .allMatch(line -> line.endsWith("  signed"))
                .anyMatch(line -> line.startsWith("linux/arm64 "));
        out.reset();

        assertThat(run("sign", reference, "--key", "ours.key")).isZero();
        assertThat(out.toString(UTF_8).lines()).hasSize(3).allMatch(line -> line.endsWith("was signed already"));
        out.reset();

        assertThat(run("verify", reference, "--key", "others.pub", "--key", "ours.pub"))
                .isZero();
        assertThat(out.toString(UTF_8).lines())
                .hasSize(7)
                .filteredOn(line -> line.contains("valid, by key "))
                .hasSize(6);
    }

    @Test
    void signsWhatOthersBuilt() throws IOException {
        Peer crane = Peer.orSkip("crane");
        Path emptyTar = Files.write(temp.resolve("layer.tar"), new byte[1024]);
        String image = reference.replace(":v1", ":crane");
        String index = reference.replace(":v1", ":crane-index");
        crane.run("append", "--insecure", "--new_layer", emptyTar.toString(), "--new_tag", image);
        crane.run("mutate", "--insecure", "--set-platform", "linux/amd64", "--tag", image, image);
        crane.run("index", "append", "--insecure", "--manifest", image, "--tag", index);

        assertThat(run("sign", index, "--key", "ours.key")).isZero();

        assertThat(run("verify", index, "--key", "ours.pub")).isZero();
        for (String signed : List.of(index, image)) {
            Peer.orSkip("cosign")
                    .run("verify", "--key", temp.resolve("ours.pub").toString(), "--insecure-ignore-tlog", signed);
        }
    }

    @Test
    void changesKeysWithoutATimeWhenNobodyIsTrusted() {
        run("sign", reference, "--key", "ours.key");

        assertThat(run("sign", reference, "--key", "others.key")).isZero();

        assertThat(run("verify", reference, "--key", "ours.pub")).isZero();
        assertThat(run("verify", reference, "--key", "others.pub")).isZero();
        out.reset();
        run("sign", reference, "--key", "others.key");
        run("sign", reference, "--key", "ours.key");
        assertThat(out.toString(UTF_8).lines()).hasSize(6).allMatch(line -> line.endsWith("was signed already"));
    }

    @Test
    void failsWhereNobodyTrustedSigned() {
        assertThat(run("verify", reference, "--key", "ours.pub")).isEqualTo(5);
        assertThat(err.toString(UTF_8)).contains("slipway: index (", "linux/amd64 (", "is not signed");
        err.reset();

        run("sign", reference, "--key", "others.key");

        assertThat(run("verify", reference, "--key", "ours.pub")).isEqualTo(5);
        assertThat(err.toString(UTF_8)).contains("has no signature by a key that was given");
    }

    @Test
    void triesPoliciesAgainstAnImage() throws IOException {
        Path directory = Files.createDirectory(temp.resolve("policies"));
        Files.writeString(directory.resolve("rules.yaml"), """
                        validations:
                        - {name: no-root, expression: "image.config.user != ''", message: the user is root}
                        - {name: two, expression: "images.size() == 2"}
                        """);
        String policies = directory.toString();

        assertThat(run("policy", "test", reference, "--policy", policies)).isEqualTo(6);
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "RULE     RESULT  PLATFORM     MESSAGE",
                        "no-root  deny    linux/amd64  the user is root",
                        "no-root  deny    linux/arm64  the user is root",
                        "two      pass");
        out.reset();

        assertThat(run("policy", "input", reference)).isZero();
        Files.writeString(
                temp.resolve("input.json"), out.toString(UTF_8).replace("\"user\" : \"\"", "\"user\" : \"65532\""));
        assertThat(run("policy", "test", "--input", "input.json", "--policy", policies))
                .isZero();
    }

    @Test
    void refusesPoliciesThatDoNotCompile() throws IOException {
        Files.writeString(
                Files.createDirectory(temp.resolve("broken")).resolve("rules.yaml"),
                "validations:\n- name: a\n  expression: image.nothing\n");

        assertThat(run("policy", "test", reference, "--policy", "broken")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("rules.yaml:3:20: rule 'a': ", "nothing");
    }

    @Test
    void extendsAndReducesAnIndex() throws IOException {
        String other = reference.replace(":v1", "-copy:v1");
        assertThat(run("index", "remove", reference, "--platform", "linux/amd64", "-t", "arm"))
                .isZero();
        String arm = reference.replace(":v1", ":arm");

        assertThat(run("index", "append", arm, "--image", reference)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("there is an image for linux/arm64 already");
        assertThat(run("index", "remove", arm, "--platform", "linux/arm64")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("no image would be left");
        assertThat(platforms(arm)).containsExactly("linux/arm64");

        copyArm(arm, other);
        String amd64 = digest(reference, "linux/amd64");
        assertThat(run("index", "append", other, "--image", amd64)).isZero();
        assertThat(platforms(other)).containsExactly("linux/arm64", "linux/amd64");
        assertThat(Peer.orSkip("crane").run("validate", "--insecure", "--remote", other))
                .contains("PASS");
    }

    @Test
    void saysThatADocumentIsMalformed() {
        byte[] noConfig = "[]".getBytes(UTF_8);
        Descriptor config = Descriptor.of(MediaTypes.IMAGE_CONFIG, noConfig);
        Reference odd = Reference.parse(reference.replace(":v1", ":odd"));
        try (RegistryClient client = new RegistryClient()) {
            var store = client.repository(odd.repository());
            store.putBlob(config, BlobSource.of(noConfig));
            store.tag(ImageManifest.of(config, List.of()).manifest(), "odd");
        }

        assertThat(run("inspect", odd.toString())).isEqualTo(2);

        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("slipway: ")
                .endsWith("is not a JSON object");
    }

    private static void copyArm(String from, String to) throws IOException {
        Peer.orSkip("crane").run("copy", "--insecure", from, to);
    }

    private static List<String> platforms(String name) {
        return index(name).images().stream()
                .map(image -> image.optionalPlatform().orElseThrow().name())
                .toList();
    }

    private static String digest(String name, String platform) {
        return Reference.parse(name).repository() + "@"
                + index(name).bestFor(Platform.parse(platform)).orElseThrow().digest();
    }

    private static ImageIndex index(String name) {
        Reference named = Reference.parse(name);
        try (RegistryClient client = new RegistryClient()) {
            return ImageIndex.of(client.repository(named.repository())
                    .manifest(named.identifier())
                    .orElseThrow());
        }
    }

    private void generate(String name) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Files.writeString(
                temp.resolve(name + ".key"),
                Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(
                temp.resolve(name + ".pub"),
                Pem.write("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), 0);
        return Main.run(new Context(terminal, Map.of(), temp, InstantSource.system()), arguments);
    }
}
