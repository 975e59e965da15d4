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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One property, as a {@code @ConfigMapping} interface declares it in its source. */
record ConfigProperty(String name, String type, Optional<String> byDefault, String description) {

    /** The row of the page; what {@code application.properties} sets wins over the interface's default. */
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

    /** Those of every {@code @ConfigMapping} in one source file. */
    static List<ConfigProperty> in(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(source));
            List<ConfigProperty> properties = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree type : unit.getTypeDecls()) {
                    if (type instanceof ClassTree mapping) {
                        Optional<String> prefix = value(mapping.getModifiers(), "ConfigMapping");
                        prefix.ifPresent(given -> new Reader(DocTrees.instance(task), unit, properties)
                                .read(TreePath.getPath(unit, mapping), given));
                    }
                }
            }
            return properties;
        }
    }

    private record Reader(DocTrees docs, CompilationUnitTree unit, List<ConfigProperty> into) {

        void read(TreePath at, String prefix) {
            ClassTree mapping = (ClassTree) at.getLeaf();
            Map<String, ClassTree> groups = new HashMap<>();
            for (ClassTree outer = mapping; outer != null; outer = outerOf(outer)) {
                for (Tree member : outer.getMembers()) {
                    if (member instanceof ClassTree group) {
                        groups.putIfAbsent(group.getSimpleName().toString(), group);
                    }
                }
            }
            for (Tree member : mapping.getMembers()) {
                if (member instanceof MethodTree method) {
                    String own = value(method.getModifiers(), "WithName")
                            .orElseGet(() -> kebab(method.getName().toString()));
                    String name = prefix.isEmpty() ? own : prefix + "." + own;
                    String type = method.getReturnType().toString();
                    ClassTree group = groups.get(type);
                    if (group != null) {
                        read(TreePath.getPath(unit, group), name);
                    } else {
                        into.add(new ConfigProperty(
                                type.startsWith("Map<") ? name + ".*" : name,
                                words(type),
                                value(method.getModifiers(), "WithDefault"),
                                text(TreePath.getPath(unit, method))));
                    }
                }
            }
        }

        private @Nullable ClassTree outerOf(ClassTree inner) {
            TreePath parent = TreePath.getPath(unit, inner).getParentPath();
            return parent.getLeaf() instanceof ClassTree outer ? outer : null;
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

    /** The first argument of an annotation, whatever its name. */
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
            case "List<String>" -> "texts, with commas between";
            case "Map<String, String>" -> "text";
            default -> type;
        };
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
