package gatehouse.doors;

import java.util.List;

/** Which codes open which relay from a call with a door phone. */
@FunctionalInterface
public interface DoorCodes {
    /**
     * @param extensionNumber a call's party
     * @return its codes by relay, first relay first, an empty text where there is none; empty when it is no door phone
     */
    List<String> of(String extensionNumber);
}
