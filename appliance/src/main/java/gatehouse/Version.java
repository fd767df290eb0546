package gatehouse;

/** The version this jar was built as. */
final class Version {
    private Version() {
    }

    /** From the jar's manifest; {@code development} when run from class files. */
    static String text() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
