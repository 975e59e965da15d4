#!/usr/bin/env bash
# Operator.stop() of java-operator-sdk lets running reconciliations end (withReconciliationTerminationTimeout). One would expect
# that they still see the cluster as it was. But before it waits for them, it stops the event sources, and a stopped informer event
# source has an empty cache: Context.getSecondaryResources returns an empty set, as if each secondary resource were deleted.
# A reconciler that then acts on it takes away what it should keep.
set -euo pipefail

readonly VERSION=5.3.2 MOCK=7.6.1

fail() {
  echo "CHANGED: $*" >&2
  exit 1
}

TEMP=$(mktemp -d)
trap 'rm -rf "$TEMP"' EXIT

cat >"$TEMP/pom.xml" <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>io.javaoperatorsdk</groupId><artifactId>operator-framework-core</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>io.fabric8</groupId><artifactId>kubernetes-server-mock</artifactId><version>$MOCK</version></dependency>
  </dependencies>
</project>
END
mvn --batch-mode --quiet -Dstyle.color=never --file "$TEMP/pom.xml" -Dmaven.repo.local="$TEMP/repository" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$TEMP/lib"

cat >"$TEMP/Finding.java" <<'END'
import io.fabric8.kubernetes.api.model.*;
import io.fabric8.kubernetes.client.*;
import io.fabric8.kubernetes.client.server.mock.*;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Utils;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;

/** A ConfigMap and its Secret: a reconciliation looks for the Secret, waits as for a slow call, and looks again. */
public class Finding {

    static final CountDownLatch RUNNING = new CountDownLatch(1);
    static final CountDownLatch ANSWERED = new CountDownLatch(1);
    static final CountDownLatch DONE = new CountDownLatch(1);

    @ControllerConfiguration
    static class Maps implements Reconciler<ConfigMap> {
        volatile InformerEventSource<Secret, ConfigMap> secrets;

        @Override
        public List<EventSource<?, ConfigMap>> prepareEventSources(EventSourceContext<ConfigMap> context) {
            secrets = new InformerEventSource<>(
                    InformerEventSourceConfiguration.from(Secret.class, ConfigMap.class)
                            .withSecondaryToPrimaryMapper(secret -> Set.of(new ResourceID("one", "default")))
                            .build(),
                    context);
            return List.of(secrets);
        }

        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap map, Context<ConfigMap> context) throws Exception {
            if (RUNNING.getCount() > 0) {
                System.out.println("before the stop: " + seen(context));
                RUNNING.countDown();
                ANSWERED.await();
                System.out.println("after the stop has begun: " + seen(context));
                DONE.countDown();
            }
            return UpdateControl.noUpdate();
        }

        static String seen(Context<ConfigMap> context) {
            return context.getSecondaryResources(Secret.class).size() + " secrets";
        }
    }

    public static void main(String... none) throws Exception {
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        var server = new KubernetesMockServer(
                new io.fabric8.mockwebserver.Context(), new MockWebServer(), responses, new KubernetesCrudDispatcher(), false);
        server.init();
        try (KubernetesClient client = server.createClient()) {
            var meta = new ObjectMetaBuilder().withNamespace("default").withName("one").build();
            client.resource(new SecretBuilder().withMetadata(meta).build()).create();
            client.resource(new ConfigMapBuilder().withMetadata(meta).build()).create();
            System.out.println("java-operator-sdk " + Utils.VERSION.getSdkVersion());
            var operator = new Operator(overrider -> overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withReconciliationTerminationTimeout(Duration.ofSeconds(20)));
            var maps = new Maps();
            operator.register(maps);
            operator.start();
            if (!RUNNING.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing was reconciled");
            }
            Thread stop = new Thread(operator::stop);
            stop.start();
            while (maps.secrets.isRunning()) {
                Thread.onSpinWait();
            }
            stop.join(1_000); // it waits for the reconciliation
            ANSWERED.countDown();
            System.out.println("the reconciliation ended: " + DONE.await(30, TimeUnit.SECONDS));
            System.out.println("in the cluster: " + client.secrets().inNamespace("default").list().getItems().size() + " secrets");
            stop.join();
        }
        System.exit(0);
    }
}
END
timeout 120 java -cp "$TEMP/lib/*" "$TEMP/Finding.java" >"$TEMP/seen" 2>"$TEMP/log" || {
  tail -n 30 "$TEMP/log" >&2
  fail "it does not run"
}
cat "$TEMP/seen"
for line in "before the stop: 1 secrets" "after the stop has begun: 0 secrets" "the reconciliation ended: true" "in the cluster: 1 secrets"; do
  grep -qxF "$line" "$TEMP/seen" || fail "not seen: $line"
done
echo "As found: Operator.stop() empties the caches of secondary resources while a reconciliation still runs."
