package dev.slipway.build.dockerfile;

import static dev.slipway.build.dockerfile.Parsed.dockerfile;
import static dev.slipway.build.dockerfile.Parsed.error;
import static dev.slipway.build.dockerfile.Parsed.instructions;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectivesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# syntax=docker/dockerfile:1",
                "#syntax=docker/dockerfile",
                "# SYNTAX = docker.io/docker/dockerfile:1.7-labs",
                "# syntax=docker/dockerfile-upstream:master",
                "# syntax=docker/dockerfile@sha256:0000",
                "# syntax=docker/dockerfile:1 and more",
            })
    void takesDockersOwnSyntaxForKnown(String directive) {
        assertThat(dockerfile(directive, "FROM scratch").beyond()).isEmpty();
    }

    @Test
    void saysThatAnotherSyntaxIsBeyondTheEmbeddedBuilder() {
        Dockerfile file = dockerfile("# syntax=example.com/mine:1", "FROM scratch");

        assertThat(file.beyond())
                .containsExactly(
                        "Dockerfile:1:10: the syntax 'example.com/mine:1' needs a builder that loads it: buildkit");
    }

    @Test
    void findsTheSyntaxBelowAScriptsFirstLine() {
        Dockerfile file = dockerfile("#!/usr/bin/env build", "# syntax=example.com/mine", "FROM scratch");

        assertThat(file.beyond()).singleElement().asString().startsWith("Dockerfile:2:10: ");
    }

    @Test
    void takesTheBacktickForTheEscape() {
        var all = instructions("# escape=`", "FROM scratch", "WORKDIR C:\\dir\\", "USER a`", "b");

        assertThat(((Instruction.Workdir) all.getFirst()).path().text()).isEqualTo("C:\\dir\\");
        assertThat(((Instruction.Workdir) all.getFirst()).path().escape()).isEqualTo('`');
        assertThat(((Instruction.User) all.getLast()).user().text()).isEqualTo("ab");
    }

    @Test
    void takesDirectivesInAnyOrder() {
        Dockerfile file = dockerfile("# check=skip=all", "# escape = ` ", "# syntax=other", "FROM scratch", "USER a`");

        assertThat(file.warnings()).containsExactly("Dockerfile:1: the directive 'check' has no effect here");
        assertThat(file.beyond()).hasSize(1);
        var user = (Instruction.User) file.stages().getFirst().instructions().getFirst();
        assertThat(user.user().text()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"# a comment", "", "# unknown=directive", "ARG a", "#", "#!/bin/sh"})
    void takesDirectivesBelowAnythingElseForComments(String above) {
        var all = instructions(above, "# escape=`", "FROM scratch", "USER a\\", "b");

        assertThat(((Instruction.User) all.getFirst()).user().text()).isEqualTo("ab");
    }

    @Test
    void refusesAnotherEscape() {
        assertThat(error("  # escape = ^", "FROM scratch"))
                .isEqualTo("Dockerfile:1:14: the escape character is '^'; expected \\ or `");
    }

    @Test
    void refusesADirectiveThatComesTwice() {
        assertThat(error("# syntax=docker/dockerfile:1", "# Syntax=docker/dockerfile:1", "FROM scratch"))
                .isEqualTo("Dockerfile:2:1: the directive 'syntax' comes a second time; expected once");
    }
}
