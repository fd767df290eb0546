package gatehouse.signin;

/** Mail to people who sign in, as the box sends it. */
public interface Post {
    /** Whether mail can leave at all. */
    boolean ready();

    /** @return false when nobody will send it */
    boolean send(String address, String subject, String text);
}
