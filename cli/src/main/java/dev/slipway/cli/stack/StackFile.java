package dev.slipway.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.process.ProcessRecord;
import dev.slipway.cli.report.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code stack.json}: replaced as a whole, so that a reader never sees half of it. */
public final class StackFile {
    private static final int VERSION = 1;

    private final Path file;

    public StackFile(StackHome home) {
        this.file = home.stateFile();
    }

    /** Empty where no stack was ever started, or the last one was taken down. */
    public Optional<StackState> read() {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot read %s, the record of the stack: %s".formatted(file, e));
        }
        JsonNode tree = Json.read(text).orElseThrow(() -> unreadable("it is not JSON"));
        if (tree.path("version").asInt() != VERSION) {
            throw unreadable("its version is %s and this is %d".formatted(tree.path("version"), VERSION));
        }
        return Optional.of(new StackState(options(tree.path("options")), processes(tree.path("processes"))));
    }

    void write(StackState state) {
        ObjectNode tree = Json.object().put("version", VERSION);
        tree.put("gateway", state.options().gatewayUrl());
        tree.set("options", options(state.options()));
        ArrayNode processes = tree.putArray("processes");
        for (ProcessRecord process : state.processes()) {
            processes
                    .addObject()
                    .put("name", process.name())
                    .put("pid", process.pid())
                    .put("startedAt", process.startedAt().toString())
                    .put("port", process.port())
                    .put("readyUrl", process.readyUrl());
        }
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, Json.pretty(tree) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot write %s, the record of the stack: %s".formatted(file, e));
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot delete %s, the record of the stack: %s".formatted(file, e));
        }
    }

    private static ObjectNode options(StackOptions options) {
        ObjectNode tree = Json.object();
        options.kafka().ifPresent(kafka -> tree.put("kafka", kafka));
        options.kafkaConfig().ifPresent(config -> tree.put("kafkaConfig", config));
        tree.put("kafkaPort", options.kafkaPort());
        ArrayNode registries = tree.putArray("registryPorts");
        options.registryPorts().forEach(registries::add);
        options.staging().ifPresent(staging -> tree.put("staging", staging));
        options.signKey().ifPresent(key -> tree.put("signKey", key));
        options.policies().ifPresent(policies -> tree.put("policies", policies));
        options.access().ifPresent(access -> tree.put("access", access));
        options.otlp().ifPresent(otlp -> tree.put("otlp", otlp));
        options.builders().buildah().ifPresent(program -> tree.put("buildah", program));
        options.builders().buildkit().ifPresent(address -> tree.put("buildkit", address));
        options.clusters().kubeconfig().ifPresent(file -> {
            tree.put("kubeconfig", file);
            ArrayNode contexts = tree.putArray("contexts");
            options.clusters().contexts().forEach(contexts::add);
        });
        return tree.put("gatewayPort", options.gatewayPort()).put("spansPort", options.spansPort());
    }

    private StackOptions options(JsonNode tree) {
        List<Integer> registries = new ArrayList<>();
        tree.path("registryPorts").forEach(port -> registries.add(port.asInt()));
        List<String> contexts = new ArrayList<>();
        tree.path("contexts").forEach(context -> contexts.add(context.asText()));
        try {
            return new StackOptions(
                    Json.text(tree, "kafka"),
                    Json.text(tree, "kafkaConfig"),
                    tree.path("kafkaPort").asInt(),
                    registries,
                    Json.text(tree, "staging"),
                    Json.text(tree, "signKey"),
                    Json.text(tree, "policies"),
                    Json.text(tree, "access"),
                    Json.text(tree, "otlp"),
                    tree.path("gatewayPort").asInt(),
                    tree.path("spansPort").asInt(),
                    new StackOptions.Builders(Json.text(tree, "buildah"), Json.text(tree, "buildkit")),
                    new StackOptions.Clusters(Json.text(tree, "kubeconfig"), contexts));
        } catch (IllegalArgumentException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private List<ProcessRecord> processes(JsonNode tree) {
        List<ProcessRecord> processes = new ArrayList<>();
        for (JsonNode process : tree) {
            processes.add(new ProcessRecord(
                    process.path("name").asText(),
                    process.path("pid").asLong(),
                    Instant.parse(process.path("startedAt").asText("1970-01-01T00:00:00Z")),
                    process.path("port").asInt(),
                    process.path("readyUrl").asText()));
        }
        return processes;
    }

    private CommandFailure unreadable(String why) {
        return CommandFailure.unavailable(
                "%s, the record of the stack, cannot be used: %s. Stop what still runs by hand and delete it"
                        .formatted(file, why));
    }
}
