package gatehouse.administration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;

/** Mail as whoever sends it provides it; a box of one company has one mail server. */
public interface SystemMail {
    /** The settings without the password. */
    ObjectNode settings();

    void update(Actor actor, ObjectNode changes);

    /** @throws gatehouse.core.ProblemException when it did not leave, with the reason */
    void test(String recipient, String subject, String content);
}
