package io.vlink.gateway.lab;

import io.vlink.fixtures.FreePort;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One broker, one gateway and one Open vSwitch for all tests that do not restart them. Each test makes its own bridges. */
public final class SharedWorld implements BeforeAllCallback {

    /** The shared objects. */
    public record Parts(World world, GatewayProcess gateway, OpenVSwitch ovs, Records records)
            implements AutoCloseable {

        static Parts start() {
            World world = new World();
            GatewayProcess gateway = world.gateway(FreePort.find());
            return new Parts(world, gateway, world.openVSwitch(), world.records());
        }

        @Override
        public void close() {
            world.close();
        }
    }

    private static volatile @Nullable Parts parts;

    @Override
    public void beforeAll(ExtensionContext context) {
        parts = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Parts.class, type -> Parts.start(), Parts.class);
    }

    /** Returns the shared objects while a test class with this extension runs. */
    public static Parts parts() {
        Parts now = parts;
        if (now == null) {
            throw new IllegalStateException("The test class lacks this extension.");
        }
        return now;
    }
}
