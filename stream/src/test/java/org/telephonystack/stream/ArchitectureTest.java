package org.telephonystack.stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/// The arrows: wiring → edges → cores → model → java.*.
class ArchitectureTest {

    private static final String WIRING = "..stream.wiring..";
    private static final String[] EDGES = {
        "..stream.call.twilio..",
        "..stream.call.openai..",
        "..stream.call.postgres..",
        "..stream.call.http.."
    };
    private static final JavaClasses STREAM =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.telephonystack.stream");

    @Test
    void coresAreFreeOfTheFrameworkAndOfEdges() {
        noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .and()
                .resideOutsideOfPackage(WIRING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.vertx..",
                        "io.smallrye..",
                        "io.micrometer..",
                        "io.opentelemetry..",
                        "jakarta..",
                        "com.fasterxml..",
                        "org.jboss..",
                        "org.telephonystack.quarkus..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(EDGES)
                .check(STREAM);
    }

    @Test
    void nobodyDependsOnTheWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(WIRING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(WIRING)
                .check(STREAM);
    }

    @Test
    void edgesDoNotKnowEachOther() {
        for (String edge : EDGES) {
            String[] others =
                    Arrays.stream(EDGES)
                            .filter(other -> !other.equals(edge))
                            .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(edge)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(STREAM);
        }
    }

    @Test
    void noServiceKnowsAnotherAndNoneTheSimulator() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.telephonystack.frontdoor..",
                        "org.telephonystack.action..",
                        "org.telephonystack.simulator..")
                .check(STREAM);
    }
}
