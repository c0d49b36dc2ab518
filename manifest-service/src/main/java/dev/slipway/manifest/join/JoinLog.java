package dev.slipway.manifest.join;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.manifest.JoinState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store has of a build: the facts that counted, in log order. The state follows from them. Some time after the
 * decision the facts go and a mark stays, by which late repetitions are known and passed over.
 *
 * @param facts empty once only the mark is left
 * @param since when the first fact was read, or the decision was made
 * @param decided whether the facts decide the build
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record JoinLog(List<KeptFact> facts, Instant since, boolean decided) {
    JoinLog {
        facts = facts == null ? List.of() : List.copyOf(facts);
    }

    static JoinLog startedAt(Instant now) {
        return new JoinLog(List.of(), now, false);
    }

    @JsonIgnore
    boolean isMark() {
        return decided && facts.isEmpty();
    }

    JoinState<KeptFact> state() {
        JoinState<KeptFact> state = JoinState.start();
        for (KeptFact fact : facts) {
            state = fact.addTo(state);
        }
        return state;
    }

    /** The log with one more fact, where it counts; empty where it changes nothing. */
    Optional<JoinLog> with(KeptFact fact, Instant now) {
        JoinState<KeptFact> before = state();
        JoinState<KeptFact> after = fact.addTo(before);
        if (after.equals(before)) {
            return Optional.empty();
        }
        List<KeptFact> more = new ArrayList<>(facts);
        more.add(fact);
        boolean decides = after instanceof JoinState.Decided;
        return Optional.of(new JoinLog(more, decides && !decided ? now : since, decides));
    }

    /** Whether this is the event that counted last: what followed from it is said again. */
    boolean endsWith(KeptFact fact) {
        return !facts.isEmpty() && facts.getLast().id().equals(fact.id());
    }

    KeptFact.@Nullable Planned plan() {
        for (KeptFact fact : facts) {
            if (fact instanceof KeptFact.Planned planned) {
                return planned;
            }
        }
        return null;
    }

    JoinLog markedAt(Instant now) {
        return new JoinLog(List.of(), now, true);
    }
}
