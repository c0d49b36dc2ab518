package dev.slipway.push;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Registries in memory. Each action can be made to fail before or after it takes effect. */
public final class InMemoryRegistries implements TargetRegistries {

    /** Something that is done to a repository; {@code what} is a tag or digest. */
    public record Action(Verb verb, RepositoryName repository, String what) {
        public boolean is(Verb wanted, Reference.Tagged reference) {
            return verb == wanted && repository.equals(reference.repository()) && what.equals(reference.tag());
        }
    }

    /** What can be done. */
    public enum Verb {
        RESOLVE,
        GET_MANIFEST,
        GET_BLOB,
        HEAD_BLOB,
        MOUNT,
        PUT_BLOB,
        PUT_MANIFEST,
        TAG,
        DELETE_TAG,
        DELETE_MANIFEST;

        /** Whether a registry is another one afterwards. */
        public boolean writes() {
            return switch (this) {
                case MOUNT, PUT_BLOB, PUT_MANIFEST, TAG, DELETE_TAG, DELETE_MANIFEST -> true;
                case RESOLVE, GET_MANIFEST, GET_BLOB, HEAD_BLOB -> false;
            };
        }

        public boolean changesTags() {
            return this == TAG || this == DELETE_TAG || this == DELETE_MANIFEST;
        }
    }

    /** May throw. */
    public interface Fault {
        Fault NONE = new Fault() {};

        default void before(Action action) {}

        default void after(Action action) {}
    }

    private static final class Content {
        final Map<Digest, Manifest> manifests = new ConcurrentHashMap<>();
        final Map<String, Digest> tags = new ConcurrentHashMap<>();
        final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
    }

    private final Map<RepositoryName, Content> contents = new ConcurrentHashMap<>();
    private final List<Action> actions = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> withoutTagDeletion = ConcurrentHashMap.newKeySet();
    private final Set<String> withoutDeletion = ConcurrentHashMap.newKeySet();
    private final Set<String> collecting = ConcurrentHashMap.newKeySet();
    private final List<Action> sentInVain = Collections.synchronizedList(new ArrayList<>());
    private volatile Fault fault = Fault.NONE;

    public void fault(Fault newFault) {
        fault = newFault;
    }

    /** A registry that answers 400 to the deletion of a tag, as CNCF Distribution 2.8 does. */
    public void deletesNoTags(String registry) {
        withoutTagDeletion.add(registry);
    }

    public void deletesNothing(String registry) {
        withoutTagDeletion.add(registry);
        withoutDeletion.add(registry);
    }

    /** A registry whose garbage collection takes what no tag names. */
    public void collectsUntagged(String registry) {
        collecting.add(registry);
    }

    public List<Action> actions() {
        return List.copyOf(actions);
    }

    /** Blobs that were sent to a repository which had them. */
    public List<Action> sentInVain() {
        return List.copyOf(sentInVain);
    }

    public void forgetActions() {
        actions.clear();
    }

    /** What a tag names, without being an action. */
    public Optional<Digest> named(Reference.Tagged reference) {
        return Optional.ofNullable(content(reference.repository()).tags.get(reference.tag()));
    }

    /** Moves a tag as somebody else would. */
    public void put(Reference.Tagged reference, Manifest manifest) {
        content(reference.repository()).manifests.put(manifest.digest(), manifest);
        content(reference.repository()).tags.put(reference.tag(), manifest.digest());
    }

    public void putManifest(RepositoryName repository, Manifest manifest) {
        content(repository).manifests.put(manifest.digest(), manifest);
    }

    public void putBlob(RepositoryName repository, byte[] blob) {
        content(repository).blobs.put(Digest.of(blob), blob);
    }

    public void removeManifest(RepositoryName repository, Digest digest) {
        content(repository).manifests.remove(digest);
    }

    public boolean hasManifest(RepositoryName repository, Digest digest) {
        return content(repository).manifests.containsKey(digest);
    }

    public boolean hasBlob(RepositoryName repository, Digest digest) {
        return content(repository).blobs.containsKey(digest);
    }

    public static StoreException failure(StoreException.Kind kind, Action action) {
        return new StoreException(
                kind,
                action.repository().registry(),
                "%s answered no to %s of %s".formatted(action.repository().registry(), action.verb(), action.what()),
                null);
    }

    private Content content(RepositoryName repository) {
        return contents.computeIfAbsent(repository, name -> new Content());
    }

    @Override
    public TargetRegistry open(RepositoryName repository) {
        return new Target(repository, content(repository));
    }

    private final class Target implements TargetRegistry {
        private final RepositoryName repository;
        private final Content content;
        private long sent;
        private long mounted;
        private int requests;

        Target(RepositoryName repository, Content content) {
            this.repository = repository;
            this.content = content;
        }

        private interface Work<T> {
            T run();
        }

        private <T> T act(Verb verb, String what, Work<T> work) {
            Action action = new Action(verb, repository, what);
            synchronized (this) {
                requests++;
            }
            actions.add(action);
            fault.before(action);
            T result = work.run();
            fault.after(action);
            return result;
        }

        @Override
        public RepositoryName repository() {
            return repository;
        }

        @Override
        public Optional<Descriptor> resolve(String tagOrDigest) {
            return act(Verb.RESOLVE, tagOrDigest, () -> {
                Digest digest = Digest.isDigest(tagOrDigest) ? new Digest(tagOrDigest) : content.tags.get(tagOrDigest);
                return digest == null
                        ? Optional.empty()
                        : Optional.ofNullable(content.manifests.get(digest)).map(Manifest::descriptor);
            });
        }

        @Override
        public Optional<Manifest> manifest(Digest digest) {
            return act(Verb.GET_MANIFEST, digest.value(), () -> Optional.ofNullable(content.manifests.get(digest)));
        }

        @Override
        public Optional<byte[]> blob(Descriptor blob) {
            return act(
                    Verb.GET_BLOB, blob.digest().value(), () -> Optional.ofNullable(content.blobs.get(blob.digest())));
        }

        @Override
        public boolean hasBlob(Digest digest) {
            return act(Verb.HEAD_BLOB, digest.value(), () -> content.blobs.containsKey(digest));
        }

        @Override
        public boolean mountBlob(Descriptor blob, RepositoryName from) {
            return act(Verb.MOUNT, blob.digest().value(), () -> {
                byte[] there = content(from).blobs.get(blob.digest());
                if (there == null) {
                    return false;
                }
                content.blobs.put(blob.digest(), there);
                synchronized (this) {
                    mounted += there.length;
                }
                return true;
            });
        }

        @Override
        public void putBlob(Descriptor blob, BlobSource source) {
            act(Verb.PUT_BLOB, blob.digest().value(), () -> {
                try (InputStream in = source.open()) {
                    byte[] bytes = in.readAllBytes();
                    if (!Digest.of(bytes).equals(blob.digest())) {
                        throw new StoreException(
                                StoreException.Kind.REFUSED, repository.registry(), "digest is wrong", null);
                    }
                    if (content.blobs.put(blob.digest(), bytes) != null) {
                        sentInVain.add(new Action(
                                Verb.PUT_BLOB, repository, blob.digest().value()));
                    }
                    synchronized (this) {
                        sent += bytes.length;
                    }
                } catch (IOException e) {
                    throw new StoreException(
                            StoreException.Kind.UNAVAILABLE,
                            repository.registry(),
                            "upload broke off",
                            new UncheckedIOException(e));
                }
                return true;
            });
        }

        @Override
        public void putManifest(Manifest manifest) {
            act(Verb.PUT_MANIFEST, manifest.digest().value(), () -> content.manifests.put(manifest.digest(), manifest));
        }

        @Override
        public boolean isAttached(Manifest attachment, String tag) {
            return act(Verb.RESOLVE, tag, () -> attachment.digest().equals(content.tags.get(tag)));
        }

        @Override
        public void attach(Manifest attachment, String tag) {
            act(Verb.TAG, tag, () -> {
                content.manifests.put(attachment.digest(), attachment);
                return content.tags.put(tag, attachment.digest());
            });
        }

        @Override
        public void tag(Manifest manifest, String tag) {
            act(Verb.TAG, tag, () -> {
                content.manifests.put(manifest.digest(), manifest);
                return content.tags.put(tag, manifest.digest());
            });
        }

        @Override
        public boolean deleteTag(String tag) {
            return act(Verb.DELETE_TAG, tag, () -> {
                if (withoutTagDeletion.contains(repository.registry())) {
                    return false;
                }
                content.tags.remove(tag);
                return true;
            });
        }

        @Override
        public boolean deleteManifest(Digest digest) {
            return act(Verb.DELETE_MANIFEST, digest.value(), () -> {
                if (withoutDeletion.contains(repository.registry())) {
                    return false;
                }
                content.manifests.remove(digest);
                content.tags.values().removeIf(digest::equals);
                return true;
            });
        }

        @Override
        public boolean collectsUntagged() {
            return collecting.contains(repository.registry());
        }

        @Override
        public synchronized Traffic traffic() {
            return new Traffic(sent, mounted, requests);
        }
    }
}
