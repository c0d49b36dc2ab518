package dev.slipway.local.kafka;

import dev.slipway.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics of the contract, as they are declared: partitions and settings by {@link Topic.Shape}, replication as the
 * cluster has it by default. A topic that is there stays as its operator made it, but one that must have a single order
 * and has several partitions is refused.
 *
 * @param partitions of topics whose order is per key
 * @param tenants whose request topics are declared
 */
public record TopicDeclaration(int partitions, List<String> tenants) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    public TopicDeclaration {
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic has one partition at least, not %d".formatted(partitions));
        }
        tenants = List.copyOf(tenants);
    }

    /** Four partitions, the tenant {@code default}. */
    public static TopicDeclaration standard() {
        return new TopicDeclaration(4, List.of("default"));
    }

    /** {@link #declareOn(String, Map)} of a cluster whose clients need no more than its address. */
    public void declareOn(String bootstrapServers) {
        declareOn(bootstrapServers, Map.of());
    }

    /**
     * Creates the topics that are not there and returns when all have leaders. Repeating it changes nothing.
     *
     * @param client what clients of the cluster need beside its address, in Kafka's names
     * @throws IllegalStateException naming the cluster, and what it answered
     */
    public void declareOn(String bootstrapServers, Map<String, String> client) {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience);
        try (Admin admin = Admin.create(settings)) {
            create(admin);
            awaitLeaders(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka at %s refused the topics: %s".formatted(bootstrapServers, e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while declaring topics on " + bootstrapServers, e);
        }
    }

    /** The names of all topics that are declared, with what each is. */
    public Map<String, Topic> topics() {
        Map<String, Topic> topics = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            if (topic == Topic.BUILD_REQUESTED) {
                tenants.forEach(tenant -> topics.put(Topic.requestsOf(tenant), topic));
            } else {
                topics.put(topic.topicName(), topic);
            }
        }
        return topics;
    }

    private void create(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        List<NewTopic> missing = new ArrayList<>();
        topics().forEach((name, topic) -> {
            if (!present.contains(name)) {
                missing.add(newTopic(name, topic));
            }
        });
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                boolean anotherWasFaster = e.getCause() instanceof TopicExistsException;
                if (!anotherWasFaster) {
                    throw e;
                }
            }
        }
    }

    private NewTopic newTopic(String name, Topic topic) {
        int count = TopicLayout.hasSingleOrder(topic) ? 1 : partitions;
        return new NewTopic(name, Optional.of(count), Optional.empty()).configs(TopicLayout.settings(topic));
    }

    /** A created topic is known to the controller first and to the broker's clients some milliseconds later. */
    private void awaitLeaders(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, Topic> declared = topics();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!allLed(admin, declared)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("after %s not every topic has a leader".formatted(PATIENCE));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean allLed(Admin admin, Map<String, Topic> declared)
            throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> descriptions;
        try {
            descriptions =
                    admin.describeTopics(declared.keySet()).allTopicNames().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
        descriptions.forEach((name, description) -> refuseSeveralOrders(declared, name, description));
        return descriptions.values().stream()
                .flatMap(description -> description.partitions().stream())
                .allMatch(partition -> partition.leader() != null);
    }

    private static void refuseSeveralOrders(Map<String, Topic> declared, String name, TopicDescription description) {
        Topic topic = declared.get(name);
        int found = description.partitions().size();
        if (topic != null && TopicLayout.hasSingleOrder(topic) && found != 1) {
            throw new IllegalStateException(
                    "topic %s has %d partitions and must have one: its order is one".formatted(name, found));
        }
    }
}
