package org.telephonystack.quarkus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void ofOursItKnowsOnlyTheModel() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.resideInAPackage("org.telephonystack..")
                                .and(
                                        JavaClass.Predicates.resideOutsideOfPackages(
                                                "org.telephonystack.model..",
                                                "org.telephonystack.quarkus..")))
                .check(
                        new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("org.telephonystack.quarkus"));
    }
}
