package dev.slipway.policy.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one file. Only the tree is read, and nothing is constructed from it: tags and anchors mean nothing here. */
final class ParseRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
    private static final int MAX_DEPTH = 10;
    private static final int MAX_MESSAGE = 1024;

    private final String file;
    private final String[] lines;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    record Parsed(List<Rule> rules, List<Problem> problems) {}

    private ParseRules(String file, String text) {
        this.file = file;
        this.lines = text.split("\r?\n", -1);
    }

    static Parsed parse(String file, byte[] bytes) {
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return failed(new Place(file, 1, 1), "it is not UTF-8");
        }
        ParseRules parse = new ParseRules(file, text);
        try {
            LoaderOptions options = new LoaderOptions();
            options.setNestingDepthLimit(MAX_DEPTH);
            parse.document(new Yaml(options).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            return failed(parse.place(e.getProblemMark()), "it is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            return failed(new Place(file, 1, 1), "it is not YAML: " + e.getMessage());
        }
        return new Parsed(parse.rules, parse.problems);
    }

    private static Parsed failed(Place place, String message) {
        return new Parsed(List.of(), List.of(new Problem(place, Optional.empty(), message)));
    }

    private void document(@Nullable Node root) {
        Optional<Node> list = fields(root, "the file", List.of("validations")).field("validations");
        if (list.isEmpty()) {
            problem(root, null, "it has no 'validations'");
        } else if (list.get() instanceof SequenceNode rulesNode
                && !rulesNode.getValue().isEmpty()) {
            rulesNode.getValue().forEach(this::rule);
        } else {
            problem(list.get(), null, "'validations' must be a list of rules");
        }
    }

    private void rule(Node node) {
        int before = problems.size();
        Fields fields = fields(node, "a rule", List.of("name", "action", "expression", "message", "messageExpression"));
        String name = fields.text("name").orElse("");
        if (!NAME.matcher(name).matches()) {
            problem(
                    fields.field("name").orElse(node),
                    null,
                    "a rule's name must be like 'no-root', and is '" + name + "'");
        }
        Action action = fields.text("action").map(word -> action(fields, word)).orElse(Action.DENY);
        Optional<Expression> expression = fields.expression("expression");
        Optional<Expression> messageExpression = fields.expression("messageExpression");
        if (expression.isEmpty()) {
            problem(node, name, "it has no 'expression'");
        }
        Optional<String> message = fields.text("message").map(String::strip);
        message.filter(text -> text.isEmpty() || text.length() > MAX_MESSAGE)
                .ifPresent(text -> problem(
                        fields.field("message").orElse(node),
                        name,
                        "its message has %d characters, and must have 1 to %d".formatted(text.length(), MAX_MESSAGE)));
        if (problems.size() == before) {
            rules.add(new Rule(name, action, expression.orElseThrow(), message, messageExpression));
        }
    }

    private Action action(Fields fields, String word) {
        for (Action action : Action.values()) {
            if (action.word().equals(word)) {
                return action;
            }
        }
        problem(fields.field("action").orElse(null), null, "an action must be deny or warn, and is '" + word + "'");
        return Action.DENY;
    }

    private Fields fields(@Nullable Node node, String what, List<String> known) {
        Map<String, Node> found = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                if (!known.contains(key)) {
                    problem(
                            tuple.getKeyNode(),
                            null,
                            "%s has a field '%s', and may have %s".formatted(what, key, known));
                } else if (found.putIfAbsent(key, tuple.getValueNode()) != null) {
                    problem(tuple.getKeyNode(), null, "%s has the field '%s' twice".formatted(what, key));
                }
            }
        } else {
            problem(node, null, "%s must have fields: %s".formatted(what, known));
        }
        return new Fields(found);
    }

    private final class Fields {
        private final Map<String, Node> found;

        private Fields(Map<String, Node> found) {
            this.found = found;
        }

        Optional<Node> field(String name) {
            return Optional.ofNullable(found.get(name));
        }

        Optional<String> text(String name) {
            return scalar(name).map(ScalarNode::getValue);
        }

        Optional<Expression> expression(String name) {
            return scalar(name).map(ParseRules.this::expression);
        }

        private Optional<ScalarNode> scalar(String name) {
            return field(name).flatMap(node -> {
                if (node instanceof ScalarNode scalar) {
                    return Optional.of(scalar);
                }
                problem(node, null, "'%s' must be text".formatted(name));
                return Optional.empty();
            });
        }
    }

    private Expression expression(ScalarNode node) {
        Place start = place(node.getStartMark());
        String text = node.getValue();
        if (node.getScalarStyle() == ScalarStyle.LITERAL) {
            int first = start.line();
            while (first < lines.length && lines[first].isBlank()) {
                first++;
            }
            int indent = first < lines.length
                    ? lines[first].length() - lines[first].stripLeading().length()
                    : 0;
            return new Expression(text, new Place(file, start.line() + 1, indent + 1), indent, true);
        }
        boolean oneLine = node.getStartMark().getLine() == node.getEndMark().getLine();
        boolean quoted = node.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
                || node.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
        Place first = quoted ? new Place(file, start.line(), start.column() + 1) : start;
        return new Expression(text, first, 0, oneLine && !text.contains("\n"));
    }

    private void problem(@Nullable Node node, @Nullable String rule, String message) {
        problems.add(new Problem(
                place(node == null ? null : node.getStartMark()),
                Optional.ofNullable(rule).filter(name -> !name.isEmpty()),
                message));
    }

    private Place place(@Nullable Mark mark) {
        return mark == null ? new Place(file, 1, 1) : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
