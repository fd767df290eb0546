package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.PrivateKey;
import java.util.Optional;

/**
 * One registration of the box with Microsoft.
 *
 * @param document the contract's fields; not to be changed by who reads it
 * @param identity what it proves itself by; empty before a certificate was made
 */
record Registration(ObjectNode document, Optional<Identity> identity) {
    /** @param certificate in DER */
    record Identity(byte[] certificate, PrivateKey key) { }

    /** A registration with all that it takes to ask. */
    record App(Cloud cloud, String directoryId, String applicationId, Identity identity) { }

    Optional<App> app() {
        var directory = document.path("directory_id").asText("");
        var application = document.path("application_id").asText("");
        return directory.isBlank() || application.isBlank() ? Optional.empty()
                : identity.map(proof -> new App(Cloud.valueOf(document.path("national_cloud").asText("GLOBAL")), directory, application, proof));
    }
}
