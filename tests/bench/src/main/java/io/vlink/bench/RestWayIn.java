package io.vlink.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Sends all requests in one call of {@code /v1/bulk}. */
record RestWayIn(Suite suite) implements WayIn {

    @Override
    public void send(List<Sample.SampleRequest> requests) throws IOException {
        try (HttpConnection connection = new HttpConnection(suite.apiPort())) {
            String body = requests.stream().map(Sample.SampleRequest::json).collect(Collectors.joining("\n"));
            List<String> results = connection
                    .post("/v1/bulk", "Content-Type: application/x-ndjson\r\n", body)
                    .mustBe("")
                    .body()
                    .lines()
                    .toList();
            if (results.size() != requests.size()) {
                throw new IOException("%d requests got %d results.".formatted(requests.size(), results.size()));
            }
            for (String result : results) {
                if (!Watch.member(result.getBytes(StandardCharsets.UTF_8), "status")
                        .startsWith("2")) {
                    throw new IOException("Not granted: " + result);
                }
            }
        }
    }
}
