package io.vlink.networkapi.chain;

import io.vlink.networkapi.rest.Problem;
import io.vlink.networkapi.rest.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a query that says what nobody reads, nothing, or two things: a filter with a slip of the pen would otherwise show
 * everything, and a dry run would be a real one.
 */
final class UnknownParameters {

    private static final Map<Method, Set<String>> KNOWN = new ConcurrentHashMap<>();

    /** Of these, an empty one means what none means. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("prefix", "after");

    @ServerRequestFilter(nonBlocking = true, priority = HttpChain.UNKNOWN_PARAMETERS)
    void check(ResourceInfo resource, UriInfo uri) {
        Map<String, List<String>> given = uri.getQueryParameters();
        if (given.isEmpty()) {
            return;
        }
        Set<String> known = KNOWN.computeIfAbsent(resource.getResourceMethod(), UnknownParameters::of);
        given.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw new ProblemException(
                        Problem.Kind.BAD_REQUEST,
                        known.isEmpty()
                                ? "The query: nothing is read from a query here, so %s cannot be meant.".formatted(name)
                                : "The query: %s is not known here; known are %s."
                                        .formatted(name, String.join(", ", known)));
            }
            if (values.size() > 1) {
                throw new ProblemException(
                        Problem.Kind.BAD_REQUEST,
                        "The query: %s is given %d times; once is enough.".formatted(name, values.size()));
            }
            if (values.getFirst().isEmpty() && !MAY_BE_EMPTY.contains(name)) {
                throw new ProblemException(
                        Problem.Kind.BAD_REQUEST, "The query: %s has no value, such as %s=....".formatted(name, name));
            }
        });
    }

    private static Set<String> of(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            QueryParam own = parameter.getAnnotation(QueryParam.class);
            if (own != null) {
                names.add(own.value());
            }
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    QueryParam of = field.getAnnotation(QueryParam.class);
                    if (of != null) {
                        names.add(of.value());
                    }
                }
            }
        }
        return names;
    }
}
