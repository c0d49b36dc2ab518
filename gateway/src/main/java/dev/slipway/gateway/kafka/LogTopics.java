package dev.slipway.gateway.kafka;

import dev.slipway.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The topics that are read: those of the contract, and the requests of every tenant. */
final class LogTopics {
    private static final Pattern REQUESTS = Pattern.compile(Topic.requestsPattern());

    private final Set<String> names;

    /** All topics but some. Dead letters are never read: they are no events. */
    LogTopics(Set<Topic> without) {
        this.names = Arrays.stream(Topic.values())
                .filter(topic -> topic != Topic.BUILD_REQUESTED && topic != Topic.DEAD_LETTER)
                .filter(topic -> !without.contains(topic))
                .map(Topic::topicName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The partitions that there are now. */
    List<TopicPartition> partitions(Consumer<String, byte[]> consumer, Duration patience) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Map.Entry<String, List<PartitionInfo>> topic :
                consumer.listTopics(patience).entrySet()) {
            if (names.contains(topic.getKey())
                    || REQUESTS.matcher(topic.getKey()).matches()) {
                topic.getValue().forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
            }
        }
        return partitions;
    }

    /** Whether every topic is among partitions, and one tenant's requests at least. */
    boolean isComplete(List<TopicPartition> partitions) {
        Set<String> present = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        return present.containsAll(names)
                && present.stream().anyMatch(name -> REQUESTS.matcher(name).matches());
    }
}
