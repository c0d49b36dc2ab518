package dev.slipway.it;

import dev.slipway.events.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** kcat, a Kafka client that is not ours. */
final class Kcat {
    private Kcat() {}

    static Command produce(String kcat, String bootstrapServers, Request request, Path directory) {
        try {
            Path payload = Files.writeString(directory.resolve(request.buildId() + ".json"), request.json());
            List<String> words = new ArrayList<>(List.of(
                    kcat, "-P", "-b", bootstrapServers, "-t", Topic.requestsOf("default"), "-k", request.buildId()));
            request.headers().forEach((name, value) -> words.addAll(List.of("-H", name + "=" + value)));
            words.add(payload.toString());
            return Command.run(directory, Map.of(), Duration.ofSeconds(30), words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
