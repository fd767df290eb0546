package gatehouse.core;

import java.net.InetAddress;

/** Whom the box speaks with at all, by address: every edge asks it for each request. Thread-safe, quick, never blocks. */
@FunctionalInterface
public interface AddressFilter {
    AddressFilter EVERYBODY = _ -> true;

    boolean admits(InetAddress address);
}
