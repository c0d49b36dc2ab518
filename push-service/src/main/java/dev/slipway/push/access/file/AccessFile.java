package dev.slipway.push.access.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Digest;
import dev.slipway.oci.json.JsonTrees;
import dev.slipway.push.access.Access;
import dev.slipway.push.access.AccessRules;
import dev.slipway.push.access.AccessRules.Rights;
import dev.slipway.push.access.TagPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON file that says what tenants may do, read anew for each decision, so that a right that is taken away is gone at once:
 *
 * <pre>{@code
 * {"team-a": {"publish": ["registry.example.com/team-a/**"], "rollback": ["registry.example.com/team-a/**:v*"]},
 *  "*": {"publish": ["registry.example.com/scratch/*"]}}
 * }</pre>
 *
 * Who may publish may roll back, unless {@code rollback} says otherwise.
 */
public final class AccessFile implements Access {
    private static final Set<String> PROPERTIES = Set.of("publish", "rollback");

    private final Path file;

    public AccessFile(Path file) {
        this.file = file;
    }

    @Override
    public Optional<AccessRules> rules() {
        try {
            byte[] text = Files.readAllBytes(file);
            Map<String, Rights> tenants = new HashMap<>();
            for (Map.Entry<String, JsonNode> entry :
                    object("the file", JsonTrees.read(text)).properties()) {
                tenants.put(entry.getKey(), rights(entry.getKey(), entry.getValue()));
            }
            return Optional.of(new AccessRules(tenants, Digest.of(text)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s is not JSON: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new IllegalStateException("%s, the rules of access, cannot be read: %s".formatted(file, e), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static ObjectNode object(String what, JsonNode json) {
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("%s must be a JSON object, and is %s".formatted(what, json));
    }

    private static Rights rights(String tenant, JsonNode json) {
        ObjectNode said = object("'%s'".formatted(tenant), json);
        said.fieldNames().forEachRemaining(name -> {
            if (!PROPERTIES.contains(name)) {
                throw new IllegalArgumentException(
                        "'%s' has '%s', and only 'publish' and 'rollback' are known".formatted(tenant, name));
            }
        });
        List<TagPattern> publish = patterns(tenant, "publish", said.path("publish"));
        return new Rights(
                publish, said.has("rollback") ? patterns(tenant, "rollback", said.path("rollback")) : publish);
    }

    private static List<TagPattern> patterns(String tenant, String name, JsonNode json) {
        List<TagPattern> patterns = new ArrayList<>();
        if (!json.isMissingNode() && !json.isArray()) {
            throw new IllegalArgumentException("'%s' of '%s' must be a list, and is %s".formatted(name, tenant, json));
        }
        for (JsonNode pattern : json) {
            patterns.add(new TagPattern(pattern.isTextual() ? pattern.textValue() : pattern.toString()));
        }
        return patterns;
    }
}
