package io.vlink.operator.network;

import io.vlink.operator.network.L2NetworkStatus.AddressClaim;
import io.vlink.operator.pod.AddressRange;
import io.vlink.operator.pod.Cidr;
import io.vlink.operator.pod.NetworkPod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one network that are in use, kept in its status. A write requires the version that was read, so no
 * address is assigned twice, however many operators run. Pure.
 */
public record AddressClaims(@Nullable String last, List<AddressClaim> all) {

    public AddressClaims {
        all = List.copyOf(all);
    }

    public static AddressClaims of(@Nullable L2NetworkStatus status) {
        return new AddressClaims(
                status == null ? null : status.lastAssignedIP(),
                status == null || status.addresses() == null ? List.of() : status.addresses());
    }

    /** Returns whether some address is assigned to a pod that has not been seen yet. */
    boolean hasPromises() {
        return all.stream().anyMatch(claim -> claim.uid() == null);
    }

    /** The pod that an address is for. */
    public record AddressOwner(
            String claim, String namespace, @Nullable String pod) {}

    /** The result of {@link #give}. */
    public sealed interface Result {
        /** The addresses were assigned; {@code ips} include their masks. */
        record Given(AddressClaims claims, List<String> ips) implements Result {}

        record Denied(String reason) implements Result {}
    }

    /** Assigns a free address of the range, or the addresses that the pod states. */
    public Result give(AddressRange range, List<String> stated, AddressOwner owner, Instant now) {
        List<AddressClaim> next = new ArrayList<>(all);
        if (stated.isEmpty()) {
            Set<String> taken = all.stream().map(AddressClaim::address).collect(Collectors.toSet());
            String address = range.next(taken, last);
            if (address == null) {
                return new Result.Denied("all of its addresses (%s) are in use".formatted(range));
            }
            next.add(claim(address, owner, false, now));
            return new Result.Given(new AddressClaims(address, next), List.of(range.withMask(address)));
        }
        for (String written : stated) {
            Cidr cidr = Objects.requireNonNull(Cidr.parse(written));
            String refusal = range.refusal(cidr);
            if (refusal != null) {
                return new Result.Denied(refusal);
            }
            AddressClaim other = all.stream()
                    .filter(claim -> claim.address().equals(cidr.host()) && !claim.stated())
                    .findFirst()
                    .orElse(null);
            if (other != null) {
                return new Result.Denied(
                        "its address %s is assigned to %s; state another address, or none to have one assigned"
                                .formatted(cidr.host(), words(other, owner)));
            }
            next.add(claim(cidr.host(), owner, true, now));
        }
        return new Result.Given(new AddressClaims(last, next), stated);
    }

    /** Names the owner of an address. The name of a pod is shown only within its own namespace. */
    private static String words(AddressClaim other, AddressOwner asking) {
        if (!asking.namespace().equals(other.namespace())) {
            return "a pod in another namespace";
        }
        return other.pod() == null ? "a pod that is being admitted" : "the pod " + other.pod();
    }

    private static AddressClaim claim(String address, AddressOwner owner, boolean stated, Instant now) {
        return new AddressClaim(address, owner.claim(), owner.namespace(), owner.pod(), null, stated, now.toString());
    }

    /**
     * Returns the claims that remain for the given pods. A claim is dropped when its pod has ended or is gone and its
     * port is gone too, or when no pod appeared within {@code patience}.
     *
     * @param portThere tests whether a port of the pod with a uid is still in a switch
     */
    public AddressClaims settled(
            Collection<NetworkPod> pods, Predicate<String> portThere, Duration patience, Instant now) {
        List<AddressClaim> left = new ArrayList<>();
        for (AddressClaim claim : all) {
            NetworkPod pod = pods.stream()
                    .filter(each -> claim.claim().equals(each.claim())
                            && claim.namespace().equals(each.namespace()))
                    .findFirst()
                    .orElse(null);
            if (pod != null && !pod.ended()) {
                left.add(new AddressClaim(
                        claim.address(),
                        claim.claim(),
                        claim.namespace(),
                        pod.name(),
                        pod.uid(),
                        claim.stated(),
                        claim.since()));
            } else {
                String uid = pod == null ? claim.uid() : pod.uid();
                boolean promised =
                        uid == null && now.isBefore(Instant.parse(claim.since()).plus(patience));
                if (promised || (uid != null && portThere.test(uid))) {
                    left.add(claim);
                }
            }
        }
        return new AddressClaims(last, left);
    }
}
