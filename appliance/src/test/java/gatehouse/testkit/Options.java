package gatehouse.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.ApiRequest;
import gatehouse.api.Caller;
import gatehouse.api.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request with nothing but options: {@code new Options("filter", "name eq 'a'", "top", "5")}. */
public record Options(Map<String, String> options) implements ApiRequest {
    public Options(String... options) {
        this(pairs(options));
    }

    private static Map<String, String> pairs(String... options) {
        var pairs = new HashMap<String, String>();
        for (int i = 0; i < options.length; i += 2) {
            pairs.put(options[i], options[i + 1]);
        }
        return pairs;
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(options.get(name));
    }

    @Override
    public String path(String name) {
        throw new AssertionError(name);
    }

    @Override
    public ObjectNode body() {
        return Json.object();
    }

    @Override
    public Caller caller() {
        throw new AssertionError("caller");
    }

    @Override
    public String token() {
        return "";
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public String origin() {
        return "https://192.0.2.2";
    }

    @Override
    public ObjectNode filledBody() {
        throw new UnsupportedOperationException("a list has no body");
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.empty();
    }

    @Override
    public java.io.InputStream upload() {
        throw new UnsupportedOperationException("a list has no body");
    }
}
