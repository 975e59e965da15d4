package io.vlink.log.roll;

import io.vlink.events.services.Absence;
import io.vlink.events.services.ServiceInstance;
import io.vlink.events.services.Services;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Determines which instances are present, from the heartbeats of each and those of others meanwhile. Its time only
 * advances while our own records come back from Kafka. So neither a pause of this process nor one of Kafka makes others
 * count as silent, and other hosts' clocks do not matter. Not thread-safe; uses no clock.
 */
final class Roll {

    /**
     * The longest time between two of our own records, in intervals of heartbeats. A longer gap means that we were
     * paused or deaf, and does not count.
     */
    private static final double LONGEST_GAP = 2.5;

    private final String service;
    private final int partitions;
    private final long beat;
    private final long patience;
    private final Map<String, RollEntry> members = new TreeMap<>();
    private final Map<String, ServiceRoll> kinds = new TreeMap<>();
    private long audible;
    private long lastEcho;
    private boolean listening;
    private Instant listeningSince = Instant.EPOCH;

    /** The last time when something was heard, in counted time and in wall-clock time, and whether it is missed now. */
    private static final class LastHeard {
        private long heard;
        private @Nullable Instant at;
        private boolean missed;

        /** Returns whether it was missed. */
        boolean heard(long audible, Instant written) {
            boolean news = missed;
            heard = audible;
            at = written;
            missed = false;
            return news;
        }

        /** Returns whether it is missed from now on. */
        boolean judge(long audible, long patience) {
            boolean news = !missed && audible - heard >= patience;
            missed |= news;
            return news;
        }

        void excuse(long audible) {
            heard = missed ? heard : audible;
        }
    }

    private static final class RollEntry {
        private ServiceInstance said;
        private Instant written;
        private final LastHeard mark = new LastHeard();

        RollEntry(ServiceInstance said, Instant written) {
            this.said = said;
            this.written = written;
        }
    }

    private static final class ServiceRoll {
        private final LastHeard whole = new LastHeard();
        /** By partition number; empty if it was never heard to serve any. */
        private LastHeard[] served = {};
    }

    /**
     * Creates an empty roll.
     *
     * @param service the service of this instance
     * @param beat the interval of each instance's reports
     * @param patience how long an instance may be silent
     */
    Roll(String service, int partitions, Duration beat, Duration patience) {
        this.service = service;
        this.partitions = partitions;
        this.beat = beat.toNanos();
        this.patience = patience.toNanos();
        for (String expected : Services.EXPECTED) {
            kinds.put(expected, new ServiceRoll());
            if (!expected.equals(service)) {
                share(kinds.get(expected));
            }
        }
    }

    private void share(ServiceRoll kind) {
        if (kind.served.length == 0) {
            kind.served = new LastHeard[partitions];
            for (int i = 0; i < partitions; i++) {
                kind.served[i] = new LastHeard();
                kind.served[i].heard = kind.whole.heard;
            }
        }
    }

    /**
     * Records a report of any instance.
     *
     * @param written the record's timestamp
     * @return whether that changes the present services
     */
    boolean heard(ServiceInstance said, Instant written) {
        RollEntry member = members.computeIfAbsent(said.key(), key -> new RollEntry(said, written));
        boolean news = member.mark.heard(audible, written)
                || member.said.state() != said.state()
                || !Objects.equals(member.said.reason(), said.reason())
                || !Objects.equals(member.said.suite(), said.suite())
                || !Objects.equals(member.said.doubt(), said.doubt())
                || !member.said.partitions().equals(said.partitions());
        member.said = said;
        member.written = written;
        ServiceRoll kind = kinds.computeIfAbsent(said.service(), name -> new ServiceRoll());
        if (said.state() == ServiceInstance.State.PRESENT) {
            news |= kind.whole.heard(audible, written);
            if (!said.partitions().isEmpty()) {
                share(kind);
            }
            for (int partition : said.partitions()) {
                if (partition >= 0 && partition < partitions) {
                    news |= kind.served[partition].heard(audible, written);
                }
            }
        }
        return news;
    }

    /** Records that the record of an instance was deleted. Returns whether that changes the present services. */
    boolean dropped(String key) {
        return members.remove(key) != null;
    }

    /**
     * Records that one of our own records came back, at this time of a clock that never goes back.
     *
     * @param now the same time, for people
     * @return whether that changes the present services
     */
    boolean echo(long nanos, Instant now) {
        long gap = nanos - lastEcho;
        boolean first = !listening;
        lastEcho = nanos;
        listening = true;
        if (first) {
            listeningSince = now;
            return false;
        }
        if (gap > beat * LONGEST_GAP) {
            members.values().forEach(member -> member.mark.excuse(audible));
            kinds.values().forEach(kind -> marks(kind).forEach(mark -> mark.excuse(audible)));
            return false;
        }
        audible += gap;
        boolean news = false;
        for (RollEntry member : members.values()) {
            news |= member.mark.judge(audible, patience);
        }
        for (ServiceRoll kind : kinds.values()) {
            for (LastHeard mark : marks(kind)) {
                news |= mark.judge(audible, patience);
            }
        }
        return news;
    }

    private static List<LastHeard> marks(ServiceRoll kind) {
        List<LastHeard> marks = new ArrayList<>(List.of(kind.served));
        marks.add(kind.whole);
        return marks;
    }

    /**
     * Returns the other instances of our own service that are silent or left, and whose records are of no further use.
     */
    List<String> expired(String ourKey) {
        return members.values().stream()
                .filter(member -> member.said.service().equals(service)
                        && !member.said.key().equals(ourKey)
                        && member.mark.missed)
                .map(member -> member.said.key())
                .toList();
    }

    /** The silence of a service, in seconds of counted time. */
    double silentSeconds(String name) {
        ServiceRoll kind = kinds.get(name);
        return kind == null ? Double.NaN : (audible - kind.whole.heard) / 1e9;
    }

    /** Returns the present services. */
    Services services(@Nullable Absence deaf) {
        Map<String, Services.ServicePresence> seen = new HashMap<>();
        kinds.forEach((name, kind) -> seen.put(name, seen(name, kind)));
        return new Services(seen, deaf);
    }

    private Services.ServicePresence seen(String name, ServiceRoll kind) {
        List<Services.InstancePresence> instances = members.values().stream()
                .filter(member -> member.said.service().equals(name))
                .map(member -> new Services.InstancePresence(member.said, member.written, member.mark.missed))
                .toList();
        Absence absence = kind.whole.missed ? absent(name, kind.whole) : null;
        Map<Integer, Absence> unserved = new HashMap<>();
        for (int i = 0; i < kind.served.length; i++) {
            if (kind.served[i].missed) {
                unserved.put(i, absence != null ? absence : idle(name, kind.served[i], instances));
            }
        }
        return new Services.ServicePresence(name, absence, unserved, instances);
    }

    private Absence absent(String name, LastHeard mark) {
        return mark.at == null
                ? new Absence(name, listeningSince, "was not heard")
                : new Absence(name, mark.at, "is away");
    }

    /** Returns the absence of a service that is present, but does not serve a partition. */
    private Absence idle(String name, LastHeard mark, List<Services.InstancePresence> instances) {
        Instant since = mark.at == null ? listeningSince : mark.at;
        return instances.stream()
                .filter(Services.InstancePresence::isPresent)
                .map(heard -> heard.said().reason())
                .flatMap(Stream::ofNullable)
                .findFirst()
                .map(reason -> new Absence(name, since, "is not ready (%s)".formatted(reason)))
                .orElseGet(() -> new Absence(name, since, "does not serve this partition"));
    }
}
