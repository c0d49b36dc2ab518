package dev.slipway.warmup.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrategyTest {

    @ParameterizedTest
    @CsvSource({
        "v1.36.0,      containerd://2.1.4,   IMAGE_VOLUME",
        "v1.36.0-rc.1, containerd://2.10.0,  IMAGE_VOLUME",
        "v1.37.2+k3s1, cri-o://1.31.0,       IMAGE_VOLUME",
        "v1.35.9,      containerd://2.1.4,   CONTAINER",
        "v1.36.0,      containerd://2.0.9,   CONTAINER",
        "v1.36.0,      containerd://1.7.27,  CONTAINER",
        "v1.36.0,      cri-o://1.30.4,       CONTAINER",
        "v1.36.0,      docker://27.0.1,      CONTAINER",
        "nonsense,     containerd://2.1.4,   CONTAINER"
    })
    void theVersionsOfKubeletAndRuntimeDecide(String kubelet, String runtime, Strategy expected) {
        Node node = new Node("a", "linux", "amd64", Map.of(), false, true, Set.of(), List.of(), kubelet, runtime, 0);

        assertThat(Strategy.AUTO.on(node)).isEqualTo(expected);
        assertThat(Strategy.CONTAINER.on(node)).isEqualTo(Strategy.CONTAINER);
    }

    @Test
    void namesWhatThereIs() {
        assertThat(Strategy.parse("image-volume")).isEqualTo(Strategy.IMAGE_VOLUME);
        assertThatThrownBy(() -> Strategy.parse("magic")).hasMessageContaining("container, image-volume or auto");
    }
}
