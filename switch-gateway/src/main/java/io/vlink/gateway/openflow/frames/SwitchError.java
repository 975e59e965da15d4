package io.vlink.gateway.openflow.frames;

import io.netty.buffer.ByteBuf;
import io.vlink.events.rules.RuleStateReason;
import java.util.Locale;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMessageReader;
import org.projectfloodlight.openflow.protocol.errormsg.*;

/**
 * An error message of a switch, in words. Types and codes unknown to Loxi appear as numbers.
 *
 * @param xid the xid of the message that caused it
 */
public record SwitchError(long xid, int type, int code, String words) {

    private static final int XID_OFFSET = 4;
    private static final int TYPE_OFFSET = 8;
    private static final int CODE_OFFSET = 10;
    private static final int MIN_LENGTH = 12;
    private static final int ROLE_REQUEST_FAILED = 11;
    private static final int STALE = 0;
    /** Error types and codes (OpenFlow 1.4.1 §7.5.4). */
    private static final int BAD_ACTION = 2;

    private static final int BAD_MATCH = 4;
    private static final int FLOW_MOD_FAILED = 5;
    private static final int TABLE_FULL = 1;
    private static final int GROUP_MOD_FAILED = 6;
    private static final int OUT_OF_GROUPS = 3;
    private static final int METER_MOD_FAILED = 12;
    private static final int OUT_OF_METERS = 11;

    static SwitchError read(ByteBuf frame, OFMessageReader<OFMessage> reader) {
        if (frame.readableBytes() < MIN_LENGTH) {
            throw new BadFrame("An error message of %d bytes is too short.".formatted(frame.readableBytes()));
        }
        int type = frame.getUnsignedShort(TYPE_OFFSET);
        int code = frame.getUnsignedShort(CODE_OFFSET);
        return new SwitchError(
                frame.getUnsignedInt(XID_OFFSET), type, code, words(frame.duplicate(), reader, type, code));
    }

    /** Returns whether the switch knows a later master (OpenFlow 1.4.1 §6.3.6). */
    public boolean isStale() {
        return type == ROLE_REQUEST_FAILED && code == STALE;
    }

    /** Returns whether the request needs the master role (BAD_REQUEST, IS_SLAVE). */
    public boolean isSlave() {
        return type == 1 && code == 10;
    }

    /** Returns the reason to report in the rule state. */
    public RuleStateReason reason() {
        return switch (type) {
            case BAD_ACTION -> RuleStateReason.BAD_ACTION;
            case BAD_MATCH -> RuleStateReason.BAD_MATCH;
            case FLOW_MOD_FAILED -> code == TABLE_FULL ? RuleStateReason.TABLE_FULL : RuleStateReason.SWITCH_ERROR;
            case GROUP_MOD_FAILED ->
                code == OUT_OF_GROUPS ? RuleStateReason.OUT_OF_GROUPS : RuleStateReason.SWITCH_ERROR;
            case METER_MOD_FAILED ->
                code == OUT_OF_METERS ? RuleStateReason.OUT_OF_METERS : RuleStateReason.SWITCH_ERROR;
            default -> RuleStateReason.SWITCH_ERROR;
        };
    }

    private static String words(ByteBuf frame, OFMessageReader<OFMessage> reader, int type, int code) {
        try {
            if (reader.readFrom(frame) instanceof OFErrorMsg error) {
                return error.getErrType() + " " + code(error, code);
            }
        } catch (OFParseError | RuntimeException e) {
            return "error of type %d, code %d".formatted(type, code);
        }
        return "error of type %d, code %d".formatted(type, code);
    }

    private static Object code(OFErrorMsg error, int number) {
        return switch (error) {
            case OFBadActionErrorMsg e -> e.getCode();
            case OFBadInstructionErrorMsg e -> e.getCode();
            case OFBadMatchErrorMsg e -> e.getCode();
            case OFBadPropertyErrorMsg e -> e.getCode();
            case OFBadRequestErrorMsg e -> e.getCode();
            case OFBundleFailedErrorMsg e -> e.getCode();
            case OFFlowModFailedErrorMsg e -> e.getCode();
            case OFGroupModFailedErrorMsg e -> e.getCode();
            case OFHelloFailedErrorMsg e -> e.getCode();
            case OFMeterModFailedErrorMsg e -> e.getCode();
            case OFRoleRequestFailedErrorMsg e -> e.getCode();
            case OFTableModFailedErrorMsg e -> e.getCode();
            default -> String.format(Locale.ROOT, "code %d", number);
        };
    }
}
