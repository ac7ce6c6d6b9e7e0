package org.telephonystack.action;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/// The arrows inside action: wiring → edges → cores → model.
class ArchitectureTest {

    private static final String[] EDGES = {
        "..wiring..", "..twilio..", "..postgres..", "..http..", "..otel..", "..file.."
    };

    private static final JavaClasses ACTION =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.telephonystack.action");

    @Test
    void coresAreFreeOfTheFramework() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.vertx..",
                        "io.smallrye..",
                        "io.opentelemetry..",
                        "io.micrometer..",
                        "jakarta..",
                        "org.telephonystack.quarkus..")
                .check(ACTION);
    }

    @Test
    void coresKnowNoEdges() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.telephonystack.action..wiring..",
                        "org.telephonystack.action..twilio..",
                        "org.telephonystack.action..postgres..",
                        "org.telephonystack.action..http..",
                        "org.telephonystack.action..otel..",
                        "org.telephonystack.action..file..")
                .check(ACTION);
    }

    @Test
    void onlyWiringKnowsWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.telephonystack.action.wiring..")
                .check(ACTION);
    }

    @Test
    void actionKnowsNoOtherService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.telephonystack.frontdoor..",
                        "org.telephonystack.stream..",
                        "org.telephonystack.simulator..")
                .check(ACTION);
    }
}
