package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import java.util.List;

/** What is to be done towards one switch. */
public sealed interface SwitchCommand {

    DatapathId datapathId();

    /** Something to be said on one OpenFlow connection. */
    sealed interface OnConnection extends SwitchCommand {
        long connection();
    }

    /** Be master with this OpenFlow generation id; answered by MasterGranted or MasterElsewhere. */
    record AskMaster(DatapathId datapathId, long connection, long generation) implements OnConnection {}

    /** Be slave: another gateway owns the switch. */
    record BeSlave(DatapathId datapathId, long connection) implements OnConnection {}

    /** Close the connection. */
    record Refuse(DatapathId datapathId, long connection, String reason) implements OnConnection {}

    /** Read rules and meters; answered by ContentsRead with the same number. */
    record Read(DatapathId datapathId, long connection, long number) implements OnConnection {}

    /** Read the rules of others in the tables that ours may stand in; answered by ForeignRead. */
    record ReadForeign(DatapathId datapathId, long connection) implements OnConnection {}

    /** Carry out a batch; answered by BatchDone with its number. */
    record Write(DatapathId datapathId, long connection, Batch batch) implements OnConnection {}

    /**
     * Say whose the switch is, and no more whose it was; nobody answers, what is sent later comes later.
     *
     * @param clears whether all rules with our mark go first
     */
    record Mark(DatapathId datapathId, long connection, SuiteMarker put, List<SuiteMarker> remove, boolean clears)
            implements OnConnection {
        public Mark {
            remove = List.copyOf(remove);
        }
    }

    /** Follow the settings of the switch's bridge; answered by BridgeRead or BridgeUnknown, each time they change. */
    record WatchBridge(DatapathId datapathId, String ovsdb) implements SwitchCommand {}

    record UnwatchBridge(DatapathId datapathId) implements SwitchCommand {}
}
