package gatehouse;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the map of docs/ARCHITECTURE.md: arrows point one way, and each outside technology has one home. */
class ArchitectureTest {
    /** One outside technology each; they know core and nothing else of ours. */
    private static final Set<String> EDGES = Set.of("api", "store", "sip", "media", "console", "secrets", "certificates", "mail", "remote", "pnp", "tftp");
    private static JavaClasses ours;

    @BeforeAll
    static void read() {
        ours = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("gatehouse");
    }

    @Test
    void core_knows_nobody() {
        noClasses().that().resideInAPackage("gatehouse.core..").should()
                .dependOnClassesThat(outside(Set.of("core"))).check(ours);
    }

    @Test
    void an_edge_knows_core_alone() {
        for (var edge : EDGES) {
            classes().that().resideInAPackage("gatehouse." + edge + "..").should()
                    .onlyDependOnClassesThat(describe("outside ours, core, hal or " + edge,
                            type -> !isOurs(type) || Set.of("core", "hal", edge).contains(home(type))))
                    .allowEmptyShould(true).check(ours);
        }
    }

    @Test
    void lists_know_core_store_and_api_alone() {
        classes().that().resideInAPackage("gatehouse.listing..").should()
                .onlyDependOnClassesThat(describe("outside ours, core, store, api or listing",
                        type -> !isOurs(type) || Set.of("core", "store", "api", "listing").contains(home(type)))).check(ours);
    }

    @Test
    void capabilities_never_call_each_other_both_ways() {
        slices().matching("gatehouse.(*)..").should().beFreeOfCycles().check(ours);
    }

    @Test
    void nobody_knows_the_composition_root() {
        noClasses().that().resideInAPackage("gatehouse.*..").should()
                .dependOnClassesThat().resideInAPackage("gatehouse").check(ours);
    }

    @Test
    void each_outside_technology_has_one_home() {
        onlyIn("javax.sip..", "sip");
        onlyIn("gov.nist..", "sip");
        onlyIn("com.pi4j..", "hal");
        onlyIn("jssc..", "hal");
        onlyIn("com.sun.jna..", "hal");
        onlyIn("com.fasterxml.jackson.dataformat..", "tables");
        onlyIn("jakarta.mail..", "mail");
        onlyIn("jakarta.activation..", "mail");
        onlyIn("org.eclipse.angus..", "mail");
    }

    @Test
    void sql_stays_in_the_store_of_its_package() {
        noClasses().that(describe("are neither store nor a …Store", type -> !home(type).equals("store") && !named(type, "Store")))
                .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "org.sqlite..").check(ours);
    }

    @Test
    void http_stays_in_api_and_the_routes() {
        noClasses().that(describe("are neither api nor …Routes", type -> !home(type).equals("api") && !named(type, "Routes")))
                .should().dependOnClassesThat().resideInAnyPackage("io.helidon..").check(ours);
    }

    @Test
    void the_map_names_every_package() throws IOException {
        var map = Files.readString(Path.of("../docs/ARCHITECTURE.md"));
        var packages = ours.stream().map(ArchitectureTest::home).filter(home -> !home.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
        packages.removeIf(name -> map.contains("`" + name + "`"));
        assertEquals(Set.of(), packages, "docs/ARCHITECTURE.md does not name these packages");
    }

    private static void onlyIn(String technology, String home) {
        noClasses().that(describe("are outside " + home, type -> !home(type).equals(home)))
                .should().dependOnClassesThat().resideInAPackage(technology).check(ours);
    }

    private static DescribedPredicate<JavaClass> outside(Set<String> homes) {
        return describe("ours outside " + homes, type -> isOurs(type) && !homes.contains(home(type)));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals("gatehouse") || type.getPackageName().startsWith("gatehouse.");
    }

    /** {@code users} for gatehouse.users.…; empty for the root package. */
    private static String home(JavaClass type) {
        var parts = type.getPackageName().split("\\.");
        return parts.length > 1 ? parts[1] : "";
    }

    private static boolean named(JavaClass type, String ending) {
        var outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost.getSimpleName().endsWith(ending);
    }
}
