package io.vlink.operator.pod;

import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a network assigns: all of {@code range} except the subnet's first address (the network) and, in
 * IPv4, its last address (broadcast). Each gets the subnet's mask.
 */
public record AddressRange(Cidr subnet, Cidr range) {

    /**
     * Returns the range of a network's spec; null if it assigns no addresses. The API server has validated both texts.
     */
    public static @Nullable AddressRange of(@Nullable String networkCIDR, @Nullable String podAddressRange) {
        Cidr subnet = networkCIDR == null ? null : Cidr.parse(networkCIDR);
        if (subnet == null) {
            return null;
        }
        Cidr range = podAddressRange == null ? null : Cidr.parse(podAddressRange);
        return new AddressRange(subnet, range == null ? subnet : range);
    }

    /**
     * Returns the next free address after {@code last}, so the address released last is reused last; null if all are
     * taken.
     */
    public @Nullable String next(Set<String> taken, @Nullable String last) {
        BigInteger low = range.first().equals(subnet.first()) && reservesEnds()
                ? range.first().add(BigInteger.ONE)
                : range.first();
        BigInteger high = range.last().equals(subnet.last()) && reservesEnds() && range.bits() == 32
                ? range.last().subtract(BigInteger.ONE)
                : range.last();
        BigInteger size = high.subtract(low).add(BigInteger.ONE);
        if (size.signum() <= 0) {
            return null;
        }
        Cidr before = last == null ? null : Cidr.parse(last + "/" + range.bits());
        BigInteger start = before == null ? low : before.address().add(BigInteger.ONE);
        // At most one address more than the taken ones has to be checked.
        BigInteger tries = size.min(BigInteger.valueOf(taken.size() + 1L));
        for (BigInteger i = BigInteger.ZERO; i.compareTo(tries) < 0; i = i.add(BigInteger.ONE)) {
            String candidate = Cidr.text(low.add(start.add(i).subtract(low).mod(size)), range.bits());
            if (!taken.contains(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * Returns why a pod cannot have an address that it states; null if it can. The address may be outside {@code range},
     * which is only for those that are assigned.
     */
    public @Nullable String refusal(Cidr stated) {
        String whole = Cidr.text(subnet.first(), subnet.bits()) + "/" + subnet.prefix();
        if (stated.bits() != subnet.bits()) {
            return "its address %s and the networkCIDR %s are not both IPv4 or both IPv6"
                    .formatted(stated.host(), whole);
        }
        if (stated.address().compareTo(subnet.first()) < 0 || stated.address().compareTo(subnet.last()) > 0) {
            return "its address %s is outside the networkCIDR %s".formatted(stated.host(), whole);
        }
        if (stated.prefix() != subnet.prefix()) {
            return "its address %s has another prefix length than the networkCIDR %s; write %s"
                    .formatted(stated.host(), whole, withMask(stated.host()));
        }
        if (reservesEnds() && stated.address().equals(subnet.first())) {
            return "its address %s is that of the subnet %s itself".formatted(stated.host(), whole);
        }
        if (reservesEnds() && subnet.bits() == 32 && stated.address().equals(subnet.last())) {
            return "its address %s is the broadcast address of %s".formatted(stated.host(), whole);
        }
        return null;
    }

    /** Returns whether the subnet has reserved addresses: not in /31, /32, /127 and /128 (RFC 3021, RFC 6164). */
    private boolean reservesEnds() {
        return subnet.bits() - subnet.prefix() > 1;
    }

    /** Returns an address with the mask of the subnet, as Multus requires. */
    public String withMask(String address) {
        return address + "/" + subnet.prefix();
    }

    @Override
    public String toString() {
        return "%s to %s".formatted(Cidr.text(range.first(), range.bits()), Cidr.text(range.last(), range.bits()));
    }
}
