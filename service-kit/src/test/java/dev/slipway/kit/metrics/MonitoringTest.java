package dev.slipway.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.http.RequestObserver;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alert rules and dashboard name meters that there are, and labels that these have. */
class MonitoringTest {
    private static final Path COMPONENT = Path.of("..", "k8s", "components", "monitoring");
    private static final Pattern METRIC = Pattern.compile("slipway_[a-z_]+");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(slipway_[a-z_]+)(\\{.*})? ");

    /** A metric with what is said of its labels, as {@code name{label=~"…"}}. */
    private static final Pattern SELECTOR = Pattern.compile("(slipway_[a-z_]+)\\{([^}]*)}");

    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)");

    @ParameterizedTest
    @ValueSource(strings = {"rules.yaml", "rules.test.yaml", "dashboard.json"})
    void nameMetersThatThereAre(String file) throws IOException {
        Set<String> named = METRIC.matcher(Files.readString(COMPONENT.resolve(file)))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isNotEmpty();
        assertThat(exposed()).as("the meters there are").containsAll(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules.yaml", "dashboard.json"})
    void askForLabelsThatTheseHave(String file) throws IOException {
        String scraped = scraped();
        String text = Files.readString(COMPONENT.resolve(file)).replace("\\\"", "\"");

        assertThat(SELECTOR.matcher(text).results())
                .isNotEmpty()
                .allSatisfy(selector -> assertThat(
                                LABEL.matcher(selector.group(2)).results().map(label -> label.group(1)))
                        .allSatisfy(label -> assertThat(scraped)
                                .containsPattern("(?m)^%s\\{.*\\b%s=\"".formatted(selector.group(1), label))));
    }

    private static Set<String> exposed() {
        return SAMPLE.matcher(scraped())
                .results()
                .map(sample -> sample.group(1))
                .collect(Collectors.toSet());
    }

    /** What Prometheus reads of a process that has counted everything once. */
    @SuppressWarnings("deprecation") // the registry is the one that Quarkus has
    private static String scraped() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Meters meters = new Meters(registry);
        meters.stageEnded("s", StageResult.DONE, Duration.ofMillis(1));
        meters.stageWaited("s", Duration.ofMillis(1));
        meters.attemptFailed("s");
        meters.deadLetter("t");
        meters.replayed();
        meters.requestEnded("r");
        meters.failure("c");
        meters.platformEnded("p", "b", "r");
        meters.platformBuilt("b", false, Duration.ofMillis(1));
        meters.tag("s");
        meters.publishWindow(Duration.ofMillis(1));
        meters.policyDecided("d");
        meters.warmupEnded("c", "o");
        meters.nodesWarmed("c", "r", 1);
        meters.coverage("c", 1);
        meters.watchLag("c", Map::of);
        RequestObserver observer = meters.registry(new RepositoryName("r.test", "a"));
        observer.answered("GET", 200);
        return registry.scrape();
    }
}
