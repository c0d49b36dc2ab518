package dev.slipway.policy.input;

import static dev.slipway.policy.input.Field.always;
import static dev.slipway.policy.input.Field.optional;
import static dev.slipway.policy.input.Type.ANY;
import static dev.slipway.policy.input.Type.MAP;
import static dev.slipway.policy.input.Type.NUMBER;
import static dev.slipway.policy.input.Type.TEXT;
import static dev.slipway.policy.input.Type.TEXTS;
import static java.util.Map.entry;

import dev.slipway.policy.input.Type.ListOf;
import dev.slipway.policy.input.Type.Struct;
import java.util.List;
import java.util.Map;

/** The declared input: rules are checked against it when they are compiled, documents when they are read. */
public final class InputTypes {
    /** The document itself; its fields are the variables of rules. */
    public static final String INPUT = "Input";

    /** What the variable {@code image} is, for rules that are asked for each image. */
    public static final String IMAGE = "Image";

    /** Each object by its name. */
    public static final Map<String, List<Field>> STRUCTS = Map.ofEntries(
            entry(
                    INPUT,
                    List.of(
                            always("index", new Struct("Index")),
                            always("images", new ListOf(new Struct(IMAGE))),
                            always("targets", new ListOf(new Struct("Target"))),
                            always("request", new Struct("Request")))),
            entry(
                    "Index",
                    List.of(
                            always("digest", TEXT),
                            always("mediaType", TEXT),
                            always("annotations", MAP),
                            always("platforms", TEXTS),
                            always("size", NUMBER))),
            entry(
                    IMAGE,
                    List.of(
                            always("platform", TEXT),
                            always("os", TEXT),
                            always("architecture", TEXT),
                            always("variant", TEXT),
                            always("osVersion", TEXT),
                            always("digest", TEXT),
                            always("mediaType", TEXT),
                            always("size", NUMBER),
                            always("config", new Struct("Config")),
                            always("labels", MAP),
                            always("annotations", MAP),
                            always("layers", new ListOf(new Struct("Layer"))),
                            optional("base", new Struct("Base")),
                            optional("sbom", new Struct("Sbom")),
                            optional("provenance", ANY))),
            entry(
                    "Config",
                    List.of(
                            always("user", TEXT),
                            always("env", MAP),
                            always("entrypoint", TEXTS),
                            always("cmd", TEXTS),
                            always("exposedPorts", TEXTS),
                            always("volumes", TEXTS),
                            always("workingDir", TEXT))),
            entry("Layer", List.of(always("digest", TEXT), always("size", NUMBER), always("mediaType", TEXT))),
            entry("Base", List.of(always("name", TEXT), optional("digest", TEXT))),
            entry("Sbom", List.of(always("packages", new ListOf(new Struct("Package"))))),
            entry(
                    "Package",
                    List.of(
                            always("name", TEXT),
                            always("version", TEXT),
                            always("purl", TEXT),
                            always("license", TEXT),
                            always("licenses", TEXTS))),
            entry(
                    "Target",
                    List.of(
                            always("reference", TEXT),
                            always("registry", TEXT),
                            always("repository", TEXT),
                            optional("tag", TEXT))),
            entry(
                    "Request",
                    List.of(
                            always("tenant", TEXT),
                            always("mode", TEXT),
                            optional("requester", TEXT),
                            optional("source", new Struct("Source")))),
            entry("Source", List.of(optional("url", TEXT), optional("revision", TEXT), optional("ref", TEXT))));

    private InputTypes() {}

    /** The fields of an object. */
    public static List<Field> fields(String struct) {
        return STRUCTS.getOrDefault(struct, List.of());
    }
}
