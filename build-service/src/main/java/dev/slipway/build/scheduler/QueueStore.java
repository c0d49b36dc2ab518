package dev.slipway.build.scheduler;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.build.queue.BuildKey;
import dev.slipway.kit.events.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The queue's entries in a Kafka Streams store. */
final class QueueStore {
    private final KeyValueStore<String, byte[]> store;

    QueueStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    List<StoredBuild> all() {
        List<StoredBuild> builds = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> builds.add(parse(entry.value)));
        }
        return builds;
    }

    Optional<StoredBuild> find(BuildKey key) {
        return Optional.ofNullable(store.get(key.toString())).map(QueueStore::parse);
    }

    void put(StoredBuild build) {
        store.put(new BuildKey(build.buildId(), build.platform()).toString(), json(build));
    }

    void delete(BuildKey key) {
        store.delete(key.toString());
    }

    private static StoredBuild parse(byte[] json) {
        try {
            return EventJson.mapper().readValue(json, StoredBuild.class);
        } catch (IOException e) {
            throw new IllegalStateException("the scheduler's store has an entry that is not one of this version's", e);
        }
    }

    private static byte[] json(StoredBuild build) {
        try {
            return EventJson.mapper().writeValueAsBytes(build);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry of the scheduler's store cannot be written as JSON", e);
        }
    }
}
