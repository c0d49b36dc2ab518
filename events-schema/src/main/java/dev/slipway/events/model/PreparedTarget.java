package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a tag named before a publish touched it.
 *
 * @param previous absent where the tag did not exist
 * @param digestWasPresent whether the target had the new digest before staging; an undo may delete by digest only if not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreparedTarget(String reference, @Nullable Descriptor previous, boolean digestWasPresent) {}
