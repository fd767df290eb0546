package gatehouse.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong, so that all of it is told at once. Belongs to one thread. */
public final class Problems {
    private final List<Problem> all = new ArrayList<>();

    public void add(Problem problem) {
        all.add(problem);
    }

    public void add(Optional<Problem> problem) {
        problem.ifPresent(all::add);
    }

    /** Adds a broken rule of {@code field} when {@code broken}. */
    public void addIf(boolean broken, String field, String rule, String message) {
        if (broken) {
            all.add(Problem.invalid(field, rule, message));
        }
    }

    public List<Problem> list() {
        return List.copyOf(all);
    }

    /** @throws ProblemException with all of them, if there is any */
    public void check() {
        if (!all.isEmpty()) {
            throw new ProblemException(all);
        }
    }
}
