package io.vlink.operator.network;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vlink.operator.pod.AddressRange;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Assigns and releases addresses in the status of networks. Each write requires the version that was read. */
@Singleton
public final class AddressBook {

    private static final int TRIES = 20;

    private final KubernetesClient client;
    private final Clock clock;

    AddressBook(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Assigns addresses to a pod. With {@code dryRun}, only returns the addresses that would be assigned now. */
    public AddressClaims.Result give(
            L2Network network,
            AddressRange range,
            List<String> stated,
            AddressClaims.AddressOwner owner,
            boolean dryRun) {
        L2Network read = network;
        for (int i = 0; i < TRIES; i++) {
            AddressClaims.Result result =
                    AddressClaims.of(read.getStatus()).give(range, stated, owner, clock.instant());
            if (dryRun || !(result instanceof AddressClaims.Result.Given given) || write(read, given.claims())) {
                return result;
            }
            L2Network fresh = fresh(network);
            if (fresh == null) {
                return new AddressClaims.Result.Denied("it was deleted while the pod was being admitted");
            }
            read = fresh;
        }
        return new AddressClaims.Result.Denied("too many pods request its addresses at the same time; try again");
    }

    /** Applies a change to the claims of a network; writes nothing if they stay the same. */
    void change(L2Network network, UnaryOperator<AddressClaims> change) {
        L2Network read = network;
        for (int i = 0; i < TRIES && read != null; i++) {
            AddressClaims before = AddressClaims.of(read.getStatus());
            AddressClaims after = change.apply(before);
            if (after.equals(before) || write(read, after)) {
                return;
            }
            read = fresh(network);
        }
    }

    private @Nullable L2Network fresh(L2Network network) {
        return client.resource(network).get();
    }

    private boolean write(L2Network read, AddressClaims claims) {
        L2Network changed = new L2Network();
        changed.setMetadata(read.getMetadata());
        changed.setSpec(read.getSpec());
        L2NetworkStatus status = read.getStatus() == null ? L2NetworkStatus.empty() : read.getStatus();
        String given = claims.last();
        changed.setStatus(status.withAddresses(given, claims.all()));
        try {
            L2Network unused = client.resource(changed).updateStatus();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
