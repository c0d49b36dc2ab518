package dev.slipway.warmup.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which clusters are warmed, and how. */
@ConfigMapping(prefix = "slipway.warmup")
interface WarmupConfig {

    /** By name. */
    Map<String, ClusterConfig> clusters();

    /** The numbers of the rules. */
    PullPolicyConfig pullPolicy();

    /** Of the webhook. */
    AdmissionConfig admission();

    /** Of more clusters. */
    SecretsConfig secrets();

    /** Where the tool image is put, or by digest where it is; by default slipway/warmup-tool beside the warmed image. */
    Optional<String> toolImage();

    /** For the first answer of a cluster. */
    @WithDefault("10s")
    Duration patience();

    /** When pods should ask the registry. */
    interface PullPolicyConfig {

        /** In which nodes that ask for an image count. */
        @WithDefault("5m")
        Duration window();

        /** So many of them make an image hot. */
        @WithDefault("3")
        int hotNodes();

        /** The part of the nodes that must have an image for everyday scaling. */
        @WithDefault("0.95")
        double presentOn();

        /** How long ago it was pulled last, for that. */
        @WithDefault("10m")
        Duration pulledWithin();

        /** What tags look like that do not move. */
        @WithDefault("v?[0-9]+\\.[0-9]+\\.[0-9]+.*")
        String immutableTags();

        /** How often it is decided anew. */
        @WithDefault("15s")
        Duration review();
    }

    /** The admission webhook. */
    interface AdmissionConfig {

        /** The cluster whose API server asks. */
        @WithDefault("local")
        String cluster();
    }

    /** Secrets that each describe a cluster; they come and go. */
    interface SecretsConfig {

        /** Where they are; without it, none are looked for. */
        Optional<String> namespace();

        /** Of the cluster that has them; without one, the cluster that this process runs in. */
        Optional<Path> kubeconfig();

        /** Of the kubeconfig; by default its current one. */
        Optional<String> context();
    }

    /** How one cluster is reached and warmed. */
    interface ClusterConfig {

        /** A file; without one, the cluster that this process runs in. */
        Optional<Path> kubeconfig();

        /** Of the kubeconfig; by default its current one. */
        Optional<String> context();

        /** Registries, or the beginnings of repositories, nearest first; by default whatever was published first. */
        @WithName("pull-from")
        Optional<List<String>> pullFrom();

        /** Where pods are created; it must exist. */
        @WithDefault("slipway-warmup")
        String namespace();

        /** Labels that nodes must have. */
        Map<String, String> nodeSelector();

        /** Keys of taints that are tolerated; * for all. */
        Optional<Set<String>> tolerations();

        /** Secrets of the namespace. */
        Optional<List<String>> pullSecrets();

        Optional<String> priorityClass();

        /** The user that the pods' program runs as; not root. */
        @WithDefault("65532")
        long user();

        /** One of container, image-volume, auto. */
        @WithDefault("container")
        String strategy();

        @WithDefault("1,1%,10%,all")
        List<String> waves();

        /** The part of a wave's nodes that may fail before the run stops. */
        @WithDefault("0.1")
        double failureLimit();

        /** Pods, over all runs. */
        @WithDefault("50")
        int inFlight();

        @WithDefault("20")
        double createsPerSecond();

        @WithDefault("20")
        int burst();

        @WithDefault("5m")
        Duration nodeDeadline();

        @WithDefault("1h")
        Duration deadline();

        /** How long a node is believed to have an image that is kept, until it is looked at again. */
        @WithDefault("1h")
        Duration keepCheck();

        /** Whether pods of all namespaces are watched for what they ask for; that wants a right of its own. */
        @WithDefault("false")
        boolean heat();

        /** Labels of nodes with a lazy snapshotter; they end as LAZY_READY and not as warm. */
        Map<String, String> lazyNodes();
    }
}
