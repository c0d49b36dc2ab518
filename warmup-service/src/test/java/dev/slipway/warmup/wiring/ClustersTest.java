package dev.slipway.warmup.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.warmup.Cluster;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClustersTest {
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: one
            clusters: [{name: one, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: one, user: {token: t}}]
            contexts: [{name: one, context: {cluster: one, user: one}}]
            """;

    private final Clusters clusters = new Clusters(
            config(Map.of("slipway.warmup.clusters.eu.kubeconfig", "/nowhere")),
            (repository, digest) -> {
                throw new AssertionError("nothing was to be read");
            },
            repository -> {
                throw new AssertionError("no tool was to be put anywhere");
            },
            cluster -> (image, node, at) -> {
                throw new AssertionError("nothing was to be watched");
            });

    @AfterEach
    void stop() {
        clusters.close();
    }

    private static WarmupConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(WarmupConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 0))
                .build()
                .getConfigMapping(WarmupConfig.class);
    }

    private List<String> names() {
        return clusters.all().stream().map(Cluster::name).toList();
    }

    private static Map<String, String> described(String... more) {
        Map<String, String> properties = new HashMap<>(Map.of("kubeconfig", KUBECONFIG));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }

    @Test
    void secretsAddClustersAndTakeThemAway() {
        clusters.described("us", described());
        assertThat(names()).containsExactly("eu", "us");

        clusters.gone("us");

        assertThat(names()).containsExactly("eu");
    }

    @Test
    void aClusterThatIsDescribedOtherwiseIsAnotherOne() {
        clusters.described("us", described("pull-from", "ghcr.io"));
        Cluster first = clusters.all().getLast();

        clusters.described("us", described("pull-from", "ghcr.io"));
        assertThat(clusters.all().getLast()).isSameAs(first);

        clusters.described("us", described("pull-from", "quay.io"));
        assertThat(clusters.all().getLast()).isNotSameAs(first);
    }

    @Test
    void theConfigurationsClustersStay() {
        clusters.described("eu", described());
        clusters.gone("eu");
        clusters.gone("unknown");

        assertThat(names()).containsExactly("eu");
    }

    @Test
    void takesTheSamePropertiesAsTheConfiguration() {
        WarmupConfig.ClusterConfig config = DescribedCluster.of(
                        "us",
                        described(
                                "pull-from", "ghcr.io,quay.io\n",
                                "node-selector.pool", "web",
                                "waves", "1,all",
                                "in-flight", "7"))
                .config();

        assertThat(config.pullFrom()).contains(List.of("ghcr.io", "quay.io"));
        assertThat(config.nodeSelector()).isEqualTo(Map.of("pool", "web"));
        assertThat(config.waves()).containsExactly("1", "all");
        assertThat(config.inFlight()).isEqualTo(7);
        assertThat(config.nodeDeadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.kubeconfig()).contains(Path.of("us"));
    }

    @Test
    void refusesWhatItDoesNotKnowAndKeepsTheOthers() {
        clusters.described("a", Map.of());
        clusters.described("b", described("in-fligth", "7"));
        clusters.described("c", described("strategy", "guess"));
        clusters.described("d", described("in-flight", "many"));
        clusters.described("us", described());

        assertThat(names()).containsExactly("eu", "us");
        assertThatThrownBy(() -> DescribedCluster.of("d", described("in-flight", "secret-text")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret-text");
    }
}
