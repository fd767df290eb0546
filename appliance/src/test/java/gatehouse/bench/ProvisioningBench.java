package gatehouse.bench;

import gatehouse.testkit.Box;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Power comes back and every phone of the building fetches its files at once, over plain HTTP, a connection a phone. */
final class ProvisioningBench {
    private static final int PHONES = 1_000;

    private ProvisioningBench() {
    }

    static void run() throws Exception {
        try (var box = Box.start()) {
            var urls = phones(box);
            for (int boot = 1; boot <= 3; boot++) {
                report("boot " + boot + ", three files a phone", urls, 3, path -> path);
                report("reference: as many redirects, which cost nothing", urls, 3, _ -> "/");
            }
        }
    }

    private static List<URI> phones(Box box) {
        var urls = new ArrayList<URI>();
        var user = box.user("101");
        for (int i = 0; i < PHONES; i++) {
            urls.add(URI.create(box.admin().post("/users/" + user + "/phones", Box.aPhone("0015650%05x".formatted(i), "yealink.ph.xml", "T46S")).expect(201)
                    .get("url").asText()));
        }
        return urls;
    }

    private interface Path {
        String of(String path);
    }

    private static void report(String what, List<URI> urls, int files, Path path) throws Exception {
        var started = System.nanoTime();
        long bytes = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var fetched = new ArrayList<Future<Long>>();
            urls.forEach(url -> fetched.add(threads.submit(() -> fetch(url, files, path))));
            for (var one : fetched) {
                bytes += one.get();
            }
        }
        var seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf("%-50s %5d phones %6.2f s %8.0f files/s %6.1f MB%n", what, urls.size(), seconds, urls.size() * files / seconds, bytes / 1e6);
    }

    private static long fetch(URI url, int files, Path path) throws IOException {
        long bytes = 0;
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            var in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < files; i++) {
                socket.getOutputStream().write(("GET " + path.of(url.getPath()) + " HTTP/1.1\r\nHost: " + url.getHost() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                bytes += body(in);
            }
        }
        return bytes;
    }

    private static int body(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var c = in.read();
            if (c < 0) {
                throw new IOException("The box hung up after " + head);
            }
            head.append((char) c);
        }
        if (head.indexOf("HTTP/1.1 200") != 0 && head.indexOf("HTTP/1.1 307") != 0) {
            throw new IOException("The box refused: " + head);
        }
        var at = head.toString().toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16;
        var length = Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)));
        return in.readNBytes(length).length;
    }
}
