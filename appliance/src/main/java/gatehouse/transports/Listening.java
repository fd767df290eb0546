package gatehouse.transports;

/** Whether somebody listens there now; whoever opens the ports provides it. */
@FunctionalInterface
public interface Listening {
    boolean on(Transport transport);
}
