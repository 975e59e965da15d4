package io.vlink.networkapi.http;

/** The media types that are read and written. */
public final class MediaTypes {

    public static final String JSON = "application/json";
    public static final String YAML = "application/yaml";
    public static final String TEXT_YAML = "text/yaml";
    public static final String X_YAML = "application/x-yaml";

    private MediaTypes() {}
}
