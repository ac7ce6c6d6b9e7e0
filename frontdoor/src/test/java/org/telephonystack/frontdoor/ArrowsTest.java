package org.telephonystack.frontdoor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/// wiring → edges → cores → model → java.*, never back.
class ArrowsTest {

    private static final String[] EDGES = {"..wiring..", "..twilio..", "..http..", "..telemetry.."};

    private static final JavaClasses FRONTDOOR =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.telephonystack.frontdoor");

    @Test
    void coresKnowOnlyTheModelAndJava() {
        classes()
                .that()
                .resideInAnyPackage(
                        "org.telephonystack.frontdoor.call", "org.telephonystack.frontdoor.twiml")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "org.telephonystack.model..",
                        "org.telephonystack.frontdoor.call",
                        "org.telephonystack.frontdoor.twiml")
                .check(FRONTDOOR);
    }

    @Test
    void onlyTheWiringKnowsTheWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..wiring..")
                .check(FRONTDOOR);
    }

    @Test
    void noServiceKnowsAnother() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.telephonystack.stream..",
                        "org.telephonystack.action..",
                        "org.telephonystack.simulator..")
                .check(FRONTDOOR);
    }

    @Test
    void everyClassIsInACoreOrAnEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.vertx..",
                        "io.smallrye..",
                        "jakarta..",
                        "org.telephonystack.quarkus..")
                .check(FRONTDOOR);
    }
}
