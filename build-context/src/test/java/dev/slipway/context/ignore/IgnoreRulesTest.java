package dev.slipway.context.ignore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The facts of Docker's documentation of {@code .dockerignore} and of what BuildKit does beyond it. */
class IgnoreRulesTest {

    /** Rules are parted by blanks here. */
    @ParameterizedTest(name = "[{0}] and {1}: ignored {2}")
    @CsvSource(quoteCharacter = '"', textBlock = """
                    *,                          file,             true
                    *,                          dir/file,         true
                    *.go,                       main.go,          true
                    *.go,                       cmd/main.go,      false
                    */*.go,                     cmd/main.go,      true
                    temp?,                      tempa,            true
                    temp?,                      temp,             false
                    */temp*,                    somedir/temporary/x, true
                    */*/temp*,                  a/b/temporary.txt, true
                    */*/temp*,                  a/temporary.txt,  false
                    docs,                       docs/a/b,         true
                    docs/,                      docs/a,           true
                    /docs,                      docs/a,           true
                    ./docs,                     docs/a,           true
                    docs/../src,                src/a,            true
                    ../docs,                    docs/a,           false
                    docs,                       other/docs,       false
                    **,                         dir/file,         true
                    **/,                        file,             true
                    **/**,                      dir/file,         true
                    dir/**,                     dir,              false
                    dir/**,                     dir/dir2/file,    true
                    **/dir,                     dir/file,         true
                    **/dir2/*,                  dir/dir2/file,    true
                    **/dir2/**,                 dir/dir2/dir3/f,  true
                    **file,                     dir/myfile,       true
                    **/file,                    dir/myfile,       false
                    **/file,                    dir/dir/file,     true
                    **/file*txt,                dir/file.txt,     true
                    **/**/*.txt,                file.txt,         true
                    **/**/*.txt2,               dir/dir/file.txt, false
                    a**/*.txt,                  a/dir/dir/f.txt,  true
                    a**/*.txt,                  ab.txt,           true
                    a/*.txt,                    a/dir/file.txt,   false
                    a/*.txt**,                  a/file.txt,       true
                    a[b-d]e,                    ace,              true
                    a[b-d]e,                    aae,              false
                    a[^b-d]e,                   aze,              true
                    a[^b-d]e,                   ace,              false
                    [a-ζ]*,                     α,                true
                    a?b,                        a☺b,              true
                    a?b,                        a/b,              false
                    [!a],                       a,                true
                    [!a],                       b,                false
                    [\\]a],                     ],                true
                    .*,                         .foo,             true
                    .*,                         foo,              false
                    abc.def,                    abcZdef,          false
                    a\\*b,                      a*b,              true
                    a\\*b,                      axb,              false
                    a.|)$(}+{bc*,               a.|)$(}+{bcd,     true
                    dist/*.whl,                 dist/p-2.4+g08.whl, true
                    a*b*c*d*e*/f,               axbxcxdxexxx/f,   true
                    a*b*c*d*e*/f,               axbxcxdxe/xxx/f,  false
                    *.md !README.md,            README.md,        false
                    *.md !README.md,            NEWS.md,          true
                    *.md !README*.md README-secret.md, README-secret.md, true
                    *.md README-secret.md !README*.md, README-secret.md, false
                    !main.go *.go,              main.go,          true
                    docs !docs/README.md,       docs/README.md,   false
                    docs/* !docs/README.md,     docs/README.md,   false
                    docs !docs/README.md,       docs/a,           true
                    ** !util/docker/web,        util/docker/web/foo, false
                    ** !util/docker/web util/docker/web/foo, util/docker/web/foo, true
                    ** !dist/*.whl,             dist/a.whl,       false
                    docs !/docs/a,              docs/a,           false
                    """)
    void decidesAsDockerDoes(String rules, String path, boolean ignored) {
        IgnoreRules parsed = IgnoreRules.parse(rules.replace(' ', '\n'));

        assertThat(ignored(parsed, path)).isEqualTo(ignored);
    }

    @Test
    void skipsCommentsBlankLinesAndByteOrderMark() {
        IgnoreRules rules = IgnoreRules.parse("\uFEFF# comment\n\n   \n  one  \r\n!  two\n #three\n");

        assertThat(ignored(rules, "one")).isTrue();
        assertThat(ignored(rules, "two")).isFalse();
        assertThat(ignored(rules, "#three"))
                .as("a comment starts in the first column")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ok;!       | line 2: nothing follows the '!'
                    [          | line 1: malformed pattern '['
                    a[]        | line 1: malformed pattern 'a[]'
                    a[-b]      | line 1: malformed pattern 'a[-b]'
                    a[b-]      | line 1: malformed pattern 'a[b-]'
                    ok;ok;end\\ | line 3: malformed pattern 'end\\'
                    """)
    void namesTheLineThatIsNoPattern(String file, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IgnoreRules.parse(file.replace(';', '\n').replace("\\\\", "\\")))
                .withMessageStartingWith(message.replace("\\\\", "\\"));
    }

    @Test
    void knowsWhereExceptionsCanBe() {
        assertThat(IgnoreRules.parse("a\nb").mayContainExceptions("a")).isFalse();
        assertThat(IgnoreRules.parse("a\n!a/b/c").mayContainExceptions("a/b")).isTrue();
        assertThat(IgnoreRules.parse("a\n!a/b/c").mayContainExceptions("a/x")).isFalse();
        assertThat(IgnoreRules.parse("a\n!**/c").mayContainExceptions("a/x")).isTrue();
        assertThat(IgnoreRules.parse("a\n!b/**").mayContainExceptions("a")).isFalse();
    }

    @Test
    void takesTimeThatPatternsCannotBlowUp() {
        IgnoreRules rules = IgnoreRules.parse("**/a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b");

        assertThat(ignored(rules, "a".repeat(2000))).isFalse();
    }

    private static boolean ignored(IgnoreRules rules, String path) {
        IgnoreRules.Verdict verdict = rules.root();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            verdict = rules.verdict(path.substring(0, slash), verdict);
        }
        return rules.verdict(path, verdict).ignored();
    }
}
