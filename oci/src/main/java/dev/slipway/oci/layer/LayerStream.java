package dev.slipway.oci.layer;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.hash.HashedSource;
import java.io.IOException;
import java.io.InputStream;

/** A layer whose size is known and whose content is put together while it is read. */
public final class LayerStream implements PreparedLayer, BlobSource {
    private final String mediaType;
    private final long size;
    private final HashedSource tar;
    private final BlobSource content;

    private LayerStream(String mediaType, long size, HashedSource tar, BlobSource content) {
        this.mediaType = mediaType;
        this.size = size;
        this.tar = tar;
        this.content = content;
    }

    static LayerStream plain(LayerTar tar) {
        HashedSource hashed = new HashedSource(tar);
        return new LayerStream(MediaTypes.LAYER, tar.size(), hashed, hashed);
    }

    static LayerStream stored(LayerTar tar) {
        HashedSource hashed = new HashedSource(tar);
        return new LayerStream(MediaTypes.LAYER_GZIP, StoredGzip.size(tar.size()), hashed, new StoredGzip(hashed));
    }

    public String mediaType() {
        return mediaType;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return content.open();
    }

    /** Digest of the plain tar; to be asked after all was read. */
    public Digest diffId() {
        return tar.digest();
    }
}
