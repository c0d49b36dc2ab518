package dev.slipway.build.staging;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.plan.BuildContexts;
import dev.slipway.context.ContextException;
import dev.slipway.context.ContextReader;
import dev.slipway.oci.Descriptor;

/** Contexts that the gateway has put into staging. */
public final class StagedBuildContexts implements BuildContexts {
    private static final long MAX_DOCKERFILE_BYTES = 4L * 1024 * 1024;

    private final ContextReader contexts;

    public StagedBuildContexts(ContextReader contexts) {
        this.contexts = contexts;
    }

    @Override
    public byte[] dockerfile(Descriptor context, String path) {
        try {
            return contexts.open(context).dockerfile(path, MAX_DOCKERFILE_BYTES);
        } catch (ContextException e) {
            throw new BuildException(reason(e), String.valueOf(e.getMessage()), false, e);
        }
    }

    private static Reason reason(ContextException failure) {
        return switch (failure.kind()) {
            case DOCKERFILE_MISSING -> Reason.DOCKERFILE_MISSING;
            case INVALID, CHANGED -> Reason.CONTEXT_INVALID;
            case UNREADABLE -> Reason.CONTEXT_UNAVAILABLE;
        };
    }
}
