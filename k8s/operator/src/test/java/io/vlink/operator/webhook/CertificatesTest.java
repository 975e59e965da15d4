package io.vlink.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CertificatesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration VALIDITY = Duration.ofDays(90);

    @Test
    void isSignedByItsAuthorityForItsNamesAndRenewedInTime() throws Exception {
        // When
        Certificates made =
                Certificates.issue(List.of("vlink-operator.vlink-system.svc", "127.0.0.1"), VALIDITY, NOW, "");

        // Then
        X509Certificate certificate = parse(made.certificate()).iterator().next();
        certificate.verify(parse(made.authority()).iterator().next().getPublicKey());
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .containsExactly("vlink-operator.vlink-system.svc", "127.0.0.1");
        assertThat(made.renewal()).isBetween(NOW.plus(Duration.ofDays(59)), NOW.plus(Duration.ofDays(60)));
        assertThat(made.key()).startsWith("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void trustsThePreviousAuthorityButNoneOlder() throws CertificateException {
        Certificates first = Certificates.issue(List.of("a"), VALIDITY, NOW, "");
        Certificates second = Certificates.issue(List.of("a"), VALIDITY, NOW, first.authority());
        Certificates third = Certificates.issue(List.of("a"), VALIDITY, NOW, second.authority());

        assertThat(parse(second.authority())).hasSize(2).containsAll(parse(first.authority()));
        assertThat(parse(third.authority())).hasSize(2).doesNotContainAnyElementsOf(parse(first.authority()));
    }

    private static Collection<X509Certificate> parse(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }
}
