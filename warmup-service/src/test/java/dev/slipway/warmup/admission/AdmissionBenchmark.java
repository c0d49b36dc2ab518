package dev.slipway.warmup.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.warmup.pull.Copies;
import dev.slipway.warmup.pull.DecidePullPolicy;
import dev.slipway.warmup.pull.PinImage;
import dev.slipway.warmup.pull.PullPolicyRules;
import dev.slipway.warmup.pull.TagIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;

/** How long the webhook takes for a pod of three containers with so many tags in memory, from request to answer as bytes. */
final class AdmissionBenchmark {
    private static final int CALLS = 20_000;

    private AdmissionBenchmark() {}

    public static void main(String[] arguments) {
        int references = Integer.parseInt(arguments[0]);
        TagIndex tags = new TagIndex();
        for (int i = 0; i < references; i++) {
            tags.moved(new TagIndex.Named(
                    Reference.parseTagged(reference(i)),
                    Digest.of(Integer.toString(i).getBytes(UTF_8)),
                    "b",
                    Instant.EPOCH));
        }
        AdmitPod admitPod = new AdmitPod(
                "local",
                new PinImage(
                        tags,
                        new DecidePullPolicy(
                                new PullPolicyRules(Duration.ofMinutes(5), 3, 0.95, Duration.ofMinutes(10)),
                                Pattern.compile("v?[0-9]+\\.[0-9]+\\.[0-9]+.*"),
                                new Copies(Instant::now),
                                Instant::now)),
                () -> true,
                () -> {});
        long[] nanos = new long[CALLS];
        int pinned = 0;
        for (int i = 0; i < CALLS; i++) {
            byte[] review = review(i, references);
            long began = System.nanoTime();
            byte[] answer = admitPod.admit(review).orElseThrow();
            nanos[i] = System.nanoTime() - began;
            pinned += new String(answer, UTF_8).contains("\"patch\"") ? 1 : 0;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%d references, %d pods, the first ones cold, %d pinned: median %.3f ms, p99 %.3f ms, slowest %.1f ms%n",
                references,
                CALLS,
                pinned,
                nanos[CALLS / 2] / 1e6,
                nanos[CALLS * 99 / 100] / 1e6,
                nanos[CALLS - 1] / 1e6);
    }

    private static String reference(int number) {
        return "registry.example.com/team-%d/app-%d:1.%d.0".formatted(number % 50, number, number % 7);
    }

    private static byte[] review(int call, int references) {
        StringBuilder containers = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            containers.append(i == 0 ? "" : ",").append("""
                    {"name":"c%d","image":"%s","imagePullPolicy":"IfNotPresent","env":[{"name":"A","value":"b"}],
                     "resources":{"limits":{"memory":"64Mi"}}}""".formatted(i, reference((call * 7 + i) % references)));
        }
        return """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u%d","object":
                 {"metadata":{"name":"p","namespace":"n","labels":{"app":"x"}},"spec":{"containers":[%s]}}}}""".formatted(call, containers).getBytes(UTF_8);
    }
}
