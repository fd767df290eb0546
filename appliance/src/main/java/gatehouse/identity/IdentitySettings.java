package gatehouse.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;

/**
 * What the administrator chose.
 *
 * @param least              the least that a phone must show before it gets a file with secrets
 * @param dialled            whether phones that wait to be adopted may register, to dial a PIN
 * @param refuseOtherAddress whether a folder is shut to a second address; else that is only told
 */
record IdentitySettings(Evidence least, boolean refuseOtherAddress, boolean dialled) {
    private static final String DIAL = "dial_to_adopt";
    private static final String LEAST = "least";
    private static final String OTHER_ADDRESS = "other_address";

    /** A person must have done something for that very phone: a MAC alone is no proof of anything. */
    static ObjectNode defaults() {
        return Json.object().put(LEAST, Evidence.PIN.name()).put(OTHER_ADDRESS, "REFUSE").put(DIAL, false);
    }

    static IdentitySettings of(ObjectNode document) {
        return new IdentitySettings(Evidence.valueOf(document.path(LEAST).asText(Evidence.PIN.name())), !document.path(OTHER_ADDRESS).asText("REFUSE").equals("TELL"),
                document.path(DIAL).asBoolean());
    }
}
