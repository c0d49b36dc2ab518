package dev.slipway.push.access;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import java.util.List;
import java.util.Map;

/**
 * What each tenant may do. Whoever is not named may do what is said of {@link #OTHERS}, and nothing where that is not said.
 *
 * @param digest of the text that says it
 */
public record AccessRules(Map<String, Rights> tenants, Digest digest) {
    /** Stands for all tenants that are not named. */
    public static final String OTHERS = "*";

    public AccessRules {
        tenants = Map.copyOf(tenants);
    }

    /** What may become of a tag. */
    public enum Action {
        PUBLISH,
        ROLL_BACK
    }

    /** The tags of one tenant. */
    public record Rights(List<TagPattern> publish, List<TagPattern> rollBack) {
        static final Rights NONE = new Rights(List.of(), List.of());

        public Rights {
            publish = List.copyOf(publish);
            rollBack = List.copyOf(rollBack);
        }

        private List<TagPattern> of(Action action) {
            return switch (action) {
                case PUBLISH -> publish;
                case ROLL_BACK -> rollBack;
            };
        }
    }

    /** Those of some tags that a tenant may not move. */
    public List<Reference.Tagged> denied(String tenant, Action action, List<Reference.Tagged> tags) {
        List<TagPattern> allowed = tenants.getOrDefault(tenant, tenants.getOrDefault(OTHERS, Rights.NONE))
                .of(action);
        return tags.stream()
                .filter(tag -> allowed.stream().noneMatch(pattern -> pattern.matches(tag)))
                .toList();
    }
}
