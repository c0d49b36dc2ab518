package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.events.Topic;
import dev.slipway.local.kafka.EmbeddedKafka;
import dev.slipway.local.kafka.TopicDeclaration;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack on a broker that takes certificates only, each process with the rights that the manifests give it. */
class SecureKafkaIT {
    /** Of one process of the stack, the users of the manifests that it stands for. */
    private static final Map<String, List<String>> PROCESSES = Map.of(
            "gateway", List.of("gateway"),
            "build-service", List.of("planner", "scheduler", "worker"),
            "manifest-service", List.of("manifest-service"),
            "push-service", List.of("push-service"),
            "warmup-service", List.of("warmup-service"));

    private static final String ADMIN = "admin";
    private static final String TENANT = "tenant-default";

    @TempDir
    private static Path directory;

    private static KafkaIdentities identities;
    private static EmbeddedKafka kafka;
    private static Stack stack;

    @BeforeAll
    static void start() throws Exception {
        List<String> names = new ArrayList<>(PROCESSES.keySet());
        names.addAll(List.of(ADMIN, TENANT));
        identities = KafkaIdentities.create(directory, names);
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0, broker());
        new TopicDeclaration(4, List.of("default", "other")).declareOn(kafka.bootstrapServers(), client(ADMIN));
        try (Admin admin = Admin.create(new HashMap<>(withAddress(client(ADMIN))))) {
            admin.createAcls(acls()).all().get();
        }
        Path configurations = Files.createDirectory(directory.resolve("clients"));
        for (String process : PROCESSES.keySet()) {
            write(configurations.resolve(process + ".properties"), client(process));
        }
        write(configurations.resolve("local.properties"), client(ADMIN));
        Path access = Files.writeString(
                directory.resolve("access.json"), "{\"default\": {\"publish\": [\"127.0.0.1:*/team/*\"]}}");
        stack = Stack.startOnKafka(kafka.bootstrapServers(), configurations, access);
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    @Test
    void publishesWithNoMoreRightsThanTheManifestsGive() {
        String target = stack.registry() + "/team/secure:1";

        Command built = stack.slipway("build", Contexts.HELLO.toString(), "-t", target, "--platform", "linux/amd64");

        assertThat(built.exitCode()).as(built.printed()).isZero();
        assertThat(stack.slipway("inspect", target).exitCode()).isZero();
    }

    @Test
    void publishesNothingThatTheTenantMayNot() {
        String target = stack.registry() + "/others/secure:1";

        Command built = stack.slipway("build", Contexts.HELLO.toString(), "-t", target, "--platform", "linux/amd64");

        assertThat(built.exitCode()).as(built.printed()).isEqualTo(6);
        assertThat(built.printed()).contains("ACCESS_DENIED: tenant 'default' may not publish " + target);
        assertThat(stack.slipway("inspect", target).exitCode()).isNotZero();
    }

    @Test
    void letsATenantAskForItselfOnly() throws Exception {
        send(TENANT, Topic.requestsOf("default"));

        for (String topic : List.of(
                Topic.requestsOf("other"), Topic.IMAGE_PUBLISHED.topicName(), Topic.TAG_MOVE_REQUESTED.topicName())) {
            assertThatThrownBy(() -> send(TENANT, topic))
                    .as(topic)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void letsAServiceSayNothingInAnothersPlace() {
        assertThatThrownBy(() -> send("build-service", Topic.IMAGE_PUBLISHED.topicName()))
                .hasCauseInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> send("warmup-service", Topic.TAG_MOVE_REQUESTED.topicName()))
                .hasCauseInstanceOf(AuthorizationException.class);
    }

    private static Map<String, String> broker() {
        Map<String, String> settings = new HashMap<>(identities.of(ADMIN));
        settings.put("listener.security.protocol.map", "CLIENTS:SSL,CONTROLLER:PLAINTEXT");
        settings.put("ssl.client.auth", "required");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // the broker itself: over TLS among clients, and without a name to its controller, on a socket of its own
        settings.put("super.users", "User:CN=" + ADMIN + ";User:ANONYMOUS");
        return settings;
    }

    private static Map<String, String> client(String name) {
        Map<String, String> settings = new HashMap<>(identities.of(name));
        settings.put("security.protocol", "SSL");
        return settings;
    }

    private static Map<String, String> withAddress(Map<String, String> client) {
        Map<String, String> settings = new HashMap<>(client);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        return settings;
    }

    private static List<AclBinding> acls() throws IOException {
        KafkaUsers users = KafkaUsers.ofManifests();
        List<AclBinding> acls = new ArrayList<>(users.acls("User:CN=" + TENANT, List.of(TENANT)));
        PROCESSES.forEach((process, of) -> acls.addAll(users.acls("User:CN=" + process, of)));
        return acls;
    }

    private static void write(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    private static void send(String name, String topic) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                new HashMap<>(withAddress(client(name))), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "nobody", "{}")).get();
        }
    }
}
