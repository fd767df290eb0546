package gatehouse.testkit;

import gatehouse.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store that also notes how SQLite goes about each question it is asked: the lines of EXPLAIN QUERY PLAN. */
public final class ExplainedStore implements Store {
    private final Store store;
    private final List<String> plans = new ArrayList<>();

    public ExplainedStore(Store store) {
        this.store = store;
    }

    /** What was noted since the last time, a line a step. */
    public List<String> plans() {
        var noted = List.copyOf(plans);
        plans.clear();
        return noted;
    }

    @Override
    public <T> T write(Work<T> work) {
        return store.write(work);
    }

    @Override
    public <T> T read(Work<T> work) {
        return store.read(tx -> work.in(new Explaining(tx)));
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Explaining implements Tx {
        private final Tx tx;

        Explaining(Tx tx) {
            this.tx = tx;
        }

        @Override
        public <T> List<T> list(String sql, Row<T> row, Object... arguments) {
            plans.addAll(tx.list("EXPLAIN QUERY PLAN " + sql, step -> step.getString("detail"), arguments));
            return tx.list(sql, row, arguments);
        }

        @Override
        public <T> Optional<T> one(String sql, Row<T> row, Object... arguments) {
            return list(sql, row, arguments).stream().findFirst();
        }

        @Override
        public int run(String sql, Object... arguments) {
            return tx.run(sql, arguments);
        }

        @Override
        public void afterCommit(Runnable task) {
            tx.afterCommit(task);
        }
    }
}
