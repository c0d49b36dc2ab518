package dev.slipway.build.embedded.peer;

import dev.slipway.build.embedded.Builds;
import dev.slipway.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Dockerfiles that both builders get, and the context of all of them. */
final class PeerCases {
    private PeerCases() {}

    /**
     * A Dockerfile.
     *
     * @param dockerfile {@code BASES} in it stands for where the base images are
     */
    record Case(String dockerfile, Platform platform) {
        @Override
        public String toString() {
            return dockerfile.strip().replace("\n", " | ");
        }
    }

    static void fill(Path context) throws IOException {
        file(context, "a.txt", "rw-r--r--", "a");
        file(context, "b.txt", "rw-------", "bb");
        file(context, "run.sh", "rwxr-x--x", "#!/bin/sh\n");
        file(context, "d/one", "rw-r--r--", "one");
        file(context, "d/sub/two", "rw-rw-rw-", "two");
        file(context, "d/sub/deep/three", "r--------", "three");
        file(context, "e/sub", "rw-r--r--", "a file where d has a directory");
        file(context, "sp ace/q[1].txt", "rw-r--r--", "q");
        file(context, "ünï", "rw-r--r--", "u");
        file(context, "p/q/r/s.txt", "rw-r--r--", "s");
        file(context, "p/t.txt", "rw-r--r--", "t");
        Files.createDirectories(context.resolve("empty"));
        Files.createSymbolicLink(context.resolve("la"), Path.of("a.txt"));
        Files.createSymbolicLink(context.resolve("ld"), Path.of("d"));
        Files.createSymbolicLink(context.resolve("d/inner"), Path.of("one"));
        Files.createSymbolicLink(context.resolve("d/up"), Path.of("../a.txt"));
        Files.createSymbolicLink(context.resolve("d/none"), Path.of("nothing/here"));
        Files.setPosixFilePermissions(context.resolve("d"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(context.resolve("d/sub"), PosixFilePermissions.fromString("rwx--x--x"));
    }

    private static void file(Path context, String path, String mode, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    static Stream<Case> built() {
        return Stream.of(CONFIG, COPY, FLAGS, ON_BASE, STAGES).flatMap(PeerCases::cases);
    }

    static Stream<Case> refused() {
        return cases(REFUSED);
    }

    /** Cases are apart by an empty line. A first line that is a comment names the platform. */
    private static Stream<Case> cases(String text) {
        return Stream.of(text.split("\n\n"))
                .map(dockerfile -> new Case(
                        dockerfile,
                        dockerfile.startsWith("# linux/")
                                ? Platform.parse(dockerfile
                                        .lines()
                                        .findFirst()
                                        .orElseThrow()
                                        .substring(2))
                                : Builds.AMD64));
    }

    private static final String CONFIG = """
            FROM scratch
            ENV A=1 B="x y" C=$A
            ENV C=$A D=${NONE:-d} E='$A' F=\\$A
            ENV OLD way of it
            LABEL a=b "c d"=e f="g \\
              h" i=$A
            COPY a.txt /

            FROM scratch
            ARG A=arg
            ENV B=$A
            ENV A=env
            ENV C=$A
            ARG A=again
            ENV D=$A
            ARG GIVEN=default
            ARG EMPTY=default
            ARG UNSET
            ENV G=$GIVEN H=[$EMPTY] I=[$UNSET] J=${UNSET-unset} K=${EMPTY:-empty}
            COPY a.txt /

            # linux/arm/v7
            FROM scratch
            ARG TARGETPLATFORM TARGETOS TARGETARCH TARGETVARIANT
            ENV P=$TARGETPLATFORM O=$TARGETOS A=$TARGETARCH V=$TARGETVARIANT
            COPY a.txt /

            FROM scratch
            EXPOSE 80 443/tcp 53/UDP 9000-9003/udp
            EXPOSE 80/tcp
            VOLUME /a /b
            VOLUME ["/c", "/d e"]
            USER 1000:50
            STOPSIGNAL 9
            COPY a.txt /

            FROM scratch
            SHELL ["/bin/bash", "-c"]
            CMD echo "$A"
            ENTRYPOINT echo hi
            COPY a.txt /

            FROM scratch
            CMD ["a", "b"]
            ENTRYPOINT ["x"]
            HEALTHCHECK --interval=1m30s --timeout=500ms --retries=2 --start-period=1h --start-interval=3s CMD ["t", "u"]
            COPY a.txt /

            FROM scratch
            HEALTHCHECK CMD curl -f http://localhost/ || exit 1
            HEALTHCHECK NONE
            ENTRYPOINT []
            CMD []
            COPY a.txt /

            FROM BASES/full:1
            ENTRYPOINT ["/own"]
            ENV PATH=/x:$PATH NEW=$HOME
            LABEL maintainer=me
            EXPOSE 81
            VOLUME /vol2

            FROM BASES/full:1
            CMD ["own"]
            HEALTHCHECK NONE
            STOPSIGNAL SIGUSR1
            USER root

            FROM BASES/full:1
            CMD run it

            FROM BASES/bare:1
            ENV A=1

            FROM BASES/bare:1
            WORKDIR rel
            WORKDIR ../other/./x
            COPY a.txt .

            FROM scratch
            WORKDIR a
            WORKDIR $HOME/b
            WORKDIR /c/
            WORKDIR d/..
            COPY a.txt ./
            """.stripTrailing();

    private static final String COPY = """
            FROM scratch
            COPY a.txt /x
            COPY a.txt b.txt /dir/
            COPY ["a.txt", "sp ace/q[[]1].txt", "/with space/"]
            COPY ünï /ö/

            FROM scratch
            COPY . /

            FROM scratch
            COPY . .
            COPY ./ /again/
            COPY .. /up/
            COPY / /root

            FROM scratch
            COPY d /x

            FROM scratch
            COPY d /x/
            COPY d/ /y
            COPY d/sub/.. /z

            FROM scratch
            COPY la /x
            COPY la ld /y/
            COPY ld/one /z
            COPY ld/sub /w/

            FROM scratch
            COPY d/inner d/up /x/

            FROM scratch
            COPY *.txt /x/
            COPY p/* /y/
            COPY d/*/two /z/
            COPY ?.txt /w/
            COPY [ab].txt /v/
            COPY [^a].txt /u/
            COPY p/*/*/*.txt /t/

            FROM scratch
            COPY *.none a.txt /x/

            FROM scratch
            COPY *.none /x/

            FROM scratch
            COPY e* /x/

            FROM scratch
            COPY ld/o* l? /x/

            FROM scratch
            COPY a.txt /x
            COPY b.txt /x

            FROM scratch
            COPY a.txt b.txt /x

            FROM scratch
            COPY *.txt /x

            FROM scratch
            COPY d /x
            COPY d/sub /x

            FROM scratch
            COPY empty /x
            COPY empty /y/z/

            FROM scratch
            COPY a.txt /x/.
            COPY a.txt /y/../z
            COPY a.txt /w/..
            COPY a.txt /e/f/..

            FROM scratch
            WORKDIR /w
            COPY a.txt x
            COPY a.txt y/
            COPY a.txt ..
            COPY a.txt .
            COPY d ""

            FROM scratch
            ADD a.txt run.sh /x/
            ADD d /y

            FROM scratch
            COPY d /a
            COPY a.txt /a/inner
            COPY a.txt b.txt /a/sub/

            FROM scratch
            COPY d /a
            COPY d /a

            FROM scratch
            COPY a.txt /a/none
            COPY d /a
            """.stripTrailing();

    private static final String FLAGS = """
            FROM scratch
            COPY --chown=5 a.txt /x
            COPY --chown=5:6 d /y/z
            COPY --chown=root la /w/
            COPY --chown=:7 a.txt /v
            COPY --chown=8: a.txt /u

            FROM scratch
            COPY --chmod=600 a.txt run.sh /x/
            COPY --chmod=0711 d /y
            COPY --chmod=4755 run.sh /z/w/run
            COPY --chmod=1777 empty /tmp
            COPY --chmod=750 --chown=1:2 d/inner /l/

            FROM BASES/full:1
            COPY --chown=app a.txt /x
            COPY --chown=app:staff a.txt /y/
            COPY --chown=7:staff d /z
            COPY --chown=app:0 a.txt /srv/old

            FROM scratch
            COPY a.txt /d/x
            COPY --link b.txt /d/
            COPY --link --chown=3:4 d /d
            COPY --link=false b.txt /e

            FROM scratch
            COPY --link --chown=5: --chmod=700 a.txt /1
            COPY --link --chown=:5 a.txt /2
            COPY --link --chown=root:root a.txt /3
            COPY --link --chown=root --chmod=700 a.txt /4

            FROM BASES/full:1
            COPY --link a.txt /usr/bin/
            COPY --link --chmod=640 b.txt /tmp/

            FROM scratch
            USER 5:6
            WORKDIR /home/x
            COPY a.txt .
            USER 7
            WORKDIR /home/x/y/z

            FROM BASES/full:1
            WORKDIR made/by/app
            USER app:staff
            WORKDIR /made/by/both
            USER root
            WORKDIR /made/by/root

            FROM scratch
            ARG GIVEN
            COPY --chown=${NONE:-3}:4 --chmod=${MODE:-700} ${SRC:-a}.txt /$GIVEN/
            """.stripTrailing();

    private static final String ON_BASE = """
            FROM BASES/full:1
            COPY a.txt /bin/x
            COPY b.txt /bin/
            COPY b.txt /bin
            COPY d /bin

            FROM BASES/full:1
            COPY a.txt link-to-file
            COPY a.txt link-to-dir
            COPY a.txt link-to-dir/deep/
            COPY a.txt dangling

            FROM BASES/full:1
            COPY a.txt /srv/x/link-to-file
            COPY la /srv/
            WORKDIR link-to-dir/w
            COPY a.txt .

            FROM BASES/full:1
            COPY --from=BASES/full:1 /srv/link-to-file /srv/link-to-dir /copied/
            COPY --from=BASES/full:1 /usr /usr2
            COPY --from=BASES/full:1 /bin/tool /tool
            COPY --from=BASES/full:1 /bin/t* /tools/
            COPY --from=BASES/full:1 /tmp /tmp2
            COPY --from=BASES/full:1 / /all/

            FROM BASES/full:1
            COPY --from=BASES/full:1 /srv/old .
            COPY --from=BASES/full:1 --chown=9:9 --chmod=700 /srv/old ./older

            FROM BASES/full:1
            COPY a.txt /srv/new
            COPY e /srv/opaque
            COPY d/sub /usr

            FROM BASES/full:1
            WORKDIR /
            WORKDIR /srv
            WORKDIR /tmp/x
            """.stripTrailing();

    private static final String STAGES = """
            ARG BASE=bare
            FROM BASES/$BASE:1 AS one
            COPY a.txt /a
            ENV FROM_ONE=1
            FROM scratch AS two
            COPY --from=one /a /b
            COPY --from=0 /etc /etc
            FROM one
            COPY --from=two / /two/
            COPY --from=TWO /b /three/

            FROM scratch AS a
            ARG X=arg
            ENV Y=env
            CMD ["a"]
            LABEL l=1
            COPY a.txt /
            FROM a
            ENV Z=$X$Y
            ENTRYPOINT ["e"]

            FROM scratch AS a
            COPY a.txt /1
            FROM scratch AS a
            COPY a.txt /2
            FROM a
            COPY --from=a /2 /3

            ARG GLOBAL=global
            ARG GIVEN=default
            FROM scratch
            ARG GLOBAL
            ENV A=$GLOBAL B=$GIVEN
            ARG GIVEN
            ENV C=$GIVEN
            COPY a.txt /

            # linux/arm64
            FROM --platform=linux/amd64 BASES/full:1 AS tools
            FROM scratch
            COPY --from=tools /usr/bin/tool /tool
            """.stripTrailing();

    private static final String REFUSED = """
            FROM scratch
            COPY d/* /x/

            FROM scratch
            COPY d/[a-]* /x/

            FROM scratch
            COPY none /x

            FROM scratch
            COPY none/*.txt /x

            FROM scratch
            COPY d/none /x

            FROM scratch
            COPY a.txt /x
            COPY a.txt /x/y

            FROM scratch
            COPY a.txt /x
            COPY d /x

            FROM scratch
            COPY a.txt /x
            COPY b.txt /x/

            FROM scratch
            COPY a.txt /x/sub/y
            COPY e /x

            FROM scratch
            COPY a.txt /x/sub
            COPY d /x

            FROM scratch
            COPY d /x
            COPY a.txt /x/inner/y

            FROM BASES/full:1
            COPY a.txt /srv/circle

            FROM BASES/full:1
            COPY --from=BASES/full:1 /srv/gone/x /x

            FROM BASES/full:1
            COPY --from=BASES/full:1 /srv/opaque/x /x

            FROM BASES/full:1
            COPY --from=BASES/full:1 /srv/dangling /x

            FROM BASES/full:1
            WORKDIR /srv/old/x

            FROM scratch AS a
            FROM scratch
            COPY --from=a /x /x

            FROM scratch
            COPY --from=1 / /

            FROM scratch
            COPY --from=0 / /

            FROM scratch AS a
            COPY --from=b / /
            FROM scratch AS b
            FROM a

            FROM scratch
            COPY --chmod=999 a.txt /

            FROM scratch
            COPY --chmod=17777 a.txt /

            FROM scratch
            EXPOSE 70000

            FROM scratch
            EXPOSE 80/icmp

            FROM scratch
            EXPOSE 9-8

            FROM scratch
            STOPSIGNAL SIGNOPE

            FROM scratch
            STOPSIGNAL 0

            FROM $NOTHING AS unused
            FROM scratch
            COPY a.txt /

            FROM --platform=a/b/c/d scratch
            COPY a.txt /

            FROM scratch AS build
            FROM Build
            COPY a.txt /

            FROM scratch
            ENV A=${NONE:?is wanted}

            FROM scratch
            COPY --from=scratch /x /x

            FROM BASES/full:1
            COPY --link --chown=app a.txt /

            FROM BASES/full:1
            COPY --link --chown=5:staff --chmod=700 a.txt /
            """.stripTrailing();
}
