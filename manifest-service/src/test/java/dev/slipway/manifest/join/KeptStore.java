package dev.slipway.manifest.join;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;

/** A store in memory whose content outlives a driver, as it does in the changelog. */
final class KeptStore implements KeyValueBytesStoreSupplier {
    private Map<Bytes, byte[]> content = new TreeMap<>();

    Map<Bytes, byte[]> snapshot() {
        return Map.copyOf(content);
    }

    void restore(Map<Bytes, byte[]> snapshot) {
        content = new TreeMap<>(snapshot);
    }

    int size() {
        return content.size();
    }

    int bytes() {
        return content.values().stream().mapToInt(value -> value.length).sum();
    }

    @Override
    public String name() {
        return JoinTopology.STORE;
    }

    @Override
    public String metricsScope() {
        return "in-memory";
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new InMemoryKeyValueStore(name()) {
            @Override
            public void init(StateStoreContext context, StateStore root) {
                super.init(context, root);
                snapshot().forEach(super::put);
            }

            @Override
            public synchronized void put(Bytes key, byte[] value) {
                super.put(key, value);
                if (value == null) {
                    content.remove(key);
                } else {
                    content.put(key, value);
                }
            }

            @Override
            public synchronized byte[] delete(Bytes key) {
                content.remove(key);
                return super.delete(key);
            }
        };
    }
}
