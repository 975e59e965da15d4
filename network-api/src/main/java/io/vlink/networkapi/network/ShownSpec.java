package io.vlink.networkapi.network;

import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.NetworkType;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The specification of a network of any type. */
@Schema(name = "NetworkSpec")
record ShownSpec(NetworkType type, PathSpec path, @Nullable PathSpec reversePath, Protection protection) {

    static ShownSpec of(NetworkSpec spec) {
        return switch (spec) {
            case Vlink vlink -> new ShownSpec(vlink.type(), vlink.path(), vlink.reversePath(), vlink.protection());
        };
    }
}
