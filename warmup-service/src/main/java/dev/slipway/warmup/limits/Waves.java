package dev.slipway.warmup.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many nodes are tried before the next wave begins: counts or percentages of all, each with those of the waves before.
 * All nodes are the last wave, said or not.
 *
 * @param failureLimit the part of a wave's nodes that may fail, from 0 to 1
 */
public record Waves(List<String> sizes, double failureLimit) {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})(%?)|all");

    public Waves {
        sizes = List.copyOf(sizes);
        for (String size : sizes) {
            if (!SIZE.matcher(size).matches()) {
                throw new IllegalArgumentException(
                        "a wave is a count, a percentage or 'all', not '%s'".formatted(size));
            }
        }
        if (!(failureLimit >= 0 && failureLimit <= 1)) {
            throw new IllegalArgumentException("a part is from 0 to 1, not %s".formatted(failureLimit));
        }
    }

    /** The number of nodes that have been tried after each wave; it grows, and ends with all. */
    public List<Integer> over(int nodes) {
        List<Integer> ends = new ArrayList<>();
        int last = 0;
        for (String size : sizes) {
            int end = Math.min(nodes, end(size, nodes));
            if (end > last) {
                ends.add(end);
                last = end;
            }
        }
        if (last < nodes) {
            ends.add(nodes);
        }
        return ends;
    }

    private static int end(String size, int nodes) {
        Matcher parts = SIZE.matcher(size);
        if (!parts.matches() || parts.group(1) == null) {
            return nodes;
        }
        int number = Integer.parseInt(parts.group(1));
        return parts.group(2).isEmpty() ? number : (int) Math.ceil(nodes * (Math.min(100, number) / 100.0));
    }

    /** Whether so many failures of a wave stop the run. */
    public boolean breaks(int failed, int nodesInWave) {
        return failed > Math.floor(nodesInWave * failureLimit);
    }
}
