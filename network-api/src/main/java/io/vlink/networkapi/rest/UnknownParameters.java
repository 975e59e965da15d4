package io.vlink.networkapi.rest;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a query that says what nobody reads: a filter with a slip of the pen would otherwise show everything. */
final class UnknownParameters {

    private static final Map<Method, Set<String>> KNOWN = new ConcurrentHashMap<>();

    @ServerRequestFilter(nonBlocking = true)
    void check(ResourceInfo resource, UriInfo uri) {
        Set<String> given = uri.getQueryParameters().keySet();
        if (given.isEmpty()) {
            return;
        }
        Set<String> known = KNOWN.computeIfAbsent(resource.getResourceMethod(), UnknownParameters::of);
        for (String name : given) {
            if (!known.contains(name)) {
                throw new ProblemException(
                        Problem.Kind.BAD_REQUEST,
                        known.isEmpty()
                                ? "The query: nothing is read from a query here, so %s cannot be meant.".formatted(name)
                                : "The query: %s is not known here; known are %s."
                                        .formatted(name, String.join(", ", known)));
            }
        }
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
