package gatehouse.core;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends one request with the problems found. Thrown where a result type would only be passed along;
 * translated once, at the edge that took the request (HTTP, console).
 */
public final class ProblemException extends RuntimeException {
    private final transient List<Problem> problems;

    /** @param problems at least one; all broken rules of a request together */
    public ProblemException(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining(" ")), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
