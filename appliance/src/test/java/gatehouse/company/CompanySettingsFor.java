package gatehouse.company;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;

/** Makes settings for tests of other packages. */
public final class CompanySettingsFor {
    private CompanySettingsFor() {
    }

    public static CompanySettings document(String json) {
        return CompanySettings.of((ObjectNode) Json.parse(json));
    }
}
