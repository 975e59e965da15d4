package io.vlink.events.contract;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The Javadoc of types, of their record components ({@code @param}) and enum constants, as plain text. */
final class Javadocs {

    private final Map<String, String> texts = new HashMap<>();

    private Javadocs() {}

    /** Reads every source file below a directory. */
    static Javadocs of(Path sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Javadocs docs = new Javadocs();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> java =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                docs.new Reader(trees, unit).scan(unit, null);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The sources in %s cannot be read.".formatted(sources), e);
        }
        return docs;
    }

    Optional<String> of(Class<?> type) {
        return text(name(type));
    }

    /** Returns the text of a record component or an enum constant. */
    Optional<String> of(Class<?> type, String member) {
        return text(name(type) + "#" + member);
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(texts.get(key)).filter(text -> !text.isEmpty());
    }

    private static String name(Class<?> type) {
        return String.valueOf(type.getCanonicalName());
    }

    private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final DocTrees trees;
        private final String packageName;
        private final Deque<String> types = new ArrayDeque<>();

        Reader(DocTrees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.packageName = String.valueOf(unit.getPackageName());
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            types.addLast(type.getSimpleName().toString());
            DocCommentTree doc = trees.getDocCommentTree(getCurrentPath());
            if (doc != null) {
                texts.put(current(), plain(doc.getFullBody()));
                for (DocTree tag : doc.getBlockTags()) {
                    if (tag instanceof ParamTree param) {
                        texts.put(current() + "#" + param.getName(), plain(param.getDescription()));
                    }
                }
            }
            super.visitClass(type, null);
            types.removeLast();
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
            DocCommentTree doc = trees.getDocCommentTree(getCurrentPath());
            if (doc != null) {
                texts.putIfAbsent(current() + "#" + variable.getName(), plain(doc.getFullBody()));
            }
            return super.visitVariable(variable, null);
        }

        private String current() {
            return packageName + "." + String.join(".", types);
        }

        /** Returns the text without markup; a {@code <pre>} is a drawing for readers of the source only. */
        private String plain(List<? extends DocTree> trees) {
            StringBuilder text = new StringBuilder();
            boolean drawing = false;
            for (DocTree tree : trees) {
                switch (tree) {
                    case StartElementTree start -> {
                        drawing |= start.getName().contentEquals("pre");
                        text.append(start.getName().contentEquals("p") ? " " : "");
                    }
                    case EndElementTree end -> drawing &= !end.getName().contentEquals("pre");
                    default -> text.append(drawing ? "" : words(tree));
                }
            }
            return text.toString().replaceAll("\\s+", " ").strip();
        }

        private String words(DocTree tree) {
            return switch (tree) {
                case TextTree plain -> plain.getBody();
                case LiteralTree literal -> literal.getBody().getBody();
                case LinkTree link when !link.getLabel().isEmpty() -> plain(link.getLabel());
                case LinkTree link -> link.getReference().getSignature().replaceAll("^.*[.#]", "");
                case ValueTree value -> constant(value.getReference().getSignature());
                case EntityTree entity -> trees.getCharacters(entity);
                default ->
                    throw new IllegalStateException(
                            "%s has %s in its Javadoc, which is not supported here.".formatted(current(), tree));
            };
        }

        private String constant(String reference) {
            try {
                return String.valueOf(Class.forName(current())
                        .getField(reference.substring(reference.indexOf('#') + 1))
                        .get(null));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("No constant %s in %s".formatted(reference, current()), e);
            }
        }
    }
}
