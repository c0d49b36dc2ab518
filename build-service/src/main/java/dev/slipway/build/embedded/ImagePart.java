package dev.slipway.build.embedded;

import dev.slipway.build.BuildObserver;
import dev.slipway.build.embedded.base.PulledImage;
import dev.slipway.build.embedded.layers.LayerFiles;

/** What a layer of the image will be. Nothing is written before it is known that the image needs it. */
sealed interface ImagePart {

    /** A layer of the base image. */
    record Below(PulledImage image, PulledImage.Layer layer) implements ImagePart {}

    /** What an instruction adds. */
    record Added(BuildObserver.Step step, LayerFiles files) implements ImagePart {}
}
