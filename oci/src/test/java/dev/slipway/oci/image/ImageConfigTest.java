package dev.slipway.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageConfigTest {
    private static final Instant TIME = Instant.parse("2024-02-29T12:00:00Z");
    private static final Digest LAYER = Digest.of(new byte[] {1});

    @Test
    void isWrittenInAFixedOrderWhateverTheOrderOfTheChanges() {
        ImageConfig one = ImageConfig.of(Platform.parse("linux/arm"))
                .withCreated(TIME)
                .withUser("65532")
                .withExposedPorts(Set.of("8080/tcp", "443/tcp"))
                .withEnv(List.of("B=2", "A=1"))
                .withEntrypoint(List.of("/app"))
                .withCmd(List.of("--help"))
                .withVolumes(Set.of("/data"))
                .withWorkingDir("/work")
                .withLabels(Map.of("b", "2", "a", "1"))
                .withStopSignal("SIGTERM")
                .withLayer(LAYER, History.layer(TIME, "COPY . ."));
        ImageConfig other = ImageConfig.of(Platform.parse("linux/arm/v7"))
                .withLayer(LAYER, History.layer(TIME, "COPY . ."))
                .withStopSignal("SIGTERM")
                .withLabels(Map.of("a", "1", "b", "2"))
                .withWorkingDir("/work")
                .withVolumes(List.of("/data", "/data"))
                .withCmd(List.of("--help"))
                .withEntrypoint(List.of("/app"))
                .withEnv(List.of("B=2", "A=1"))
                .withExposedPorts(List.of("443/tcp", "8080/tcp"))
                .withUser("65532")
                .withCreated(TIME);

        assertThat(text(one))
                .isEqualTo(("{'created':'2024-02-29T12:00:00Z','architecture':'arm','variant':'v7',"
                                + "'os':'linux','config':{'User':'65532','ExposedPorts':{'443/tcp':{},'8080/tcp':{}},"
                                + "'Env':['B=2','A=1'],'Entrypoint':['/app'],'Cmd':['--help'],'Volumes':{'/data':{}},"
                                + "'WorkingDir':'/work','Labels':{'a':'1','b':'2'},'StopSignal':'SIGTERM'},"
                                + "'rootfs':{'type':'layers','diff_ids':['" + LAYER + "']},"
                                + "'history':[{'created':'2024-02-29T12:00:00Z','created_by':'COPY . .'}]}")
                        .replace('\'', '"'));
        assertThat(other.digest()).isEqualTo(one.digest());
    }

    @Test
    void readsBackWhatWasSet() {
        Healthcheck healthcheck = new Healthcheck(
                List.of("CMD", "/ok"),
                Duration.ofSeconds(30),
                Duration.ofMillis(1500),
                Duration.ZERO,
                Duration.ZERO,
                3);
        History step = new History(TIME, "RUN x", "ada", "why", true);
        Platform platform = Platform.parse("windows(10.0.20348.1)/amd64");

        ImageConfig config = ImageConfig.parse(ImageConfig.of(platform)
                .withHealthcheck(healthcheck)
                .withShell(List.of("pwsh"))
                .withOnBuild(List.of("RUN y"))
                .withHistory(List.of(step))
                .bytes());

        assertThat(config.platform()).isEqualTo(platform);
        assertThat(config.healthcheck()).contains(healthcheck);
        assertThat(config.shell()).containsExactly("pwsh");
        assertThat(config.onBuild()).containsExactly("RUN y");
        assertThat(config.history()).containsExactly(step);
        assertThat(config.created()).isEmpty();
        assertThat(config.descriptor().mediaType()).isEqualTo(MediaTypes.IMAGE_CONFIG);
        assertThat(config.descriptor().size()).isEqualTo(config.bytes().length);
    }

    @Test
    void readsWhatDockerWrites() {
        ImageConfig config = parse("""
                {"architecture":"arm64","config":{"Hostname":"","Env":["PATH=/bin"],"Cmd":["sh"],"Entrypoint":null,
                "Labels":null,"OnBuild":null,"Volumes":null,"ArgsEscaped":true},"container_config":{"Cmd":["x"]},
                "created":"2023-05-18T22:34:17.123456789+02:00","docker_version":"20","history":[{"created":
                "2023-05-18T22:34:17Z","created_by":"/bin/sh -c #(nop)","empty_layer":true}],"os":"linux",
                "rootfs":{"type":"layers","diff_ids":["%s"]},"variant":"v8"}""".formatted(LAYER));

        assertThat(config.platform()).isEqualTo(Platform.parse("linux/arm64"));
        assertThat(config.created()).contains(Instant.parse("2023-05-18T20:34:17.123456789Z"));
        assertThat(config.entrypoint()).isEmpty();
        assertThat(config.labels()).isEmpty();
        assertThat(config.cmd()).containsExactly("sh");
        assertThat(config.diffIds()).containsExactly(LAYER);
        assertThat(config.history())
                .singleElement()
                .satisfies(step -> assertThat(step.emptyLayer()).isTrue());
    }

    @Test
    void keepsUnknownFieldsThroughAChange() {
        ImageConfig read = parse("""
                {"architecture":"amd64","os":"linux","config":{"ArgsEscaped":true,"Cmd":["sh"]},"x":{"y":1.0},
                "rootfs":{"type":"layers","diff_ids":[],"z":1},"history":[{"created_by":"a","x.step":7}]}""");

        String changed = text(read.withUser("1").withLayer(LAYER, History.layer(TIME, "b")));

        assertThat(changed)
                .contains("\"ArgsEscaped\":true", "\"x\":{\"y\":1.0}", "\"z\":1", "\"Cmd\":[\"sh\"]", "\"x.step\":7");
    }

    @Test
    void removesWhatIsSetToNothing() {
        ImageConfig config = ImageConfig.of(Platform.parse("linux/amd64"))
                .withCmd(List.of("sh"))
                .withUser("1")
                .withLabels(Map.of("a", "1"));

        assertThat(text(config.withCmd(List.of()).withUser("").withLabels(Map.of())))
                .contains("\"config\":{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                              | 'os' is missing",
                "{\"os\":\"linux\"}                                              | 'architecture' is missing",
                "{\"os\":\"linux\",\"architecture\":\"amd64\"}                   | 'rootfs' is missing",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\"x\"]}} | diff_ids[0] is not a sha256 digest: 'x'",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{},\"created\":\"now\"} | 'created' is no time of RFC 3339: 'now'",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{},\"config\":{\"Env\":\"A=1\"}} | 'Env' must be an array and is \"A=1\"",
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{},\"config\":{\"Labels\":{\"a\":1}}} | 'Labels.a' must be a string and is 1"
            })
    void saysWhatIsWrongWithItWhenItIsRead(String json, String fault) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining(fault);
    }

    private static ImageConfig parse(String json) {
        return ImageConfig.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ImageConfig config) {
        return new String(config.bytes(), StandardCharsets.UTF_8);
    }
}
