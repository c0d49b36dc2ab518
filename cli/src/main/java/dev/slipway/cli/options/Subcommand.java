package dev.slipway.cli.options;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * A subcommand: what it takes, and what it does with it. The specification is made by hand and not by picocli's annotations,
 * whose proxies take longer to make at every start than most commands take to run.
 */
public interface Subcommand {
    CommandSpec spec();

    /** Returns the exit code. */
    int run(ParseResult given);
}
