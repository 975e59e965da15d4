package io.vlink.operator.webhook;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate for the webhook and the authority that signed it, as PEM. The authority's key is discarded at once: a
 * renewal creates another authority, and the API server trusts both while they overlap.
 *
 * @param authority the certificates that the API server is to trust: the newest authority, then the one before
 */
record Certificates(String authority, String certificate, String key) {

    private static final Duration SKEW = Duration.ofHours(1);
    private static final int SERIAL_BITS = 120;
    private static final int RENEWAL_SHARE = 3;

    /** Creates both. {@code before} stays trusted, for operators that still show the previous certificate. */
    static Certificates issue(List<String> names, Duration validity, Instant now, String before) {
        try {
            KeyPair authorityKey = keyPair();
            X500Name authorityName = new X500Name("CN=vlink-webhook-ca");
            X509Certificate authority = sign(
                    authorityName, authorityKey.getPrivate(), authorityName, authorityKey, validity, now, List.of());
            KeyPair key = keyPair();
            X509Certificate certificate = sign(
                    authorityName,
                    authorityKey.getPrivate(),
                    new X500Name("CN=vlink-webhook"),
                    key,
                    validity,
                    now,
                    names);
            return new Certificates(
                    pem(authority) + firstOf(before),
                    pem(certificate),
                    pem(new JcaPKCS8Generator(key.getPrivate(), null)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("Cannot create a certificate: " + e.getMessage(), e);
        }
    }

    /** Returns the time to renew the certificate: when a third of its validity is left. */
    Instant renewal() {
        X509Certificate parsed = parse(certificate);
        Instant from = parsed.getNotBefore().toInstant();
        Instant to = parsed.getNotAfter().toInstant();
        return to.minus(Duration.between(from, to).dividedBy(RENEWAL_SHARE));
    }

    private static X509Certificate sign(
            X500Name issuer,
            PrivateKey by,
            X500Name subject,
            KeyPair key,
            Duration validity,
            Instant now,
            List<String> names)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, new SecureRandom()),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(validity)),
                subject,
                key.getPublic());
        boolean authority = names.isEmpty();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
        if (!authority) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(names.stream()
                            .map(name -> new GeneralName(
                                    name.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, name))
                            .toArray(GeneralName[]::new)));
        }
        X509CertificateHolder signed = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by));
        return new JcaX509CertificateConverter().getCertificate(signed);
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    private static String firstOf(String bundle) throws IOException {
        return bundle.isBlank() ? "" : pem(parse(bundle));
    }

    private static X509Certificate parse(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof X509CertificateHolder holder) {
                return new JcaX509CertificateConverter().getCertificate(holder);
            }
            throw new IllegalArgumentException("The PEM text contains no certificate.");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("Cannot read the certificate: " + e.getMessage(), e);
        }
    }
}
