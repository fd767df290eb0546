package gatehouse.testkit.phones;

import gatehouse.testkit.PnpPhone;
import gatehouse.testkit.ProvisionedAccount;
import gatehouse.testkit.phones.Maker.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * One phone of some maker: finds its files, fetches them in its maker's order, reads its account from them, registers, and fetches again when
 * it is told to. It has a flash memory: what it fetched and where outlives {@link #powerOff}. One thread boots it at a time.
 */
public final class SimulatedPhone implements AutoCloseable {
    private static final Pattern OWN_FOLDER = Pattern.compile("provision/([a-z0-9]{26})/");
    private static final Pattern DIRECTORY = Pattern.compile("(https?://)?([0-9.]+:[0-9]+/provision/[a-z0-9]{26}/phonebook(?:/[^\"<\\s]*)?)");
    private static final String LAST_BOOT = "Wed, 25 Nov 2026 08:00:00 GMT";

    /** @param pnp the group's port; @param starter what DHCP tells; @param tftp the server's port */
    public record Network(int pnp, String starter, int tftp) { }

    /** What a boot came to. @param fetched files that came whole; @param unchanged that were known already; @param missing that are not there */
    public record Boot(List<String> fetched, List<String> unchanged, List<String> missing) { }

    private record Known(String tag, String text) { }

    private final Maker maker;
    private final String mac;
    private final InetAddress here;
    private final Map<String, Known> flash = new HashMap<>();
    private final AtomicInteger orders = new AtomicInteger();
    private final List<String> events = new ArrayList<>();
    private String server = "";
    private SipLine line;
    private Throwable trouble;

    /** @param mac twelve lower-case hex digits; @param address its own, of loopback */
    public SimulatedPhone(Maker maker, String mac, String address) {
        this.maker = maker;
        this.mac = mac;
        try {
            this.here = InetAddress.getByName(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String mac() {
        return mac;
    }

    public Maker maker() {
        return maker;
    }

    /** Somebody types the address of its folder into its page. */
    public SimulatedPhone typed(String folder) {
        server = folder;
        return this;
    }

    /** Power on: up to where it is registered. @throws AssertionError when it does not get there */
    public Boot boot(Network network) throws IOException, InterruptedException {
        if (server.isEmpty() && maker.way() != Way.DHCP_TFTP) {
            server = found(network);
        }
        var texts = new ArrayList<String>();
        var boot = server.isEmpty() ? byTftp(network.tftp, texts) : byHttp(texts);
        texts.stream().map(OWN_FOLDER::matcher).filter(java.util.regex.Matcher::find).findFirst()
                .ifPresent(folder -> server = network.starter.replaceAll("/provision/.*", "/provision/" + folder.group(1) + "/"));
        var account = texts.stream().map(maker::accountIn).filter(java.util.Objects::nonNull).findFirst()
                .orElseThrow(() -> new AssertionError(maker + " found no account in " + boot));
        up(account);
        return boot;
    }

    private String found(Network network) throws IOException {
        if (maker.way() == Way.DHCP_HTTP) {
            return network.starter;
        }
        try (var pnp = new PnpPhone(network.pnp, here.getHostAddress())) {
            var callId = UUID.randomUUID().toString();
            var told = pnp.ask(maker.way() == Way.PNP_SNOM ? pnp.snom(mac, callId) : pnp.yealink(mac, callId));
            return PnpPhone.body(told.stream().filter(message -> message.startsWith("NOTIFY")).findFirst()
                    .orElseThrow(() -> new AssertionError("Nobody told " + maker + " where its files are: " + told)));
        }
    }

    private Boot byTftp(int port, List<String> texts) throws IOException {
        var boot = new Boot(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (var client = new FileClient(here)) {
            for (var ask : maker.asks()) {
                var file = maker.filled(ask, mac);
                client.tftp(port, file).ifPresentOrElse(text -> {
                    boot.fetched.add(file);
                    flash.put(file, new Known("", text));
                    texts.add(text);
                }, () -> boot.missing.add(file));
            }
        }
        return boot;
    }

    /** Each file once; what a file leads to comes right after it, as phones do it. */
    private Boot byHttp(List<String> texts) throws IOException {
        var boot = new Boot(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var asks = new ArrayDeque<String>();
        maker.asks().forEach(ask -> asks.add(maker.filled(ask, mac)));
        var seen = new ArrayList<String>();
        try (var client = new FileClient(here)) {
            while (!asks.isEmpty()) {
                var ask = asks.poll();
                var url = URI.create(ask.startsWith("http") ? ask : server + ask);
                var name = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
                if (!seen.contains(name)) {
                    seen.add(name);
                    var text = get(client, url, name, boot);
                    if (!text.isEmpty()) {
                        texts.add(text);
                        maker.further(text).reversed().forEach(asks::addFirst);
                    }
                }
            }
            for (var log : maker.logs()) {
                client.http("PUT", URI.create(server + maker.filled(log, mac)), agent(), "", "booted\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        return boot;
    }

    private String get(FileClient client, URI url, String name, Boot boot) throws IOException {
        var known = flash.get(name);
        var condition = known == null ? "" : switch (maker.memory()) {
            case OWN_DIGEST -> "";
            case TAG -> "If-None-Match: " + known.tag + "\r\n";
            case TIME -> "If-Modified-Since: " + LAST_BOOT + "\r\n";
        };
        var reply = client.http("GET", url, agent(), condition, new byte[0]);
        switch (reply.status()) {
            case 200 -> {
                boot.fetched.add(name);
                flash.put(name, new Known(reply.headers().getOrDefault("etag", ""), reply.body()));
                return reply.body();
            }
            case 304 -> {
                boot.unchanged.add(name);
                return known.text;
            }
            case 404 -> boot.missing.add(name);
            default -> throw new AssertionError(maker + " got " + reply.status() + " for " + url);
        }
        return "";
    }

    private String agent() {
        return maker.filled(maker.agent(), mac);
    }

    private void up(ProvisionedAccount account) throws IOException, InterruptedException {
        powerOff();
        line = new SipLine(here, account, maker.name() + " " + mac, mac, maker.proves(), this::ordered);
        line.register();
    }

    private void ordered(String event) {
        synchronized (events) {
            events.add(event);
        }
        Thread.ofVirtual().start(() -> {
            try {
                byHttp(new ArrayList<>());
                orders.incrementAndGet();
            } catch (IOException | RuntimeException | AssertionError e) {
                trouble = e;
            }
        });
    }

    /** How often it fetched its files because it was told to. */
    public int ordersDone() {
        if (trouble != null) {
            throw new AssertionError(maker + " could not do as it was told", trouble);
        }
        return orders.get();
    }

    /** The SIP events by which it was told. */
    public List<String> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** Where its files say that it may look up numbers. A server's path alone is one of Grandstream's, which asks for phonebook.xml there. */
    public List<URI> directories() {
        return flash.values().stream().flatMap(known -> DIRECTORY.matcher(known.text).results()).map(found -> {
            var address = (found.group(1) == null ? "http://" : found.group(1)) + found.group(2);
            return URI.create((address.endsWith("/phonebook") ? address + "/phonebook.xml" : address).replace("&amp;", "&"));
        }).distinct().toList();
    }

    /** What it shows when somebody looks there. @throws AssertionError when there is nothing */
    public String lookUp(URI directory) throws IOException {
        try (var client = new FileClient(here)) {
            var reply = client.http("GET", directory, agent(), "", new byte[0]);
            if (reply.status() != 200) {
                throw new AssertionError(maker + " got " + reply.status() + " for " + directory);
            }
            return reply.body();
        }
    }

    /** For comparison: as many requests as a boot has, of the kind that costs the box nothing – redirects, and OPTIONS for REGISTER. It has to be up. */
    public void idle(int files) throws IOException, InterruptedException {
        try (var client = new FileClient(here)) {
            for (int i = 0; i < files; i++) {
                client.http("GET", URI.create(server).resolve("/"), agent(), "", new byte[0]);
            }
        }
        line.options();
        line.options();
    }

    /** It says nothing, as phones whose power is cut. */
    public void powerOff() {
        if (line != null) {
            line.close();
            line = null;
        }
    }

    @Override
    public void close() {
        powerOff();
    }
}
