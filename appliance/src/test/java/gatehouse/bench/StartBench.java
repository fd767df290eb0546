package gatehouse.bench;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.EarlyPhone;
import gatehouse.testkit.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * From the start of the process to the first REGISTER that is answered 200, and what the box holds in memory after some ten idle seconds:
 * the jar that ships with the options that ship, with and without the start-up cache in turn, beside Java's own choice of options and a
 * Java that only says its version.
 */
final class StartBench {
    private static final int ROUNDS = 5;
    private static final int IDLE_SECONDS = 12; // memory is first given back after ten
    private static final int LONGEST_SECONDS = 60;
    private static final String SECRET = "Lantern-947-oak"; // a new box has rules for passwords
    private static final String PLAIN = "Java's own options";
    private static final String COLD = "without the cache";
    private static final String QUICK = "with the cache";
    private static final Path TOP = top();
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /**
     * @param readyMillis until the banner, and 401 and 200 to a REGISTER
     * @param cpuMillis   of all its threads until then: others on the machine disturb it less
     * @param residentMegabytes 0 in rounds that do not idle
     */
    private record Start(double readyMillis, double challengedMillis, double registeredMillis, double cpuMillis,
                         double residentMegabytes, double ownMegabytes) { }

    private final Path data = Files.createTempDirectory("gatehouse-start");
    private final Ports ports = new Ports(FreePorts.one(), FreePorts.one(), FreePorts.one(), FreePorts.one(), FreePorts.range(Ports.RTP));

    private record Ports(int https, int http, int sip, int sips, int rtp) {
        static final int RTP = 2_000; // as shipped, since each open port could cost
    }

    private StartBench() throws IOException {
    }

    static void run() throws Exception {
        var bench = new StartBench();
        try {
            bench.measure();
        } finally {
            delete(bench.data);
        }
    }

    private void measure() throws Exception {
        var cache = data.resolve("gatehouse.aot");
        var trained = System.nanoTime();
        train(cache);
        System.out.printf("made the cache in %.1f s, %.0f MB%n", (System.nanoTime() - trained) / 1e9, Files.size(cache) / 1e6);
        var variants = new LinkedHashMap<String, List<String>>();
        variants.put(PLAIN, shippedOptions().stream().filter(option -> option.startsWith("--")).toList());
        variants.put(COLD, shippedOptions());
        variants.put(QUICK, Stream.concat(shippedOptions().stream(), Stream.of("-XX:AOTCache=" + cache)).toList());
        var starts = new LinkedHashMap<String, List<Start>>();
        var reference = new ArrayList<Double>();
        addUser();
        for (int round = 0; round < ROUNDS; round++) {
            reference.add(versionMillis());
            for (var variant : variants.entrySet()) {
                starts.computeIfAbsent(variant.getKey(), _ -> new ArrayList<>()).add(start(variant.getValue(), round == ROUNDS - 1));
            }
        }
        report(starts, median(reference));
    }

    private static void report(Map<String, List<Start>> starts, double reference) {
        System.out.printf("java -version with the same options: %.0f ms (the reference)%n", reference);
        System.out.printf("%-20s %9s %9s %15s %11s %11s %13s %9s%n", "medians of " + ROUNDS, "banner", "401", "200 to REGISTER",
                "÷ reference", "CPU so far", "idle resident", "of it own");
        starts.forEach((name, all) -> System.out.printf("%-20s %6.0f ms %6.0f ms %12.0f ms %11.1f %8.0f ms %10.0f MB %6.0f MB%n", name,
                median(all, Start::readyMillis), median(all, Start::challengedMillis), median(all, Start::registeredMillis),
                median(all, Start::registeredMillis) / reference, median(all, Start::cpuMillis),
                all.getLast().residentMegabytes, all.getLast().ownMegabytes));
        var cold = starts.get(COLD);
        var quick = starts.get(QUICK);
        System.out.printf("with : without the cache: %.2f of the time, %.2f of the CPU, %.2f of the memory; goals with it: under 2000 ms, 160 MB%n",
                median(quick, Start::registeredMillis) / median(cold, Start::registeredMillis),
                median(quick, Start::cpuMillis) / median(cold, Start::cpuMillis),
                quick.getLast().residentMegabytes / cold.getLast().residentMegabytes);
    }

    /** Starts on the same data each time, as a box does after a cut. */
    private Start start(List<String> options, boolean idle) throws Exception {
        var began = System.nanoTime();
        var process = launch(options, Map.of()); // a password given would be hashed first, which takes most of a second
        try (var phone = new EarlyPhone(ports.sip, "box.test", "101", SECRET)) {
            var deadline = began + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
            phone.challenged(() -> process.isAlive() && System.nanoTime() < deadline);
            var challenged = System.nanoTime();
            phone.registered(() -> process.isAlive() && System.nanoTime() < deadline);
            var registered = System.nanoTime();
            awaitBanner(process, deadline);
            var ready = System.nanoTime();
            var cpu = process.info().totalCpuDuration().orElseThrow().toMillis();
            if (idle && process.waitFor(IDLE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("It ended while idle with " + process.exitValue());
            }
            return new Start(millis(began, ready), millis(began, challenged), millis(began, registered), cpu,
                    idle ? megabytes(process, "VmRSS:") : 0, idle ? megabytes(process, "RssAnon:") : 0);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; the server said:\n" + Files.readString(log()), e);
        } finally {
            stop(process);
        }
    }

    private static double millis(long from, long to) {
        return (to - from) / 1e6;
    }

    private Process launch(List<String> options, Map<String, String> environment) throws IOException {
        var command = new ArrayList<String>(List.of(JAVA));
        command.addAll(options);
        command.addAll(List.of("-jar", jar().toString(), "--data", data.resolve("var").toString(), "--bind", "127.0.0.1", "--domain", "box.test",
                "--https-port", "" + ports.https, "--http-port", "" + ports.http, "--sip-port", "" + ports.sip, "--sips-port", "" + ports.sips,
                "--rtp-ports", ports.rtp + "-" + (ports.rtp + Ports.RTP - 1), "--board", "simulated"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_") || name.startsWith("JAVA_TOOL") || name.startsWith("JDK_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Path log() {
        return data.resolve("log");
    }

    private void awaitBanner(Process process, long deadline) throws IOException, InterruptedException {
        while (!Files.readString(log()).contains("Gatehouse is ready")) {
            if (process.waitFor(2, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException("It did not get ready");
            }
        }
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** The one extension that registers; the first start also makes keys and certificate, which later ones find. */
    private void addUser() throws Exception {
        var process = launch(shippedOptions(), Map.of("GATEHOUSE_ADMIN_PASSWORD", Box.ADMIN_PASSWORD));
        try {
            awaitBanner(process, System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS));
            new ApiClient("https://127.0.0.1:" + ports.https).signedIn("admin", Box.ADMIN_PASSWORD).post("/users",
                    Box.aUser("101").put("password", SECRET).put("extension_password", SECRET)).expect(201);
        } finally {
            stop(process);
        }
    }

    private static double versionMillis() throws Exception {
        var command = new ArrayList<String>(List.of(JAVA));
        command.addAll(shippedOptions());
        command.add("-version");
        var began = System.nanoTime();
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        process.waitFor();
        return millis(began, System.nanoTime());
    }

    private static void train(Path cache) throws Exception {
        var process = new ProcessBuilder(TOP.resolve("image/aot/train").toString(), "--java", JAVA, "--jar", jar().toString(),
                "--out", cache.toString()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("image/aot/train made no cache");
        }
    }

    private static List<String> shippedOptions() throws IOException {
        try (var lines = Files.lines(TOP.resolve("image/jvm.options"))) {
            return lines.map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
        }
    }

    private static double megabytes(Process process, String name) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(name)).findFirst()
                    .map(line -> Integer.parseInt(line.replaceAll("\\D", ""))).orElseThrow() / 1024.0;
        }
    }

    private static double median(List<Start> all, ToDoubleFunction<Start> what) {
        return median(all.stream().map(what::applyAsDouble).toList());
    }

    private static double median(List<Double> all) {
        var sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }

    private static Path jar() {
        return TOP.resolve("appliance/target/gatehouse.jar");
    }

    /** The launcher is started from anywhere; the classes lie in {@code appliance/target/test-classes}. */
    private static Path top() {
        try {
            return Path.of(StartBench.class.getProtectionDomain().getCodeSource().getLocation().toURI()).resolve("../../..").normalize();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
