package io.vlink.networkapi.messaging;

import io.vlink.fixtures.FreePort;
import io.vlink.fixtures.PackagedService;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Another instance of network-api, in a process of its own. */
final class ApiProcess implements AutoCloseable {

    private final PackagedService service;
    private final URI base;

    private ApiProcess(PackagedService service, URI base) {
        this.service = service;
        this.base = base;
    }

    /** Starts the process and returns at once; settings are {@code name=value}. */
    static ApiProcess start(String bootstrapServers, String... settings) {
        int port = FreePort.find();
        List<String> all =
                new ArrayList<>(List.of("quarkus.http.port=" + port, "kafka.bootstrap.servers=" + bootstrapServers));
        all.addAll(List.of(settings));
        return new ApiProcess(PackagedService.start(128, all), URI.create("http://127.0.0.1:" + port));
    }

    /** Returns its log, line by line. */
    List<String> logged() {
        return service.log().lines().toList();
    }

    URI base() {
        return base;
    }

    Rest rest() {
        return new Rest(base);
    }

    /** Pauses the process, which does not notice. */
    void pause() {
        service.signal("STOP");
    }

    void goOn() {
        service.signal("CONT");
    }

    /** Asks the process to stop. */
    void terminate() {
        service.signal("TERM");
    }

    /** Waits until it ends by itself. */
    void ends() {
        service.exitCode();
    }

    @Override
    public void close() {
        service.close();
    }
}
