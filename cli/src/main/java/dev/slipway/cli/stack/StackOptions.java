package dev.slipway.cli.stack;

import java.util.List;
import java.util.Optional;

/**
 * What a stack consists of and where it listens; all of it on the loopback interface.
 *
 * @param kafka {@code host:port} of a broker that is there already
 * @param kafkaConfig absolute path of what its clients are told beside the address: one file of Kafka's properties, or a
 *     directory with one for each process, as {@code push-service.properties}
 * @param registryPorts one registry on each; the first holds the staging repository unless {@code staging} says otherwise
 * @param staging repository for contexts and results
 * @param signKey absolute path of the private key that signs images; its password is in the environment only
 * @param policies absolute path of the directory with the rules that every image must keep
 * @param access absolute path of the file that says which tags a tenant may publish and roll back
 * @param otlp where spans are forwarded to
 * @param builders beside the embedded one
 * @param clusters whose nodes get published images
 */
public record StackOptions(
        Optional<String> kafka,
        Optional<String> kafkaConfig,
        int kafkaPort,
        List<Integer> registryPorts,
        Optional<String> staging,
        Optional<String> signKey,
        Optional<String> policies,
        Optional<String> access,
        Optional<String> otlp,
        int gatewayPort,
        int spansPort,
        Builders builders,
        Clusters clusters) {
    public static final int DEFAULT_GATEWAY_PORT = 7450;
    public static final int DEFAULT_KAFKA_PORT = 7451;
    public static final int DEFAULT_SPANS_PORT = 7452;
    public static final int DEFAULT_REGISTRY_PORT = 5000;

    /**
     * Programs of others that builds with RUN need.
     *
     * @param buildah path of the program
     * @param buildkit address of the daemon
     */
    public record Builders(Optional<String> buildah, Optional<String> buildkit) {
        public static final Builders NONE = new Builders(Optional.empty(), Optional.empty());
    }

    /**
     * Clusters that are reached by a kubeconfig.
     *
     * @param kubeconfig absolute path
     * @param contexts of it, each of which is a cluster of that name
     */
    public record Clusters(Optional<String> kubeconfig, List<String> contexts) {
        public static final Clusters NONE = new Clusters(Optional.empty(), List.of());

        public Clusters {
            contexts = List.copyOf(contexts);
            if (kubeconfig.isPresent() == contexts.isEmpty()) {
                throw new IllegalArgumentException("a kubeconfig and contexts of it belong together");
            }
        }
    }

    public StackOptions {
        registryPorts = List.copyOf(registryPorts);
        if (kafka.isEmpty() && kafkaConfig.isPresent()) {
            throw new IllegalArgumentException("a stack's own broker takes no configuration of clients");
        }
        if (registryPorts.isEmpty()) {
            throw new IllegalArgumentException("a stack needs at least one registry port");
        }
    }

    public String kafkaServers() {
        return kafka.orElse("127.0.0.1:" + kafkaPort);
    }

    public String stagingRepository() {
        return staging.orElse(registry(0) + "/slipway/staging");
    }

    public String registry(int index) {
        return "127.0.0.1:" + registryPorts.get(index);
    }

    public String gatewayUrl() {
        return "http://127.0.0.1:" + gatewayPort;
    }

    public String spansUrl() {
        return "http://127.0.0.1:" + spansPort;
    }
}
