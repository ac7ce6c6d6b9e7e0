package org.telephonystack.simulator.operate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a service may have seen, or believed its address to be, in place of what we asked for. The signature covers the URL and
/// the form: whichever variant's signature is believed says what lies between.
///
/// @param hop what changes it: `scheme`, `host`, `port`, `path`, `query`, `body`
/// @param what it does, a sentence's end
record Variant(String hop, String what, String url, Map<String, String> form) {

    /// Scheme, authority, path and query of a URL, to put together anew.
    private record Parts(String scheme, String authority, String path, String query) {

        static Parts of(String url) {
            String scheme = url.substring(0, url.indexOf("://"));
            String rest = url.substring(scheme.length() + 3);
            int slash = rest.indexOf('/');
            String target = slash < 0 ? "" : rest.substring(slash);
            int mark = target.indexOf('?');
            return new Parts(
                    scheme,
                    slash < 0 ? rest : rest.substring(0, slash),
                    mark < 0 ? target : target.substring(0, mark),
                    mark < 0 ? "" : target.substring(mark));
        }

        String host() {
            return authority.replaceFirst(":\\d+$", "");
        }

        String url(String otherScheme, String otherAuthority, String otherPath, String otherQuery) {
            return otherScheme + "://" + otherAuthority + otherPath + otherQuery;
        }

        String withPath(String other) {
            return url(scheme, authority, other, query);
        }

        String withQuery(String other) {
            return url(scheme, authority, path, other);
        }

        String withScheme(String other) {
            return url(other, authority, path, query);
        }

        String withAuthority(String other) {
            return url(scheme, other, path, query);
        }
    }

    /// All that are tried, the likeliest first; none equals the request itself.
    ///
    /// @param bases other public addresses that the environment names: a service may have been told another one
    /// @param path of the service without a prefix, with its query: `/voice-frontdoor/fallback?a=b`
    static List<Variant> of(String url, Map<String, String> form, List<String> bases, String path) {
        var all = new ArrayList<Variant>();
        Parts parts = Parts.of(url);
        for (String base : bases) {
            all.add(new Variant("host", "the service was told " + base, base + path, form));
        }
        String other = otherScheme(parts.scheme());
        all.add(
                new Variant(
                        "scheme",
                        "the service's public address begins with " + other + "://",
                        parts.withScheme(other),
                        form));
        port(parts, all, form);
        path(parts, path.replaceFirst("\\?.*", ""), all, form);
        query(parts, all, form);
        body(url, all, form);
        return all.stream()
                .filter(it -> !(it.url().equals(url) && it.form().equals(form)))
                .collect(
                        Collectors.collectingAndThen(
                                Collectors.toMap(
                                        it -> it.url() + it.form(),
                                        it -> it,
                                        (first, _) -> first,
                                        LinkedHashMap::new),
                                it -> List.copyOf(it.values())));
    }

    private static String otherScheme(String scheme) {
        return switch (scheme) {
            case "https" -> "http";
            case "http" -> "https";
            case "wss" -> "ws";
            default -> "wss";
        };
    }

    private static void port(Parts parts, List<Variant> all, Map<String, String> form) {
        for (String port : List.of("", ":443", ":80", ":8080")) {
            all.add(
                    new Variant(
                            "port",
                            port.isEmpty()
                                    ? "the service's public address has no port"
                                    : "the service's public address ends with " + port,
                            parts.withAuthority(parts.host() + port),
                            form));
        }
    }

    private static void path(
            Parts parts, String path, List<Variant> all, Map<String, String> form) {
        String prefix =
                parts.path().endsWith(path)
                        ? parts.path().substring(0, parts.path().length() - path.length())
                        : "";
        var paths = new LinkedHashMap<String, String>();
        paths.putIfAbsent(path, "the prefix " + prefix + " is cut off");
        paths.putIfAbsent(
                prefix + prefix + path, "the prefix " + prefix + " stands twice: address and path");
        paths.putIfAbsent(prefix + "/functions/v1" + path, "/functions/v1 is put in front");
        paths.putIfAbsent(
                parts.path().replaceFirst("^/functions/v1", ""), "/functions/v1 is cut off");
        paths.putIfAbsent(parts.path() + "/", "a slash is put at the end");
        paths.putIfAbsent(parts.path().replaceFirst("^/[^/]+", ""), "its first part is cut off");
        paths.putIfAbsent("/" + parts.path(), "a slash is put in front");
        paths.forEach(
                (seen, what) -> all.add(new Variant("path", what, parts.withPath(seen), form)));
    }

    private static void query(Parts parts, List<Variant> all, Map<String, String> form) {
        String query = parts.query();
        if (query.isEmpty()) {
            return;
        }
        var queries = new LinkedHashMap<String, String>();
        queries.putIfAbsent("", "the query is lost");
        queries.putIfAbsent(
                query.replace("%2B", "+").replace("%C3%A9", "é"), "the query is decoded");
        queries.putIfAbsent(query.replace("%20", "+"), "%20 becomes +");
        queries.putIfAbsent(
                query.replace("%2B", "%252B")
                        .replace("%20", "%2520")
                        .replace("%C3%A9", "%25C3%25A9"),
                "the query is encoded twice");
        queries.putIfAbsent("?" + sorted(query.substring(1)), "the query is put in another order");
        queries.forEach(
                (seen, what) -> all.add(new Variant("query", what, parts.withQuery(seen), form)));
    }

    private static String sorted(String query) {
        return List.of(query.split("&")).stream().sorted().collect(Collectors.joining("&"));
    }

    private static void body(String url, List<Variant> all, Map<String, String> form) {
        all.add(new Variant("body", "the body is lost", url, Map.of()));
        all.add(new Variant("body", "empty values are dropped", url, kept(form, false)));
        all.add(new Variant("body", "values are trimmed", url, kept(form, true)));
        var plusses = new TreeMap<>(form);
        plusses.replaceAll((_, value) -> value.replace('+', ' '));
        all.add(new Variant("body", "%2B becomes a blank", url, plusses));
    }

    private static Map<String, String> kept(Map<String, String> form, boolean trimmed) {
        var kept = new TreeMap<String, String>();
        form.forEach((name, value) -> {
            if (trimmed) {
                kept.put(name, value.strip());
            } else if (!value.isEmpty()) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
