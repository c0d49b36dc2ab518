package dev.slipway.build.embedded;

import dev.slipway.build.BuildObserver;
import dev.slipway.build.dockerfile.Instruction;
import dev.slipway.build.dockerfile.Word;
import dev.slipway.build.embedded.config.WorkingDirectory;
import dev.slipway.build.embedded.copy.CopyFiles;
import dev.slipway.build.embedded.copy.Destination;
import dev.slipway.build.embedded.copy.Owner;
import dev.slipway.build.embedded.copy.Owners;
import dev.slipway.build.embedded.copy.Permissions;
import dev.slipway.build.embedded.layers.LayerFiles;
import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.embedded.tree.Node;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries out the instructions that change files. */
final class FileSteps {
    private final Function<Instruction.Copy, FileTree> sources;

    /**
     * Sets up.
     *
     * @param sources the files that a copy takes from
     */
    FileSteps(Function<Instruction.Copy, FileTree> sources) {
        this.sources = sources;
    }

    /** Returns true: a copy makes a layer, if an empty one. */
    boolean copy(Instruction.Copy copy, StageImage image, BuildObserver.Step step) {
        String workingDirectory = image.config().workingDir();
        CopyFiles.Request request = new CopyFiles.Request(
                copy.sources(image),
                WorkingDirectory.destination(
                        workingDirectory, copy.destination().expand(image)),
                copy.unpack(),
                owner(copy, image),
                mode(copy.chmod(), image));
        FileTree source = sources.apply(copy);
        // what is linked in must not depend on what is below; BuildKit does not link where it changes modes
        boolean link = copy.link() && copy.chmod() == null;
        FileTree target = link ? FileTree.empty() : image.files();
        Map<String, Node> written = CopyFiles.copy(source, target, request);
        if (link) {
            written.forEach(image.files()::put);
        }
        image.add(new ImagePart.Added(step, new LayerFiles(written)));
        return true;
    }

    /** Returns whether a directory had to be made. */
    boolean enter(Instruction.Workdir workdir, StageImage image, BuildObserver.Step step) {
        String path = WorkingDirectory.resolve(
                image.config().workingDir(), workdir.path().expand(image));
        image.change(config -> config.withWorkingDir(path));
        if (Destination.isDirectory(image.files(), path)) {
            return false;
        }
        String user = image.config().user();
        Optional<Owner> owner = user.isEmpty() ? Optional.empty() : Optional.of(Owners.resolve(user, image::files));
        Map<String, Node> made = new Destination(image.files(), owner, OptionalInt.empty()).make(path);
        image.add(new ImagePart.Added(step, new LayerFiles(made)));
        return true;
    }

    private static Optional<Owner> owner(Instruction.Copy copy, StageImage image) {
        return Optional.ofNullable(copy.chown())
                .map(word -> word.expand(image))
                .map(text -> copy.link() ? Owners.resolveNumbers(text) : Owners.resolve(text, image::files));
    }

    private static OptionalInt mode(@Nullable Word chmod, StageImage image) {
        return chmod == null ? OptionalInt.empty() : OptionalInt.of(Permissions.parse(chmod.expand(image)));
    }
}
