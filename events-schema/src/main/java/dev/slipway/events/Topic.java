package dev.slipway.events;

/** The topics of the contract, with how they are declared by default; partitions and retention are configuration. */
public enum Topic {
    BUILD_REQUESTED("slipway.build.requested", Shape.KEYED),
    PLATFORM_BUILD_QUEUED("slipway.platform-build.queued", Shape.SINGLE),
    WORKER_STATUS("slipway.worker.status", Shape.SINGLE_COMPACTED),
    PLATFORM_BUILD_ASSIGNED("slipway.platform-build.assigned", Shape.SINGLE),
    BUILD_PROGRESS("slipway.build.progress", Shape.KEYED),
    IMAGE_ASSEMBLY_READY("slipway.image.assembly-ready", Shape.KEYED),
    IMAGE_ASSEMBLED("slipway.image.assembled", Shape.KEYED),
    TAG_MOVE_REQUESTED("slipway.tag-move.requested", Shape.SINGLE),
    PUBLISH_JOURNAL("slipway.publish.journal", Shape.SINGLE_COMPACTED),
    IMAGE_PUBLISHED("slipway.image.published", Shape.KEPT),
    ACCESS_DECIDED("slipway.access.decided", Shape.KEPT),
    TAG_STATE("slipway.tag.state", Shape.SINGLE_COMPACTED),
    IMAGE_WARMED("slipway.image.warmed", Shape.KEYED),
    WARM_SET("slipway.warm.set", Shape.SINGLE_COMPACTED),
    BUILD_LOGS("slipway.build.logs", Shape.SHORT),
    DEAD_LETTER("slipway.dead-letter", Shape.LARGE);

    /** How a topic is laid out: how many partitions it needs, and what becomes of old records. */
    public enum Shape {
        /** Several partitions, order per key. */
        KEYED,
        /** One partition: one order over everything. */
        SINGLE,
        /** One partition, the latest record of each key is kept. */
        SINGLE_COMPACTED,
        /** Several partitions, nothing is ever deleted. */
        KEPT,
        /** Several partitions, an hour of retention. */
        SHORT,
        /** One partition that takes records over the limit of the others. */
        LARGE
    }

    /** The largest record that any topic but the dead-letter topic takes. */
    public static final int MAX_RECORD_BYTES = 1024 * 1024;

    /** The largest record that the dead-letter topic takes: one of any other topic, and the headers of its failure. */
    public static final int MAX_DEAD_LETTER_BYTES = 2 * MAX_RECORD_BYTES;

    private final String topicName;
    private final Shape shape;

    Topic(String topicName, Shape shape) {
        this.topicName = topicName;
        this.shape = shape;
    }

    /** The name in Kafka; for {@link #BUILD_REQUESTED}, the part before the tenant. */
    public String topicName() {
        return topicName;
    }

    public Shape shape() {
        return shape;
    }

    /** The topic on which a tenant's requests come: the topic is the tenant, so that an ACL can say who speaks for whom. */
    public static String requestsOf(String tenant) {
        return BUILD_REQUESTED.topicName + "." + tenant;
    }

    /** A regular expression over topic names: the requests of all tenants. */
    public static String requestsPattern() {
        return BUILD_REQUESTED.topicName.replace(".", "\\.") + "\\..+";
    }

    /** The tenant of a topic that {@link #requestsOf} named. */
    public static String tenantOf(String topicName) {
        String prefix = BUILD_REQUESTED.topicName + ".";
        if (!topicName.startsWith(prefix) || topicName.length() == prefix.length()) {
            throw new IllegalArgumentException("not a topic of build requests: '%s'".formatted(topicName));
        }
        return topicName.substring(prefix.length());
    }
}
