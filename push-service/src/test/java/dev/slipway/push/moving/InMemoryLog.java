package dev.slipway.push.moving;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.TargetResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The journal and the history of tags, in memory; what a killed process leaves behind. */
final class InMemoryLog implements Journal, TagHistory {
    private final Map<String, Prepared> journal = new ConcurrentHashMap<>();
    private final Map<String, Moved> tags = new ConcurrentHashMap<>();
    private Runnable beforeWrite = () -> {};
    private Runnable afterWrite = () -> {};

    void aroundWrite(Runnable before, Runnable after) {
        beforeWrite = before;
        afterWrite = after;
    }

    @Override
    public Optional<Prepared> find(String buildId) {
        return Optional.ofNullable(journal.get(buildId));
    }

    @Override
    public void write(Prepared prepared) {
        beforeWrite.run();
        if (journal.putIfAbsent(prepared.buildId(), prepared) != null) {
            throw new IllegalStateException("the journal's record of %s was replaced".formatted(prepared.buildId()));
        }
        afterWrite.run();
    }

    void moved(Moved moved) {
        tags.put(moved.reference().toString(), moved);
    }

    /** What the service says of tags after an outcome. */
    void record(PublishPlan plan, PublishOutcome outcome) {
        outcome.targets().stream()
                .filter(target -> target.state() == TargetResult.State.PUBLISHED)
                .forEach(target -> moved(
                        new Moved(target.reference(), plan.index().digest(), plan.buildId(), plan.requestedAt())));
        journal.remove(plan.buildId());
    }

    @Override
    public Optional<Moved> latest(Reference.Tagged reference) {
        return Optional.ofNullable(tags.get(reference.toString()));
    }

    @Override
    public boolean isNamed(RepositoryName repository, Digest digest, String exceptByBuild) {
        return tags.values().stream()
                .anyMatch(moved -> moved.reference().repository().equals(repository)
                        && moved.digest().equals(digest)
                        && !moved.buildId().equals(exceptByBuild));
    }
}
