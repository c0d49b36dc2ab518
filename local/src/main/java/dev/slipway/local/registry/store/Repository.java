package dev.slipway.local.registry.store;

import dev.slipway.local.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one repository has. Readers see every change whole; changes of manifests and tags exclude each other.
 */
public final class Repository {
    private final Path directory;
    private final ContentFiles contents;
    private final AtomicFile files;
    private final Uploads uploads;
    private final ReentrantLock changes;

    Repository(Path directory, ContentFiles contents, AtomicFile files, Uploads uploads, ReentrantLock changes) {
        this.directory = directory;
        this.contents = contents;
        this.files = files;
        this.uploads = uploads;
        this.changes = changes;
    }

    /** Whether anything was ever pushed to it. */
    public boolean exists() {
        return Files.isDirectory(directory);
    }

    public Optional<StoredContent> blob(ContentDigest digest) throws IOException {
        return Files.exists(link("_blobs", digest)) ? contents.find(digest) : Optional.empty();
    }

    /** Takes a blob over without moving a byte. False where the other repository does not have it. */
    public boolean mount(ContentDigest digest, Repository from) throws IOException {
        if (from.blob(digest).isEmpty()) {
            return false;
        }
        linkBlob(digest);
        return true;
    }

    /** The same from whichever repository has it, or had it a while ago. */
    public boolean mount(ContentDigest digest) throws IOException {
        if (contents.find(digest).isEmpty()) {
            return false;
        }
        linkBlob(digest);
        return true;
    }

    /** False where it was not there. */
    public boolean deleteBlob(ContentDigest digest) throws IOException {
        return Files.deleteIfExists(link("_blobs", digest));
    }

    public Upload beginUpload() throws IOException {
        return uploads.begin(directory.resolve("_uploads"));
    }

    public Optional<Upload> upload(String id) {
        return uploads.find(directory.resolve("_uploads"), id);
    }

    /** Makes an upload a blob, if its digest is this one; ends it in either case. */
    public boolean commit(Upload upload, ContentDigest expected) throws IOException {
        boolean verified = upload.digest(expected.algorithm()).equals(expected);
        if (verified) {
            contents.adopt(upload.file(), expected);
            linkBlob(expected);
        }
        uploads.forget(upload);
        return verified;
    }

    public void cancel(Upload upload) throws IOException {
        uploads.forget(upload);
    }

    public Optional<ContentDigest> tag(String tag) throws IOException {
        try {
            return ContentDigest.parse(Files.readString(tagFile(tag)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    public Optional<StoredManifest> manifest(ContentDigest digest) throws IOException {
        try {
            String mediaType = Files.readString(link("_manifests", digest));
            return contents.find(digest).map(content -> new StoredManifest(digest, mediaType, content));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Stores a manifest; what names it or refers to it follows its bytes, so that no reader misses them. */
    public void put(NewManifest manifest, byte[] bytes) throws IOException {
        changes.lock();
        try {
            ContentDigest digest = manifest.digest();
            contents.write(digest, bytes);
            if (manifest.referral().isPresent()) {
                Referral referral = manifest.referral().orElseThrow();
                Path entry = link("_referrers", referral.subject()).resolve(digest.prefix());
                files.write(entry.resolve(digest.hex()), referral.descriptorBytes());
            }
            // this makes the manifest visible, also among the referrers
            files.write(link("_manifests", digest), manifest.mediaType().getBytes(StandardCharsets.UTF_8));
            for (String tag : manifest.tags()) {
                files.write(tagFile(tag), digest.toString().getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            changes.unlock();
        }
    }

    /** Deletes a manifest and every tag that names it. False where it was not there. */
    public boolean deleteManifest(ContentDigest digest) throws IOException {
        changes.lock();
        try {
            for (String tag : tags()) {
                if (tag(tag).filter(digest::equals).isPresent()) {
                    deleteTag(tag);
                }
            }
            return Files.deleteIfExists(link("_manifests", digest));
        } finally {
            changes.unlock();
        }
    }

    /** False where it was not there. */
    public boolean deleteTag(String tag) throws IOException {
        return Files.deleteIfExists(tagFile(tag));
    }

    /** In the order of their characters. */
    public List<String> tags() throws IOException {
        return names(directory.resolve("_tags"));
    }

    /** The descriptors, as JSON texts, of manifests that are there and name this subject; ordered by digest. */
    public List<String> referrers(ContentDigest subject) throws IOException {
        List<String> descriptors = new ArrayList<>();
        Path entries = link("_referrers", subject);
        for (String prefix : names(entries)) {
            for (String hex : names(entries.resolve(prefix))) {
                if (Files.exists(directory.resolve("_manifests").resolve(prefix).resolve(hex))) {
                    descriptors.add(Files.readString(entries.resolve(prefix).resolve(hex)));
                }
            }
        }
        return descriptors;
    }

    private void linkBlob(ContentDigest digest) throws IOException {
        Path link = link("_blobs", digest);
        Files.createDirectories(link.getParent());
        try {
            Files.createFile(link);
        } catch (FileAlreadyExistsException e) {
            // as it shall be
        }
    }

    private Path tagFile(String tag) {
        return directory.resolve("_tags").resolve(tag);
    }

    private Path link(String kind, ContentDigest digest) {
        return directory.resolve(kind).resolve(digest.prefix()).resolve(digest.hex());
    }

    private static List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        names.sort(null);
        return names;
    }
}
