package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.Topic;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WorkerOnlyComponentTest.OnlyWorker.class)
@QuarkusTestResource(Peers.class)
class WorkerOnlyComponentTest {

    public static final class OnlyWorker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("slipway.roles", "worker", "slipway.worker.slots", "3", "slipway.worker.labels.env", "test");
        }
    }

    @Test
    void reportsItselfAndNeitherPlansNorSchedules() throws ExecutionException, InterruptedException {
        String bootstrapServers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (EventLog log = new EventLog(bootstrapServers, Topic.WORKER_STATUS);
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            WorkerStatus status =
                    log.await("worker-under-test", WorkerStatus.class, 2).getFirst();

            assertThat(status.slots()).isEqualTo(3);
            assertThat(status.builders()).containsExactly("embedded");
            assertThat(status.labels()).containsExactly(Map.entry("env", "test"));
            assertThat(admin.listGroups().all().get())
                    .extracting(GroupListing::groupId)
                    .doesNotContain("slipway-planner", "slipway-scheduler");
        }
    }
}
