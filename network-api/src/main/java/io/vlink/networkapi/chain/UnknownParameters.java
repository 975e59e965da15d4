package io.vlink.networkapi.chain;

import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
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
 * Refuses query parameters that are unknown, empty or repeated. Otherwise a misspelt filter would show everything, and
 * a misspelt dry run would be a real write.
 */
final class UnknownParameters {

    private static final Map<Method, Set<String>> KNOWN = new ConcurrentHashMap<>();

    /** Parameters for which an empty value means the same as none. */
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
                        Problem.ProblemType.BAD_REQUEST,
                        known.isEmpty()
                                ? "Query parameter %s is not known. This path takes no query parameters."
                                        .formatted(name)
                                : "Query parameter %s is not known. Known here: %s."
                                        .formatted(name, String.join(", ", known)));
            }
            if (values.size() > 1) {
                throw new ProblemException(
                        Problem.ProblemType.BAD_REQUEST,
                        "Query parameter %s is given %d times. Give it once.".formatted(name, values.size()));
            }
            if (values.getFirst().isEmpty() && !MAY_BE_EMPTY.contains(name)) {
                throw new ProblemException(
                        Problem.ProblemType.BAD_REQUEST,
                        "Query parameter %s has no value. Give it as %s=VALUE, or leave it out.".formatted(name, name));
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
