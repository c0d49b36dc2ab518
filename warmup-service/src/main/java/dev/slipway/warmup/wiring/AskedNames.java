package dev.slipway.warmup.wiring;

import dev.slipway.oci.Reference;
import dev.slipway.warmup.kubernetes.watch.AskedImages;
import dev.slipway.warmup.pull.Heat;
import java.time.Instant;

/** Images as pods name them, by the names that heat knows: {@code nginx} is {@code docker.io/library/nginx:latest}. */
record AskedNames(Heat heat) implements AskedImages.Listener {

    @Override
    public void asked(String image, String node, Instant at) {
        try {
            heat.asked(
                    switch (Reference.parse(image)) {
                        case Reference.Tagged tagged -> tagged.toString();
                        case Reference.Digested digested -> digested.digest().value();
                    },
                    node,
                    at);
        } catch (IllegalArgumentException e) {
            // what is no reference is the kubelet's to refuse
        }
    }
}
