package dev.slipway.oci.layer;

/** A layer that can be sent: all is known of it, or it will be once its content was read. */
public sealed interface PreparedLayer permits Layer, LayerStream {}
