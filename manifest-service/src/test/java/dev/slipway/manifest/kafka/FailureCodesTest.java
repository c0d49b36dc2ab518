package dev.slipway.manifest.kafka;

import static dev.slipway.manifest.children.ChildFault.Kind.CONFIG;
import static dev.slipway.manifest.children.ChildFault.Kind.DIFF_IDS;
import static dev.slipway.manifest.children.ChildFault.Kind.LAYER_MISSING;
import static dev.slipway.manifest.children.ChildFault.Kind.MALFORMED;
import static dev.slipway.manifest.children.ChildFault.Kind.MEDIA_TYPE;
import static dev.slipway.manifest.children.ChildFault.Kind.MISSING;
import static dev.slipway.manifest.children.ChildFault.Kind.PLATFORM;
import static dev.slipway.manifest.children.ChildFault.Kind.SECOND;
import static dev.slipway.manifest.children.ChildFault.Kind.SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.ChildFault;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the event says of an index that could not be. */
class FailureCodesTest {
    private static final Child CHILD = new Child(
            Platform.parse("linux/arm/v7"), Descriptor.of(MediaTypes.IMAGE_MANIFEST, new byte[] {1}), List.of());

    @Test
    void eachFaultOfAChildHasItsCode() {
        Map<ChildFault.Kind, FailureCode> codes = Arrays.stream(ChildFault.Kind.values())
                .collect(Collectors.toMap(
                        Function.identity(), kind -> fault(kind).code()));

        assertThat(codes)
                .containsOnly(
                        entry(MISSING, FailureCode.CHILD_MANIFEST_MISSING),
                        entry(MEDIA_TYPE, FailureCode.CHILD_MEDIA_TYPE_WRONG),
                        entry(SIZE, FailureCode.CHILD_SIZE_WRONG),
                        entry(MALFORMED, FailureCode.CHILD_MANIFEST_INVALID),
                        entry(CONFIG, FailureCode.CHILD_CONFIG_INVALID),
                        entry(PLATFORM, FailureCode.CHILD_PLATFORM_WRONG),
                        entry(LAYER_MISSING, FailureCode.CHILD_LAYER_MISSING),
                        entry(DIFF_IDS, FailureCode.CHILD_DIFF_IDS_WRONG),
                        entry(SECOND, FailureCode.CHILD_PLATFORM_TWICE));
    }

    @Test
    void saysWhichChildItIs() {
        Failure failure = fault(DIFF_IDS);

        assertThat(failure.concerns()).isEqualTo("linux/arm/v7");
        assertThat(failure.message())
                .contains("linux/arm/v7", CHILD.manifest().digest().value(), "is faulty");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void tellsAnIndexThatIsTooLargeAndAKeyThatIsNotThere() {
        assertThat(failure(new AssemblyOutcome.TooLarge(5_000_000, 4_194_304)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.INDEX_TOO_LARGE))
                .satisfies(failure -> assertThat(failure.message()).contains("5000000", "4194304"));
        assertThat(failure(new AssemblyOutcome.NoKey()).code()).isEqualTo(FailureCode.SIGNING_KEY_MISSING);
    }

    private static Failure fault(ChildFault.Kind kind) {
        return failure(new AssemblyOutcome.Refused(List.of(ChildFault.of(CHILD, kind, "is faulty"))));
    }

    private static Failure failure(AssemblyOutcome.NotAssembled outcome) {
        return ((ImageAssemblyFailed) Translation.event("b".repeat(32), outcome))
                .failures()
                .getFirst();
    }
}
