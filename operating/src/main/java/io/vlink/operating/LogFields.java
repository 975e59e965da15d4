package io.vlink.operating;

import io.quarkus.logging.LoggingFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Gives each record of ours its keys as fields of their own. A message names them where it is written, as in
 * {@code LOG.infof("Link is up link=%s epoch=%d", id, epoch)}; what stands in the place of each is the field's value. They
 * go into the record's own map, never a thread's, and are shown by the JSON format alone. It turns no record away.
 */
@LoggingFilter(name = "fields")
public final class LogFields implements Filter {

    private static final String OURS = "io.vlink.";
    /** A key and its place, or any other place; {@code %%} and {@code %n} take no argument. */
    private static final Pattern PLACE = Pattern.compile("(?:(\\w+)=)?%(?:[-#+ 0,(]*[\\d.]*([a-zA-Z])|%)");

    /** The field of one argument of a format. */
    private record Field(String key, int argument) {}

    /** Formats are constants of ours, so there are few. */
    private final Map<String, List<Field>> known = new ConcurrentHashMap<>();

    @Override
    public boolean isLoggable(LogRecord record) {
        Object[] arguments = record.getParameters();
        if (arguments != null
                && record instanceof ExtLogRecord ext
                && ext.getFormatStyle() == ExtLogRecord.FormatStyle.PRINTF
                && String.valueOf(ext.getLoggerName()).startsWith(OURS)) {
            for (Field field : known.computeIfAbsent(record.getMessage(), LogFields::fields)) {
                if (field.argument() < arguments.length) {
                    String unused = ext.putMdc(field.key(), String.valueOf(arguments[field.argument()]));
                }
            }
        }
        return true;
    }

    private static List<Field> fields(String format) {
        List<Field> fields = new ArrayList<>();
        Matcher place = PLACE.matcher(format);
        int argument = 0;
        while (place.find()) {
            if (place.group(2) == null || place.group(2).equals("n")) {
                continue;
            }
            if (place.group(1) != null) {
                fields.add(new Field(place.group(1), argument));
            }
            argument++;
        }
        return List.copyOf(fields);
    }
}
