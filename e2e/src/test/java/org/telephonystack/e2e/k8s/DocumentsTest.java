package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What documents name is there: classes of the walkthrough, files behind links, the version.
class DocumentsTest {

    private static final Pattern CLASS = Pattern.compile("`([A-Z]+[a-z][A-Za-z]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+\\.md)[^)]*\\)");

    @Test
    void theClassesOfTheWalkthroughExist() throws IOException {
        var named = new TreeSet<String>();
        CLASS.matcher(Overlay.read(Overlay.file("docs/walkthrough.md")))
                .results()
                .forEach(it -> named.add(it.group(1)));

        assertThat(named).hasSizeGreaterThan(40);
        named.removeAll(classes());
        assertThat(named).isEmpty();
    }

    @Test
    void linksLeadToFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Overlay.file("docs"))) {
            for (Path file :
                    Stream.concat(
                                    files.filter(it -> it.toString().endsWith(".md")),
                                    Stream.of(Overlay.file("README.md")))
                            .toList()) {
                Matcher link = LINK.matcher(Overlay.read(file));
                while (link.find()) {
                    assertThat(file.resolveSibling(link.group(1))).as(file.toString()).exists();
                }
            }
        }
    }

    @Test
    void theVersionIsTheSameEverywhere() {
        Matcher version =
                Pattern.compile("<version>([0-9.]+)-SNAPSHOT</version>")
                        .matcher(Overlay.read(Overlay.file("pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(Overlay.read(Overlay.file("README.md")))
                .contains("This is version " + version.group(1));
        assertThat(Overlay.read(Overlay.file("k8s/overlays/production/kustomization.yaml")))
                .contains("newTag: " + version.group(1) + "-native}");
    }

    private static Set<String> classes() throws IOException {
        var names = new TreeSet<String>();
        for (String module : Overlay.SHIPPED) {
            try (Stream<Path> files = Files.walk(Overlay.file(module + "/src/main/java"))) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> names.add(name.replace(".java", "")));
            }
        }
        return names;
    }
}
