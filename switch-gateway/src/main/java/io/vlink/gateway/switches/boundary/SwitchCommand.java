package io.vlink.gateway.switches.boundary;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.entries.SuiteMarker;
import java.util.List;

/** A command for one switch. */
public sealed interface SwitchCommand {

    DatapathId datapathId();

    /** A command for one OpenFlow connection. */
    sealed interface ConnectionCommand extends SwitchCommand {
        long connection();
    }

    /** Requests the master role with this OpenFlow generation id; answered by MasterGranted or MasterElsewhere. */
    record AskMaster(DatapathId datapathId, long connection, long generation) implements ConnectionCommand {}

    /** Takes the slave role: another gateway owns the switch. */
    record BeSlave(DatapathId datapathId, long connection) implements ConnectionCommand {}

    /** Closes the connection. */
    record Refuse(DatapathId datapathId, long connection, String reason) implements ConnectionCommand {}

    /** Reads rules, meters and groups; answered by ContentsRead with the same number. */
    record ReadContents(DatapathId datapathId, long connection, long number) implements ConnectionCommand {}

    /** Reads the foreign rules in the tables that Vlink uses; answered by ForeignRead. */
    record ReadForeign(DatapathId datapathId, long connection) implements ConnectionCommand {}

    /** Carries out a batch; answered by BatchDone with its number. */
    record Write(DatapathId datapathId, long connection, Batch batch) implements ConnectionCommand {}

    /**
     * Writes the marker that names the switch's suite, and removes earlier markers. There is no answer; later commands
     * are carried out after it.
     *
     * @param clears whether all rules with our mark are removed first
     */
    record PutMarker(DatapathId datapathId, long connection, SuiteMarker put, List<SuiteMarker> remove, boolean clears)
            implements ConnectionCommand {
        public PutMarker {
            remove = List.copyOf(remove);
        }
    }

    /**
     * Monitors the settings of the switch's bridge; answered by BridgeRead or BridgeUnknown, at first and on each
     * change.
     */
    record WatchBridge(DatapathId datapathId, String ovsdb) implements SwitchCommand {}

    record UnwatchBridge(DatapathId datapathId) implements SwitchCommand {}
}
