package gatehouse.receptionists;

/** Whether receptionists answer just now; whoever plays menus to callers provides it. */
@FunctionalInterface
public interface ReceptionistLive {
    boolean answers(String receptionistId);

    /** While no part of the box plays menus, nobody answers. */
    ReceptionistLive NOBODY_ANSWERS = _ -> false;
}
