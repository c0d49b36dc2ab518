package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kustomize makes of each overlay. */
class KubernetesManifestsTest {
    private static final Path OVERLAYS = Stack.ROOT.resolve("k8s/overlays");
    private static final Set<String> PROCESSES = Set.of("Deployment", "StatefulSet", "DaemonSet");

    /** What a rootless BuildKit cannot do without; see components/buildkit. */
    private static final String BUILDKIT = "buildkitd";

    @ParameterizedTest
    @ValueSource(strings = {"local", "strimzi", "production"})
    void runNothingAsRootOrWithPrivileges(String overlay) throws Exception {
        for (JsonNode process : processes(overlay)) {
            JsonNode pod = process.at("/spec/template/spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(name(process))
                    .isTrue();
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                    .as(name(process))
                    .isFalse();
            for (JsonNode container : containers(pod)) {
                if (container.path("name").asText().equals(BUILDKIT)) {
                    assertThat(container.at("/securityContext/privileged").asBoolean())
                            .isFalse();
                    continue;
                }
                JsonNode security = container.path("securityContext");
                assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                        .as(name(process))
                        .isTrue();
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(name(process))
                        .isFalse();
                assertThat(security.at("/capabilities/drop/0").asText())
                        .as(name(process))
                        .isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asText())
                        .as(name(process))
                        .isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "strimzi", "production"})
    void haveEveryServiceAndOnlyWhatTheyName(String overlay) throws Exception {
        List<JsonNode> objects = build(overlay);
        Set<String> there = objects.stream()
                .map(object -> object.path("kind").asText() + " " + name(object))
                .collect(Collectors.toSet());

        assertThat(processes(overlay).stream().map(KubernetesManifestsTest::name))
                .contains(
                        "slipway/gateway",
                        "slipway/planner",
                        "slipway/scheduler",
                        "slipway/manifest-service",
                        "slipway/push-service",
                        "slipway/warmup-service",
                        "slipway-builders/worker-amd64",
                        "slipway-builders/worker-arm64");
        for (JsonNode process : processes(overlay)) {
            String namespace = process.at("/metadata/namespace").asText();
            JsonNode pod = process.at("/spec/template/spec");
            if (pod.has("serviceAccountName")) {
                assertThat(there)
                        .contains("ServiceAccount " + namespace + "/"
                                + pod.path("serviceAccountName").asText());
            }
            if (process.at("/spec").has("serviceName")) {
                assertThat(there)
                        .contains("Service " + namespace + "/"
                                + process.at("/spec/serviceName").asText());
            }
            for (JsonNode container : containers(pod)) {
                for (JsonNode source : container.path("envFrom")) {
                    assertThat(there)
                            .contains("ConfigMap " + namespace + "/"
                                    + source.at("/configMapRef/name").asText());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "strimzi", "production"})
    void letNothingIntoTheNetworkThatIsNotSaid(String overlay) throws Exception {
        assertThat(build(overlay).stream()
                        .filter(object -> object.path("kind").asText().equals("NetworkPolicy"))
                        .filter(policy -> policy.at("/spec/podSelector").isEmpty()
                                && policy.at("/spec/ingress").isMissingNode()
                                && policy.at("/spec/egress").isMissingNode())
                        .map(policy -> policy.at("/metadata/namespace").asText()))
                .containsExactlyInAnyOrder("slipway", "slipway-builders");
    }

    @Test
    void letEveryServiceReadWithItsConsumerGroups() throws IOException {
        KafkaUsers users = KafkaUsers.ofManifests();
        for (String service : List.of("manifest-service", "push-service", "warmup-service")) {
            List<ResourcePattern> allowed = users.acls("User:any", List.of(service)).stream()
                    .map(AclBinding::pattern)
                    .filter(pattern -> pattern.resourceType() == ResourceType.GROUP)
                    .toList();
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(
                    Stack.ROOT.resolve(service).resolve("src/main/resources/application.properties"))) {
                properties.load(reader);
            }
            List<String> groups = properties.stringPropertyNames().stream()
                    .filter(name -> name.endsWith(".group.id"))
                    .map(properties::getProperty)
                    .toList();

            assertThat(groups).isNotEmpty();
            assertThat(groups)
                    .as(service)
                    .allMatch(group -> allowed.stream().anyMatch(pattern -> matches(pattern, group)));
        }
    }

    private static boolean matches(ResourcePattern pattern, String name) {
        return pattern.patternType() == PatternType.PREFIXED
                ? name.startsWith(pattern.name())
                : name.equals(pattern.name());
    }

    private static List<JsonNode> processes(String overlay) throws IOException {
        return build(overlay).stream()
                .filter(object -> PROCESSES.contains(object.path("kind").asText()))
                .toList();
    }

    private static List<JsonNode> containers(JsonNode pod) {
        return Stream.of("initContainers", "containers")
                .flatMap(list -> pod.path(list).valueStream())
                .toList();
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
    }

    static List<JsonNode> build(String overlay) throws IOException {
        Command built = Command.run(
                OVERLAYS,
                Map.of(),
                Duration.ofSeconds(60),
                List.of(
                        Peers.require("kustomize"),
                        "build",
                        OVERLAYS.resolve(overlay).toString()));
        assertThat(built.exitCode()).as(built.printed()).isZero();
        List<JsonNode> objects = new ArrayList<>();
        try (MappingIterator<JsonNode> read =
                new YAMLMapper().readerFor(JsonNode.class).readValues(built.out())) {
            read.forEachRemaining(objects::add);
        }
        return objects;
    }
}
