package dev.slipway.build.plan;

import dev.slipway.build.AllowedFrontends;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.Capability;
import dev.slipway.build.Requirement;
import dev.slipway.build.plan.OfferedBuilders.Offer;
import dev.slipway.build.queue.WantedWorker;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Picks the builder of a request: the embedded one where it can build it, else one that a worker of the pool has. */
final class ChooseBuilder {
    private static final String EMBEDDED = "embedded";

    private final OfferedBuilders fleet;
    private final AllowedFrontends frontends;

    ChooseBuilder(OfferedBuilders fleet, AllowedFrontends frontends) {
        this.fleet = fleet;
        this.frontends = frontends;
    }

    /** A builder that builds all required platforms, and why it cannot build some of the optional ones. */
    record Choice(String builder, Map<Platform, Violation> unavailable) {}

    /** Empty where there is none; then it is among the violations why. */
    Optional<Choice> choose(
            WantedWorker worker,
            Collection<Requirement> requirements,
            Optional<String> frontend,
            RequestedPlatforms platforms,
            List<Violation> violations) {
        if (requirements.isEmpty()) {
            return embedded(worker, violations);
        }
        if (frontend.isPresent() && !frontends.allows(frontend.get())) {
            violations.add(Violation.about(
                    frontend.get(),
                    Reason.DOCKERFILE_UNSUPPORTED,
                    "%s; the frontend '%s' is not among those that are allowed: %s"
                            .formatted(first(requirements), frontend.get(), frontends)));
            return Optional.empty();
        }
        Set<String> able = able(requirements);
        if (able.isEmpty()) {
            requirements.forEach(needed -> violations.add(Violation.of(Reason.DOCKERFILE_UNSUPPORTED, needed.what())));
            return Optional.empty();
        }
        List<Offer> pool = fleet.await(
                worker.pool(),
                heard -> chosen(able, of(worker, heard), platforms.required()).isPresent());
        List<Offer> offers = of(worker, pool);
        if (offers.isEmpty()) {
            violations.add(nobody(worker, pool));
            return Optional.empty();
        }
        Optional<String> builder = chosen(able, offers, platforms.required());
        if (builder.isEmpty()) {
            explain(worker, requirements, able, offers, platforms.required(), violations);
            return Optional.empty();
        }
        Map<Platform, Violation> unavailable = new LinkedHashMap<>();
        for (Platform platform : platforms.optional()) {
            if (!builds(builder.get(), platform, offers)) {
                unavailable.put(platform, nobodyBuilds(platform, worker, Set.of(builder.get()), offers));
            }
        }
        return Optional.of(new Choice(builder.get(), unavailable));
    }

    /** It builds for every platform, but some worker has to do it. */
    private Optional<Choice> embedded(WantedWorker worker, List<Violation> violations) {
        List<Offer> pool = fleet.await(worker.pool(), heard -> hasEmbedded(of(worker, heard)));
        if (hasEmbedded(of(worker, pool))) {
            return Optional.of(new Choice(EMBEDDED, Map.of()));
        }
        violations.add(nobody(worker, pool));
        return Optional.empty();
    }

    private static boolean hasEmbedded(List<Offer> offers) {
        return offers.stream().anyMatch(offer -> offer.builder().equals(EMBEDDED));
    }

    private static List<Offer> of(WantedWorker worker, List<Offer> pool) {
        return pool.stream().filter(offer -> worker.isMetBy(offer.labels())).toList();
    }

    private static Violation nobody(WantedWorker worker, List<Offer> pool) {
        String has = pool.isEmpty()
                ? "no worker of that pool has reported of late"
                : "its workers have "
                        + pool.stream()
                                .map(Offer::labels)
                                .distinct()
                                .map(labels -> labels.isEmpty() ? "no labels" : WantedWorker.text(labels))
                                .collect(Collectors.joining("; "));
        return new Violation(
                Reason.WORKER_UNAVAILABLE, "missing is a worker of %s: %s".formatted(worker, has), worker.pool(), true);
    }

    private static Set<String> able(Collection<Requirement> requirements) {
        Set<String> able = new LinkedHashSet<>();
        for (Capability capability : Capability.values()) {
            able.addAll(capability.builders());
        }
        requirements.forEach(needed -> able.retainAll(needed.builders()));
        return able;
    }

    private static Optional<String> chosen(Set<String> able, List<Offer> offers, List<Platform> required) {
        return able.stream()
                .filter(builder -> required.stream().allMatch(platform -> builds(builder, platform, offers)))
                .findFirst();
    }

    private static boolean builds(String builder, Platform platform, List<Offer> offers) {
        return offers.stream().anyMatch(offer -> offer.builder().equals(builder) && offer.builds(platform));
    }

    private static void explain(
            WantedWorker worker,
            Collection<Requirement> requirements,
            Set<String> able,
            List<Offer> offers,
            List<Platform> required,
            List<Violation> violations) {
        if (offers.stream().noneMatch(offer -> able.contains(offer.builder()))) {
            String has = offers.stream().map(Offer::builder).distinct().collect(Collectors.joining(", "));
            for (Requirement needed : requirements) {
                violations.add(Violation.of(
                        Reason.DOCKERFILE_UNSUPPORTED,
                        "%s; missing is a worker that has one of them: %s has workers with %s"
                                .formatted(needed.what(), worker, has)));
            }
            return;
        }
        for (Platform platform : required) {
            if (able.stream().noneMatch(builder -> builds(builder, platform, offers))) {
                violations.add(nobodyBuilds(platform, worker, able, offers));
            }
        }
        if (violations.isEmpty()) {
            violations.add(Violation.about(
                    worker.pool(),
                    Reason.PLATFORM_UNAVAILABLE,
                    "%s; no single builder of %s builds all of %s".formatted(first(requirements), worker, required)));
        }
    }

    private static Violation nobodyBuilds(
            Platform platform, WantedWorker worker, Set<String> able, List<Offer> offers) {
        List<String> have = new ArrayList<>();
        for (String builder : able) {
            Set<Platform> built = offers.stream()
                    .filter(offer -> offer.builder().equals(builder))
                    .flatMap(offer -> offer.platforms().stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!built.isEmpty()) {
                have.add(builder + " for " + built.stream().map(Platform::name).collect(Collectors.joining(", ")));
            }
        }
        return Violation.about(
                platform.name(),
                Reason.PLATFORM_UNAVAILABLE,
                "no worker of %s runs programs of %s; they have %s. Missing is a worker of that kind, or emulation on one: the packages qemu-user-static and binfmt-support"
                        .formatted(worker, platform, String.join("; ", have)));
    }

    private static String first(Collection<Requirement> requirements) {
        return requirements.iterator().next().what();
    }
}
