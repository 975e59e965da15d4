package io.vlink.tests.pages;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A property as declared in the source of a {@code @ConfigMapping} interface. */
record ConfigProperty(String name, String type, Optional<String> byDefault, String description) {

    /**
     * Returns the row of the page. A value in {@code application.properties} takes precedence over the interface's
     * default.
     */
    String row(Settings settings) {
        String value = settings.value(name)
                .or(() -> byDefault)
                .map(given -> "`" + given + "`")
                .orElse(type.startsWith("optional") || name.endsWith("*") ? "" : "must be given");
        return "| `%s` | `%s` | %s | %s | %s |%n".formatted(name, environment(), type, value, description);
    }

    private String environment() {
        return name.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * Returns the properties of every {@code @ConfigMapping} in one source file.
     *
     * @param shared further files, with groups that mappings share
     */
    static List<ConfigProperty> in(Path source, List<Path> shared) throws IOException {
        List<Path> all = new ArrayList<>(shared);
        all.add(source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(all));
            Map<String, TreePath> groups = new HashMap<>();
            Map<TreePath, String> mappings = new LinkedHashMap<>();
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree type : unit.getTypeDecls()) {
                    if (type instanceof ClassTree group) {
                        TreePath at = TreePath.getPath(unit, group);
                        groups.put(group.getSimpleName().toString(), at);
                        value(group.getModifiers(), "ConfigMapping").ifPresent(prefix -> mappings.put(at, prefix));
                    }
                }
            }
            Reader reader = new Reader(DocTrees.instance(task), groups, new ArrayList<>());
            mappings.forEach(reader::read);
            return reader.into();
        }
    }

    private record Reader(DocTrees docs, Map<String, TreePath> shared, List<ConfigProperty> into) {

        void read(TreePath at, String prefix) {
            ClassTree mapping = (ClassTree) at.getLeaf();
            for (Tree member : mapping.getMembers()) {
                if (member instanceof MethodTree method) {
                    String own = value(method.getModifiers(), "WithName")
                            .orElseGet(() -> kebab(method.getName().toString()));
                    String name = prefix.isEmpty() ? own : prefix + "." + own;
                    String type = method.getReturnType().toString();
                    TreePath group = group(at, type);
                    if (group != null) {
                        read(group, name);
                    } else {
                        into.add(new ConfigProperty(
                                type.startsWith("Map<") ? name + ".*" : name,
                                words(type),
                                value(method.getModifiers(), "WithDefault"),
                                text(new TreePath(at, method))));
                    }
                }
            }
        }

        /** Returns the nearest group of that name; null if it is not a group. */
        private @Nullable TreePath group(TreePath within, String name) {
            TreePath outer = within;
            while (outer.getLeaf() instanceof ClassTree type) {
                for (Tree member : type.getMembers()) {
                    if (member instanceof ClassTree group
                            && group.getSimpleName().contentEquals(name)) {
                        return new TreePath(outer, group);
                    }
                }
                outer = outer.getParentPath();
            }
            return shared.get(name);
        }

        private String text(TreePath method) {
            String comment = docs.getDocComment(method);
            return comment == null
                    ? ""
                    : comment.strip()
                            .replaceAll("\\s+", " ")
                            .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                            .replace("|", "\\|");
        }
    }

    /** Returns the first argument of an annotation. */
    private static Optional<String> value(ModifiersTree modifiers, String annotation) {
        for (AnnotationTree one : modifiers.getAnnotations()) {
            if (one.getAnnotationType().toString().equals(annotation)) {
                ExpressionTree argument = one.getArguments().getFirst();
                ExpressionTree value = argument instanceof AssignmentTree named ? named.getExpression() : argument;
                return Optional.of(String.valueOf(((LiteralTree) value).getValue()));
            }
        }
        return Optional.empty();
    }

    private static String words(String type) {
        return switch (type) {
            case "String" -> "text";
            case "Duration" -> "duration";
            case "int", "long" -> "number";
            case "boolean" -> "true or false";
            case "Optional<String>" -> "optional text";
            case "List<String>" -> "comma-separated texts";
            case "Map<String, String>" -> "text";
            default -> type;
        };
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
