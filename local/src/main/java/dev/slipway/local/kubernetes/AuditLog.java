package dev.slipway.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What service accounts asked of an API server, as it wrote it down when each request came. */
final class AuditLog {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [ResponseStarted, ResponseComplete, Panic]
            rules:
            - level: Metadata
              userGroups: ["system:serviceaccounts"]
            """;

    private final Path policy;
    private final Path log;

    AuditLog(Path policy, Path log) {
        this.policy = policy;
        this.log = log;
    }

    /** Writes the policy; what the server is to be started with. */
    List<String> flags() throws IOException {
        Files.writeString(policy, POLICY);
        return List.of("--audit-policy-file=" + policy, "--audit-log-path=" + log, "--audit-log-mode=blocking");
    }

    List<ApiRequest> requests() throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        List<ApiRequest> requests = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            JsonNode event = JSON.readTree(line);
            requests.add(new ApiRequest(
                    event.path("user").path("username").asText(),
                    event.path("verb").asText(),
                    event.path("objectRef").path("resource").asText(),
                    event.path("requestURI").asText()));
        }
        return requests;
    }
}
