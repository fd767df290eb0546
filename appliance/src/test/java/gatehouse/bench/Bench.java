package gatehouse.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code ./gatehouse bench [name]}: each benchmark prints its figures beside a reference measured in the same run,
 * because only ratios taken together mean anything on a machine that others use too.
 */
public final class Bench {
    /** One benchmark; bounded in time, prints what it found. */
    @FunctionalInterface
    interface Benchmark {
        void run() throws Exception;
    }

    private Bench() {
    }

    private static Map<String, Benchmark> benchmarks() {
        var all = new LinkedHashMap<String, Benchmark>();
        all.put("media", MediaBench::run);
        all.put("lists", ListsBench::run);
        all.put("provisioning", ProvisioningBench::run);
        all.put("boot", BootBench::run);
        all.put("start", StartBench::run);
        return all;
    }

    public static void main(String[] names) throws Exception {
        var all = benchmarks();
        for (var name : names) {
            if (!all.containsKey(name)) {
                System.err.println("There is no benchmark " + name + "; there are " + String.join(", ", all.keySet()));
                System.exit(2);
            }
        }
        for (var name : names.length == 0 ? all.keySet().toArray(String[]::new) : names) {
            System.out.println("== " + name);
            all.get(name).run();
        }
        System.exit(0);
    }
}
