package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.local.LocalOptions.Kafka;
import dev.slipway.local.LocalOptions.Registry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOptionsTest {

    @Test
    void hasDefaults() {
        LocalOptions options = parse("--data d --kafka-port 7451 --spans-port 7452");

        assertThat(options.data()).isEqualTo(Path.of("d"));
        assertThat(options.kafka()).isEqualTo(new Kafka.Embedded(7451));
        assertThat(options.registries()).isEmpty();
        assertThat(options.bind()).isEqualTo("127.0.0.1");
        assertThat(options.spansPort()).isEqualTo(7452);
        assertThat(options.otlp()).isEmpty();
        assertThat(options.partitions()).isEqualTo(4);
        assertThat(options.tenants()).containsExactly("default");
    }

    @Test
    void readsEveryOption() {
        LocalOptions options = parse(
                "--data=d --kafka broker:9092 --kafka-config c.properties --spans-port 1 --registry 5000 --registry 5001:other"
                        + " --registry-bind 0.0.0.0 --otlp http://localhost:4318 --partitions 8 --tenant a --tenant b");

        assertThat(options.kafka()).isEqualTo(new Kafka.External("broker:9092", Optional.of(Path.of("c.properties"))));
        assertThat(options.registries()).containsExactly(new Registry(5000, "registry"), new Registry(5001, "other"));
        assertThat(options.bind()).isEqualTo("0.0.0.0");
        assertThat(options.otlp()).contains(URI.create("http://localhost:4318"));
        assertThat(options.partitions()).isEqualTo(8);
        assertThat(options.tenants()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --kafka-port 1 --spans-port 2 | --data is missing
                    --data d --kafka-port 1 | --spans-port is missing
                    --data d --spans-port 2 | one of --kafka-port and --kafka is needed, and not both
                    --data d --spans-port 2 --kafka-port 1 --kafka b:1 | one of --kafka-port and --kafka is needed, and not both
                    --data d --spans-port 2 --kafka-port 1 --kafka-config f | --kafka-config goes with --kafka, not with --kafka-port
                    --data d --kafka-port 70000 --spans-port 2 | --kafka-port 70000: not a number from 0 to 65535
                    --data d --kafka-port x --spans-port 2 | --kafka-port x: not a number from 0 to 65535
                    --data d --kafka-port 1 --spans-port 2 --registry 5000:../x | --registry 5000:../x: not the name of a directory
                    --data d --kafka-port 1 --spans-port 2 --partitions 0 | --partitions 0: not a number from 1 to 1000
                    --data d --kafka-port 1 --spans-port 2 --spans-port 3 | --spans-port was given 2 times
                    --data d --kafka-port 1 --spans-port 2 --colour red | unknown argument '--colour'
                    --data d --kafka-port 1 --spans-port | --spans-port has no value
                    """)
    void saysWhatIsWrong(String words, String message) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static LocalOptions parse(String words) {
        return LocalOptions.parse(List.of(words.split(" ")));
    }
}
