package io.vlink.events.attachments;

import io.vlink.events.PortLocator;
import io.vlink.events.schema.MayOmit;
import io.vlink.events.schema.Name;
import java.util.List;

/**
 * The place where a workload is plugged in.
 *
 * @param node the node whose switch the workload is plugged into
 * @param port the port of that switch
 * @param ips addresses with prefix length, such as {@code 192.168.1.2/24}, for people; may be empty
 */
public record AttachmentSpec(
        @Name String node,
        PortLocator port,
        @MayOmit("none") List<String> ips) {

    public AttachmentSpec {
        ips = ips == null ? List.of() : List.copyOf(ips);
    }
}
