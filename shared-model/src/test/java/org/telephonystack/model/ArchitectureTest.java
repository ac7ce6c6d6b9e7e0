package org.telephonystack.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses MODEL =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.telephonystack.model");

    @Test
    void itKnowsNothingButTheJdkAndJspecify() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.telephonystack.model..",
                        "java..",
                        "javax.crypto..",
                        "org.jspecify.annotations..")
                .check(MODEL);
    }

    @Test
    void itsPackagesDependOnEachOtherInOneDirection() {
        slices().matching("org.telephonystack.(**)").should().beFreeOfCycles().check(MODEL);
    }
}
