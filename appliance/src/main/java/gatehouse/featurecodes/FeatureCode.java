package gatehouse.featurecodes;

/** A feature and how it is dialled. */
public record FeatureCode(Feature feature, String code, boolean enabled) {
    static FeatureCode usual(Feature feature) {
        return new FeatureCode(feature, feature.usualCode(), true);
    }
}
