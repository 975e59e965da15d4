package io.vlink.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to network-api and explains failures. Uses {@link HttpURLConnection}: a command with one or two
 * calls is done before {@code java.net.http} has started its threads (docs/decisions/0009).
 */
final class Connections {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final URI base;
    private final @Nullable SSLSocketFactory trusted;

    Connections(URI base, @Nullable Path authorities) {
        this.base = base;
        this.trusted = authorities == null ? null : trusting(authorities);
    }

    HttpURLConnection open(String method, String path, Duration patience) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        if (trusted != null && connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(trusted);
        }
        connection.setRequestMethod(method);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        return connection;
    }

    UnreachableException unreachable(IOException e) {
        return new UnreachableException("Cannot reach %s: %s".formatted(base, words(e)), e);
    }

    private static String words(IOException e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return switch (e) {
            case UnknownHostException unknown -> "the host name is unknown.";
            case ConnectException refused ->
                "nothing accepts connections there (%s). Check that the suite is up (./vlink status) and that this is its port (--api, VLINK_API, VLINK_API_PORT)."
                        .formatted(said);
            case NoRouteToHostException noRoute -> "there is no route to the host.";
            case SocketTimeoutException late -> "it did not answer in time.";
            case SSLException insecure
            when said.contains("PKIX") || said.contains("trustAnchors") ->
                "its certificate is not signed by a trusted authority; name the authority with --ca FILE.";
            case SSLException insecure
            when said.contains("plaintext") || said.contains("Unsupported or unrecognized") ->
                "it does not use TLS; try http:// instead of https://.";
            case SSLException insecure -> "the TLS connection failed: %s".formatted(said);
            default -> "%s.".formatted(said);
        };
    }

    /** Returns a factory that trusts only the authorities of a PEM file. */
    private static SSLSocketFactory trusting(Path authorities) {
        try (InputStream pem = Files.newInputStream(authorities)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new IllegalArgumentException(
                        "The file of --ca (%s) contains no certificate. A PEM file is required."
                                .formatted(authorities));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("The file of --ca (%s) does not exist.".formatted(authorities), e);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "Cannot read the file of --ca (%s) as PEM: %s".formatted(authorities, e.getMessage()), e);
        }
    }
}
