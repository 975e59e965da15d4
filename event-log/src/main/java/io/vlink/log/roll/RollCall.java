package io.vlink.log.roll;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vlink.events.Topic;
import io.vlink.events.services.ServiceInstance;
import io.vlink.events.services.Services;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.LogConfig;
import io.vlink.log.kafka.KafkaProperties;
import io.vlink.log.kafka.TopicSetup;
import io.vlink.log.schema.UnreadableEvent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports this instance as present ({@link Beats}), receives the reports of all others, and determines which are
 * missing ({@link Roll}). Has its own consumer, so reports do not wait behind other topics.
 */
public final class RollCall implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RollCall.class);
    private static final TopicPartition BEATS = new TopicPartition(Topic.SERVICES.topicName(), 0);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long RETRY_MS = 500;
    /** Services report at the same moments: for this long after the first, the others' reports are collected. */
    private static final long TOGETHER_MS = 100;

    private final LogConfig config;
    private final MeterRegistry registry;
    private final Beats beats;
    private final Attendance attendance;
    private final List<Consumer<Services>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<ServiceInstance>> peers = new CopyOnWriteArrayList<>();
    private final Set<String> measured = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private final Instant startedAt = Instant.now();
    /** Guarded by itself. */
    private final Roll roll;

    private final Deafness deafness;
    private volatile Services services = Services.UNKNOWN;
    private volatile @Nullable KafkaConsumer<String, byte[]> running;

    /**
     * Creates a roll call.
     *
     * @param beat the interval of this instance's reports; the same in all services
     * @param patience how long another instance may be silent; at least twice as long
     */
    public RollCall(LogConfig config, Duration beat, Duration patience, Attendance attendance, MeterRegistry registry) {
        if (patience.compareTo(beat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "The silence (vlink.log.silence, %s) must be at least twice the beat (vlink.log.beat, %s)."
                            .formatted(patience, beat));
        }
        this.config = config;
        this.registry = registry;
        this.attendance = attendance;
        this.roll = new Roll(config.service(), config.partitions(), beat, patience);
        this.deafness = new Deafness(config.service(), patience, System.nanoTime(), startedAt);
        this.beats = new Beats(config, instance(config), startedAt, beat, attendance);
        this.thread = Thread.ofPlatform().name(config.service() + "-roll").unstarted(this::run);
        Services.EXPECTED.forEach(this::measure);
    }

    private static String instance(LogConfig config) {
        return config.instanceId().orElseGet(() -> {
            String process = Long.toString(ProcessHandle.current().pid());
            try {
                return InetAddress.getLocalHost().getHostName() + "-" + process;
            } catch (UnknownHostException e) {
                return process;
            }
        });
    }

    private void measure(String service) {
        if (measured.add(service)) {
            Gauge.builder("vlink.services.present", this, call -> call.isMissed(service) ? 0 : 1)
                    .description("Whether a service is heard: 1, or 0 while it is missing")
                    .tag("service", service)
                    .register(registry);
            Gauge.builder("vlink.services.silence", this, call -> call.silentSeconds(service))
                    .description("Time since a service was last heard, not counting times without Kafka")
                    .tag("service", service)
                    .baseUnit("seconds")
                    .register(registry);
        }
    }

    private boolean isMissed(String service) {
        Services.ServicePresence seen = services.seen().get(service);
        return seen != null && seen.absence() != null;
    }

    private double silentSeconds(String service) {
        synchronized (roll) {
            return roll.silentSeconds(service);
        }
    }

    /** Starts. Returns immediately, even if Kafka is not available yet. */
    public void start() {
        attendance.onNews(beats::hurry);
        beats.start();
        thread.start();
    }

    /** The present services. */
    public Services services() {
        return services;
    }

    /** Calls {@code listener} on this object's thread whenever the present services change. */
    public void onChange(Consumer<Services> listener) {
        listeners.add(listener);
    }

    /** Calls {@code listener} on this object's thread with each report of another instance of this service. */
    public void onPeer(Consumer<ServiceInstance> listener) {
        peers.add(listener);
    }

    /** Reports that this instance leaves. Must be called once it makes no more decisions. */
    @Override
    public void close() {
        beats.close();
        stopped.countDown();
        KafkaConsumer<String, byte[]> consumer = running;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (var admin = Admin.create(KafkaProperties.admin(config))) {
                TopicSetup.ensure(admin, Topic.SERVICES, config.partitions());
                admin.close(Duration.ZERO);
                read();
            } catch (WakeupException e) {
                LOG.debug("Listening ends.");
            } catch (InterruptedException e) {
                return;
            } catch (KafkaException | IllegalStateException | ExecutionException e) {
                LOG.debugf("Listening failed and will be retried: %s", e.getMessage());
                retryLater();
            }
        }
    }

    private void read() throws InterruptedException {
        try (var consumer = new KafkaConsumer<String, byte[]>(KafkaProperties.beatConsumer(config))) {
            running = consumer;
            consumer.assign(Set.of(BEATS));
            consumer.seekToBeginning(Set.of(BEATS));
            boolean spoken;
            do {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                boolean news = false;
                for (ConsumerRecord<String, byte[]> record : records) {
                    news |= take(record);
                }
                boolean judged = deafness.judge(System.nanoTime());
                announce(news || judged);
                spoken = !records.isEmpty();
            } while (!stopped.await(spoken ? TOGETHER_MS : 0, TimeUnit.MILLISECONDS));
        }
    }

    private boolean take(ConsumerRecord<String, byte[]> record) {
        Entry entry = Entry.of(Topic.SERVICES, record);
        if (entry.key() == null) {
            return false;
        }
        deafness.heard(System.nanoTime());
        if (entry.value() == null) {
            synchronized (roll) {
                return roll.dropped(entry.key());
            }
        }
        try {
            ServiceInstance said = EventJson.read(entry, ServiceInstance.class);
            if (!Services.KNOWN.contains(said.service()) && !isOurs(said)) {
                return false;
            }
            measure(said.service());
            if (said.service().equals(config.service()) && !isOurs(said)) {
                peers.forEach(listener -> listener.accept(said));
            }
            synchronized (roll) {
                boolean news = roll.heard(said, entry.timestamp());
                return (isOurs(said) && echoed()) || news;
            }
        } catch (UnreadableEvent e) {
            LOG.debugf("Unreadable beat: %s", e.getMessage());
            return false;
        }
    }

    private boolean isOurs(ServiceInstance said) {
        return said.key().equals(beats.key()) && said.startedAt().equals(beats.startedAt());
    }

    private boolean echoed() {
        long now = System.nanoTime();
        Instant time = Instant.now();
        deafness.echoed(now, time);
        boolean news = roll.echo(now, time);
        roll.expired(beats.key()).forEach(beats::bury);
        return news;
    }

    private void announce(boolean news) {
        Services before = services;
        synchronized (roll) {
            services = roll.services(deafness.found());
        }
        if (news) {
            say(before, services);
            listeners.forEach(this::tell);
        }
    }

    /** An error in one listener must not affect the others. */
    private void tell(Consumer<Services> listener) {
        try {
            listener.accept(services);
        } catch (RuntimeException e) {
            LOG.errorf(e, "A listener failed on the present services; it is called again with the next change.");
        }
    }

    /** Logs the loss and the return of a service, once each. */
    private void say(Services before, Services now) {
        if (now.deaf() != null) {
            return; // the readers log that
        }
        sayDoubts(before.doubts(), now.doubts());
        now.seen().forEach((name, seen) -> {
            Services.ServicePresence then = before.seen().get(name);
            boolean was = then != null && then.absence() != null;
            if (seen.absence() != null && !was) {
                LOG.warnf("Service missing: %s.", seen.absence().words());
            } else if (seen.absence() == null && was) {
                LOG.infof("Service present again: %s.", name);
            }
        });
    }

    /** Logs the beginning and the end of doubts, once each. A gateway logs more itself. */
    private void sayDoubts(List<String> before, List<String> now) {
        if (config.service().equals(Services.SWITCH_GATEWAY) || before.isEmpty() == now.isEmpty()) {
            return;
        }
        if (now.isEmpty()) {
            LOG.info("No switch-gateway doubts Kafka's data any longer.");
        } else {
            LOG.warnf("Not ready: %s", String.join(" ", now));
        }
    }

    private void retryLater() {
        announce(deafness.judge(System.nanoTime()));
        try {
            if (stopped.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
                LOG.debug("Listening was stopped.");
            }
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }
}
