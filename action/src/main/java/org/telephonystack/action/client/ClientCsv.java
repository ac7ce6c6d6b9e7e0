package org.telephonystack.action.client;

import org.telephonystack.model.PhoneNumber;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads people from CSV (RFC 4180): a header with `phone`, `first_name`, `last_name` in any order, other columns ignored.
///
/// A bad row is reported with the line it begins on; the good ones count all the same.
public final class ClientCsv {

    private static final int NAME_LENGTH = 100;

    /// @param problems one line each
    public record Reading(List<Client> clients, List<String> problems) {}

    private ClientCsv() {}

    public static Reading read(String text) {
        var clients = new ArrayList<Client>();
        var problems = new ArrayList<String>();
        List<CsvRows.Row> rows = CsvRows.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (rows.isEmpty()) {
            return new Reading(List.of(), List.of("the file is empty"));
        }
        List<String> header =
                rows.getFirst().fields().stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
        if (!header.contains("phone")) {
            return new Reading(
                    List.of(),
                    List.of("line 1: no column phone; the first line names the columns"));
        }
        for (CsvRows.Row row : rows.subList(1, rows.size())) {
            String problem = problem(header, row);
            if (problem.isEmpty()) {
                clients.add(client(header, row));
            } else {
                problems.add("line " + row.line() + ": " + problem);
            }
        }
        return new Reading(List.copyOf(clients), List.copyOf(problems));
    }

    private static String problem(List<String> header, CsvRows.Row row) {
        if (!row.closed()) {
            return "a quote is not closed";
        }
        if (row.fields().size() != header.size()) {
            return row.fields().size() + " fields, the header has " + header.size();
        }
        if (phone(header, row).isEmpty()) {
            return "phone is no E.164 number, e.g. +14155550199";
        }
        if (field(header, row, "first_name").length() > NAME_LENGTH
                || field(header, row, "last_name").length() > NAME_LENGTH) {
            return "a name is longer than " + NAME_LENGTH + " characters";
        }
        return "";
    }

    private static Client client(List<String> header, CsvRows.Row row) {
        return new Client(
                phone(header, row).orElseThrow(),
                Optional.of(field(header, row, "first_name")).filter(name -> !name.isEmpty()),
                Optional.of(field(header, row, "last_name")).filter(name -> !name.isEmpty()));
    }

    private static Optional<PhoneNumber> phone(List<String> header, CsvRows.Row row) {
        return PhoneNumber.parse(field(header, row, "phone").replaceAll("[\\s().-]", ""));
    }

    private static String field(List<String> header, CsvRows.Row row, String name) {
        int column = header.indexOf(name);
        return column < 0 ? "" : row.fields().get(column).strip();
    }
}
