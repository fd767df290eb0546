package gatehouse.hal;

/** What the status lamp can say. Only {@link #FAULT} is for trouble. The rhythm of each is data on the constant. */
public enum LedPattern {
    OFF, BOOTING, READY, IN_CALL, FAULT
}
