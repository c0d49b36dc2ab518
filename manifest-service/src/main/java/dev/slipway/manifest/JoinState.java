package dev.slipway.manifest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the join of one build stands: a function of the build's facts in log order, whatever their order is. The first final
 * result of a platform counts, and once decided nothing changes the decision, so facts may come twice or late.
 *
 * @param <F> a fact as the caller keeps it; the join hands it on and does not look into it
 */
public sealed interface JoinState<F> {

    static <F> JoinState<F> start() {
        return new Collecting<>(null, Map.of(), Map.of(), Set.of(), false);
    }

    /**
     * The platforms are known.
     *
     * @param tenant whose build it is
     */
    JoinState<F> planned(PlannedPlatforms platforms, String tenant, F fact);

    JoinState<F> built(String platform, F fact);

    /** A platform has failed for good. */
    JoinState<F> failed(String platform, F fact);

    /** What is not there by now is not waited for. */
    JoinState<F> deadlinePassed();

    /** A tenant wants the build to stop, which counts where it is the tenant's. */
    JoinState<F> cancelRequested(String tenant);

    /** The build was rejected. */
    JoinState<F> ended();

    /** Results are missing, or the plan is. */
    record Collecting<F>(
            @Nullable Plan<F> plan, Map<String, F> built, Map<String, F> failed, Set<String> cancelling, boolean late)
            implements JoinState<F> {

        /** The platforms of a build, whose it is, and the fact that said so. */
        public record Plan<F>(PlannedPlatforms platforms, String tenant, F fact) {}

        public Collecting {
            built = Map.copyOf(built);
            failed = Map.copyOf(failed);
            cancelling = Set.copyOf(cancelling);
        }

        @Override
        public JoinState<F> planned(PlannedPlatforms platforms, String tenant, F fact) {
            return plan != null
                    ? this
                    : new Collecting<>(new Plan<>(platforms, tenant, fact), built, failed, cancelling, late).decide();
        }

        @Override
        public JoinState<F> built(String platform, F fact) {
            return isSettled(platform)
                    ? this
                    : new Collecting<>(plan, with(built, platform, fact), failed, cancelling, late).decide();
        }

        @Override
        public JoinState<F> failed(String platform, F fact) {
            return isSettled(platform)
                    ? this
                    : new Collecting<>(plan, built, with(failed, platform, fact), cancelling, late).decide();
        }

        @Override
        public JoinState<F> deadlinePassed() {
            return new Collecting<>(plan, built, failed, cancelling, true).decide();
        }

        /** What another tenant wants is not kept once the plan says that it is another's. */
        @Override
        public JoinState<F> cancelRequested(String tenant) {
            if (plan != null && !plan.tenant().equals(tenant)) {
                return this;
            }
            Set<String> more = new HashSet<>(cancelling);
            more.add(tenant);
            return new Collecting<>(plan, built, failed, more, late).decide();
        }

        @Override
        public JoinState<F> ended() {
            return new Ended<>(
                    plan != null, plan == null ? List.of() : plan.platforms().those(this::isPending));
        }

        private JoinState<F> decide() {
            if (plan == null) {
                return this;
            }
            PlannedPlatforms platforms = plan.platforms();
            List<String> pending = platforms.those(this::isPending);
            if (cancelling.contains(plan.tenant())) {
                return new Cancelled<>(plan.tenant(), pending);
            }
            if (platforms.required().stream().anyMatch(failed::containsKey) || (pending.isEmpty() && built.isEmpty())) {
                return new Failed<>(facts(failed, platforms), pending);
            }
            if (pending.isEmpty() || (late && built.keySet().containsAll(platforms.required()) && !built.isEmpty())) {
                return new Ready<>(
                        plan.fact(),
                        facts(built, platforms),
                        platforms.those(platform -> !built.containsKey(platform)),
                        pending);
            }
            return late ? new Expired<>(plan.fact(), missing(platforms, pending), pending) : this;
        }

        private static List<String> missing(PlannedPlatforms platforms, List<String> pending) {
            List<String> required =
                    pending.stream().filter(platforms.required()::contains).toList();
            return required.isEmpty() ? pending : required;
        }

        private boolean isPending(String platform) {
            return !built.containsKey(platform) && !failed.containsKey(platform);
        }

        private boolean isSettled(String platform) {
            boolean unasked = plan != null && !plan.platforms().all().contains(platform);
            return unasked || !isPending(platform);
        }

        private static <F> List<F> facts(Map<String, F> results, PlannedPlatforms platforms) {
            return platforms.those(results::containsKey).stream()
                    .map(results::get)
                    .toList();
        }

        private static <F> Map<String, F> with(Map<String, F> results, String platform, F fact) {
            Map<String, F> more = new HashMap<>(results);
            more.put(platform, fact);
            return more;
        }
    }

    /** The end of the join: no later fact changes it. */
    sealed interface Decided<F> extends JoinState<F> {

        /** Platforms that are still being built and that nobody waits for any more, in the order requested. */
        List<String> abandoned();

        @Override
        default JoinState<F> planned(PlannedPlatforms platforms, String tenant, F fact) {
            return this;
        }

        @Override
        default JoinState<F> built(String platform, F fact) {
            return this;
        }

        @Override
        default JoinState<F> failed(String platform, F fact) {
            return this;
        }

        @Override
        default JoinState<F> deadlinePassed() {
            return this;
        }

        @Override
        default JoinState<F> cancelRequested(String tenant) {
            return this;
        }

        @Override
        default JoinState<F> ended() {
            return this;
        }
    }

    /**
     * All that is required is there.
     *
     * @param results in the order requested
     * @param missing optional platforms that failed or did not come in time
     */
    record Ready<F>(F plan, List<F> results, List<String> missing, List<String> abandoned) implements Decided<F> {}

    /** A required platform has failed, or every platform where all are optional. */
    record Failed<F>(List<F> failures, List<String> abandoned) implements Decided<F> {}

    /**
     * The deadline has passed before all that is required was there.
     *
     * @param missing required platforms without a result, or all where every one is optional
     */
    record Expired<F>(F plan, List<String> missing, List<String> abandoned) implements Decided<F> {}

    /**
     * Its tenant wanted it to stop before all that is required was there.
     *
     * @param tenant whose wish it was
     */
    record Cancelled<F>(String tenant, List<String> abandoned) implements Decided<F> {}

    /** Rejected: whoever did that has said so. */
    record Ended<F>(boolean planned, List<String> abandoned) implements Decided<F> {

        /** A plan that comes after the end is work that nobody wants. */
        @Override
        public JoinState<F> planned(PlannedPlatforms platforms, String tenant, F fact) {
            return planned ? this : new Ended<>(true, platforms.all());
        }
    }
}
