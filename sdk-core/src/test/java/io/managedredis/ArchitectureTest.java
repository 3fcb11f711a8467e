package io.managedredis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.managedredis", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String FLY = "io.managedredis.internal.fly..";
    private static final String MANAGEMENT = "io.managedredis.internal.management..";
    private static final String PORT = "io.managedredis.internal.port..";
    private static final String ASYNC = "io.managedredis.internal.async..";

    /** The builder of the client is where everything is put together, so it knows both sides. */
    @ArchTest
    static final ArchRule only_the_builder_and_what_is_below_the_port_know_how_requests_travel = noClasses()
            .that()
            .resideOutsideOfPackage(FLY)
            .and()
            .doNotHaveFullyQualifiedName("io.managedredis.ManagedRedisClient$Builder")
            .and()
            .doNotHaveFullyQualifiedName("io.managedredis.internal.HttpClients")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FLY, "java.net.http..");

    @ArchTest
    static final ArchRule nothing_below_the_port_knows_specifications = noClasses()
            .that()
            .resideInAnyPackage(FLY, PORT)
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "io\\.managedredis\\.(DatabaseSpec|SpecificationBuilder|DatabaseDefinition|DatabaseUpdate|ChangeSet"
                            + "|EnsureResult|RegionalCache.*|Databases|AsyncDatabases)(\\$.*)?")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(MANAGEMENT, "io.managedredis.lease..", "io.managedredis.readiness..");

    @ArchTest
    static final ArchRule the_port_speaks_of_no_technology = classes()
            .that()
            .resideInAPackage(PORT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.managedredis", PORT, ASYNC, "java.lang..", "java.util..", "java.time..", "org.jspecify..");

    @ArchTest
    static final ArchRule json_and_resilience_stay_behind_the_port = noClasses()
            .that()
            .resideOutsideOfPackages(FLY, "io.managedredis.pricing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..", "io.github.resilience4j..");

    @ArchTest
    static final ArchRule internal_packages_have_no_circle =
            slices().matching("io.managedredis.internal.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule errors_depend_on_nothing_else = classes()
            .that()
            .resideInAPackage("io.managedredis.error")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.managedredis.error", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule nothing_prints =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");
}
