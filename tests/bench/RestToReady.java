import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;

/**
 * How long it takes from the POST of a network, whose two workloads are attached already, until its answer says Ready; and from its DELETE until every switch confirmed that nothing is left.
 * One vlink at a time, against a running {@code ./vlink demo} whose sample it takes over: the ends are its workloads ping and pong.
 *
 * <pre>
 *   java tests/bench/RestToReady.java [measured=500] [warm-up=1000] [api=http://127.0.0.1:8080]
 * </pre>
 */
public class RestToReady {

    private static final String NETWORKS = "/v1/namespaces/default/networks";
    private static final String SAMPLE =
            """
            {"name": "vlink-sample", "type": "vlink",
             "path": {"fromEndpoint": "node-a", "toEndpoint": "node-e", "links": ["link-ac", "link-cd", "link-de"],
                      "capabilities": {"bandwidthBits": "20M", "latencyNanos": "8e5"}},
             "reversePath": {"fromEndpoint": "node-e", "toEndpoint": "node-a", "links": ["link-ed", "link-db", "link-ba"]}}""";

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String api;

    RestToReady(String api) {
        this.api = api;
    }

    public static void main(String[] args) throws Exception {
        int measured = args.length > 0 ? Integer.parseInt(args[0]) : 500;
        int warmUp = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        RestToReady bench = new RestToReady(args.length > 2 ? args[2] : "http://127.0.0.1:8080");
        bench.delete();
        bench.rounds(warmUp, null, null, null);
        long[] floor = new long[measured];
        long[] ready = new long[measured];
        long[] gone = new long[measured];
        bench.rounds(measured, floor, ready, gone);
        bench.post();
        double httpFloor = percentile(floor, 50);
        System.out.printf(Locale.ROOT, "%d vlinks one at a time, after %d to warm up; milliseconds%n", measured, warmUp);
        System.out.printf("%-28s %8s %8s %8s %8s %14s%n", "", "min", "p50", "p99", "max", "p50 / floor");
        print("GET of a node (the floor)", floor, httpFloor);
        print("POST until Ready", ready, httpFloor);
        print("DELETE until gone", gone, httpFloor);
    }

    private void rounds(int count, long[] floor, long[] ready, long[] gone) throws Exception {
        for (int i = 0; i < count; i++) {
            long a = System.nanoTime();
            send(HttpRequest.newBuilder(URI.create(api + "/v1/overlays/default/nodes/node-a")).GET(), "node-a");
            long b = System.nanoTime();
            post();
            long c = System.nanoTime();
            delete();
            long d = System.nanoTime();
            if (ready != null) {
                floor[i] = b - a;
                ready[i] = c - b;
                gone[i] = d - c;
            }
        }
    }

    private void post() throws Exception {
        send(
                HttpRequest.newBuilder(URI.create(api + NETWORKS))
                        .header("Content-Type", "application/json")
                        .header("Prefer", "wait=10")
                        .POST(HttpRequest.BodyPublishers.ofString(SAMPLE)),
                "\"Ready\"");
    }

    private void delete() throws Exception {
        send(
                HttpRequest.newBuilder(URI.create(api + NETWORKS + "/vlink-sample"))
                        .header("Prefer", "wait=10")
                        .DELETE(),
                "");
    }

    private void send(HttpRequest.Builder request, String expected) throws Exception {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300 || !response.body().contains(expected)) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
    }

    private static void print(String what, long[] nanos, double floor) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.2f %8.2f %8.2f %8.2f %14.1f%n",
                what,
                nanos[0] / 1e6,
                percentile(nanos, 50) / 1e6,
                percentile(nanos, 99) / 1e6,
                nanos[nanos.length - 1] / 1e6,
                percentile(nanos, 50) / floor);
    }

    private static double percentile(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
