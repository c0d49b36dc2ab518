package dev.slipway.it;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The users of the Kubernetes manifests, by name, with what each may do. */
record KafkaUsers(Map<String, List<JsonNode>> rules) {
    private static final Path FILE = Stack.ROOT.resolve("k8s/components/strimzi/users.yaml");

    static KafkaUsers ofManifests() throws IOException {
        Map<String, List<JsonNode>> rules = new LinkedHashMap<>();
        YAMLMapper yaml = new YAMLMapper();
        try (MappingIterator<JsonNode> users = yaml.readerFor(JsonNode.class).readValues(FILE.toFile())) {
            while (users.hasNext()) {
                JsonNode user = users.next();
                List<JsonNode> own = new ArrayList<>();
                user.path("spec").path("authorization").path("acls").forEach(own::add);
                rules.put(user.path("metadata").path("name").asText(), own);
            }
        }
        return new KafkaUsers(rules);
    }

    /** What one or several users may do, said of a principal. */
    List<AclBinding> acls(String principal, List<String> users) {
        List<AclBinding> bindings = new ArrayList<>();
        for (String user : users) {
            for (JsonNode rule : requireNonNull(rules.get(user), user)) {
                JsonNode resource = rule.path("resource");
                ResourcePattern pattern = new ResourcePattern(
                        ResourceType.fromString(resource.path("type").asText()),
                        resource.path("name").asText(),
                        resource.path("patternType").asText().equals("prefix")
                                ? PatternType.PREFIXED
                                : PatternType.LITERAL);
                for (JsonNode operation : rule.path("operations")) {
                    bindings.add(new AclBinding(
                            pattern,
                            new AccessControlEntry(
                                    principal,
                                    "*",
                                    AclOperation.fromString(operation.asText().toUpperCase(Locale.ROOT)),
                                    AclPermissionType.ALLOW)));
                }
            }
        }
        return bindings;
    }
}
