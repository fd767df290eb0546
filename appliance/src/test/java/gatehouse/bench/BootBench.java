package gatehouse.bench;

import gatehouse.testkit.Box;
import gatehouse.testkit.phones.Makers;
import gatehouse.testkit.phones.SimulatedPhone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * 1,000 phones of all makers start in the same moment, box and phones on the same machine: fresh from their boxes, and after the power was
 * away for the whole building, the box included. Beside it as many requests from as many phones that cost the box nothing.
 */
final class BootBench {
    private static final int PHONES = Integer.getInteger("phones", 1_000);
    private static final int GOAL_SECONDS = 30;
    private static final int CONTACTS = 1_000;

    private BootBench() {
    }

    @FunctionalInterface
    private interface Work {
        SimulatedPhone.Boot of(SimulatedPhone phone) throws Exception;
    }

    /** @param files requests for files in all */
    private record Result(double seconds, int files, int fetched, int unchanged, int missing, List<String> failures) { }

    static void run() throws Exception {
        var phones = new ArrayList<SimulatedPhone>();
        try (var box = Box.start()) {
            var network = new SimulatedPhone.Network(0, box.httpOrigin() + "/provision/start/", 0);
            var began = System.nanoTime();
            give(box, phones);
            System.out.printf("gave %d users a phone each of %d makers in %.1f s%n", phones.size(), Makers.all().size(), (System.nanoTime() - began) / 1e9);
            report("fresh from their boxes", at(phones, phone -> phone.boot(network)), 0);
            var last = new Result(0, 0, 0, 0, 0, List.of());
            for (int cut = 1; cut <= 3; cut++) {
                phones.forEach(SimulatedPhone::powerOff);
                box.restart();
                last = at(phones, phone -> phone.boot(network));
                var each = last.files / phones.size();
                var idle = at(phones, phone -> {
                    phone.idle(each);
                    return new SimulatedPhone.Boot(List.of(), List.of(), List.of());
                });
                report("after power cut " + cut, last, idle.seconds);
                System.out.printf("%-28s %7.2f s%n", "  redirects and OPTIONS", idle.seconds);
            }
            contacts(box);
            report("each loads its directories", at(phones, BootBench::directories), 0);
            System.out.printf("online at the box: %d; goal: all within %d s on two cores%n", box.admin().get("/tenant/status").expect(200).get("online_users").asInt(),
                    GOAL_SECONDS);
            phones.forEach(SimulatedPhone::close);
        }
    }

    private static void give(Box box, List<SimulatedPhone> phones) {
        var makers = Makers.all();
        var vendors = new HashMap<String, String>();
        box.admin().get("/phone_models").expect(200).get("items").forEach(model -> vendors.put(model.get("filename").asText() + model.get("model").asText(),
                model.get("display_name").asText().replace(" " + model.get("model").asText(), "")));
        for (int i = 0; i < PHONES; i++) {
            var maker = makers.get(i % makers.size());
            var mac = "00156530%04x".formatted(i);
            var url = box.admin().post("/users/" + box.user(Integer.toString(10_000 + i)) + "/phones", Box.aPhone(mac, maker.template(), maker.model())
                    .put("vendor", vendors.get(maker.template() + maker.model()))).expect(201).get("url").asText();
            phones.add(new SimulatedPhone(maker, mac, "127.2." + i / 200 + "." + (i % 200 + 1)).typed(url.replaceAll("[^/]*$", "")));
        }
    }

    private static void contacts(Box box) {
        for (int i = 0; i < CONTACTS; i++) {
            box.admin().post("/contacts", "{\"name\": \"Contact %d of many\", \"business\": \"+49 30 %07d\", \"mobile_phone\": \"0171 %07d\"}".formatted(i, i, i)).expect(201);
        }
    }

    private static SimulatedPhone.Boot directories(SimulatedPhone phone) throws Exception {
        var read = new ArrayList<String>();
        for (var directory : phone.directories()) {
            phone.lookUp(directory);
            read.add(directory.getPath());
        }
        return new SimulatedPhone.Boot(read, List.of(), List.of());
    }

    private static Result at(List<SimulatedPhone> phones, Work work) throws InterruptedException {
        var failures = new ArrayList<String>();
        var done = new ArrayList<SimulatedPhone.Boot>();
        var began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SimulatedPhone.Boot>> all = phones.stream().map(phone -> threads.submit(() -> work.of(phone))).toList();
            for (var one : all) {
                try {
                    done.add(one.get());
                } catch (ExecutionException e) {
                    failures.add(e.getCause().toString());
                }
            }
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        int fetched = done.stream().mapToInt(boot -> boot.fetched().size()).sum();
        int unchanged = done.stream().mapToInt(boot -> boot.unchanged().size()).sum();
        int missing = done.stream().mapToInt(boot -> boot.missing().size()).sum();
        return new Result(seconds, fetched + unchanged + missing, fetched, unchanged, missing, failures);
    }

    private static void report(String what, Result result, double reference) {
        System.out.printf("%-28s %7.2f s%s  %d files sent, %d unchanged, %d not there; %d phones failed%n", what, result.seconds,
                reference == 0 ? "" : " (%.1f × redirects and OPTIONS)".formatted(result.seconds / reference), result.fetched, result.unchanged, result.missing,
                result.failures.size());
        result.failures.stream().limit(5).forEach(failure -> System.out.println("  " + failure));
    }
}
