package gatehouse.webhooks;

/** Where events go; the contract's two fields of a company. */
public enum Hook {
    CDR("cdr_event"), EXTENSION("extension_event");

    private final String field;

    Hook(String field) {
        this.field = field;
    }

    String field() {
        return field;
    }
}
