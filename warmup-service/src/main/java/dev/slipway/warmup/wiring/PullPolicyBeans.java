package dev.slipway.warmup.wiring;

import dev.slipway.kit.events.EventPublisher;
import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.admission.AdmitPod;
import dev.slipway.warmup.kafka.PullPolicyEvents;
import dev.slipway.warmup.kafka.ReadToEnd;
import dev.slipway.warmup.pull.Copies;
import dev.slipway.warmup.pull.DecidePullPolicy;
import dev.slipway.warmup.pull.PinImage;
import dev.slipway.warmup.pull.PullPolicyRules;
import dev.slipway.warmup.pull.ReviewPullPolicies;
import dev.slipway.warmup.pull.TagIndex;
import dev.slipway.warmup.wiring.WarmupConfig.PullPolicyConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Produces what decides pull policies. */
final class PullPolicyBeans {

    @Produces
    @Singleton
    TagIndex tags() {
        return new TagIndex();
    }

    @Produces
    @Singleton
    Copies copies() {
        return new Copies(InstantSource.system());
    }

    @Produces
    @Singleton
    DecidePullPolicy decide(WarmupConfig config, Copies copies) {
        PullPolicyConfig numbers = config.pullPolicy();
        try {
            return new DecidePullPolicy(
                    new PullPolicyRules(
                            numbers.window(), numbers.hotNodes(), numbers.presentOn(), numbers.pulledWithin()),
                    Pattern.compile(numbers.immutableTags()),
                    copies,
                    InstantSource.system());
        } catch (PatternSyntaxException e) {
            throw new UnsupportedConfigException(
                    "slipway.warmup.pull-policy.immutable-tags: %s".formatted(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new UnsupportedConfigException("slipway.warmup.pull-policy: %s".formatted(e.getMessage()));
        }
    }

    @Produces
    @Singleton
    PullPolicyEvents events(TagIndex tags, EventPublisher publisher) {
        return new PullPolicyEvents(tags, publisher, InstantSource.system());
    }

    @Produces
    @Singleton
    ReadToEnd tagsRead() {
        return new ReadToEnd();
    }

    @Produces
    @Singleton
    AdmitPod admitPod(
            WarmupConfig config, TagIndex tags, DecidePullPolicy decide, ReadToEnd tagsRead, MeterRegistry metrics) {
        Counter unchanged = Counter.builder("slipway.admission.unchanged")
                .description("Pods that passed unchanged, since not all tags were read yet")
                .register(metrics);
        return new AdmitPod(
                config.admission().cluster(), new PinImage(tags, decide), tagsRead::isDone, unchanged::increment);
    }

    @Produces
    @Singleton
    PullPolicyReviews reviews(
            WarmupConfig config,
            Clusters clusters,
            TagIndex tags,
            Copies copies,
            DecidePullPolicy decide,
            PullPolicyEvents events) {
        return new PullPolicyReviews(
                new ReviewPullPolicies(
                        () -> clusters.all().stream().map(Cluster::name).toList(), tags, copies, decide, events),
                config.pullPolicy().review());
    }

    void close(@Disposes PullPolicyReviews reviews) {
        reviews.close();
    }
}
