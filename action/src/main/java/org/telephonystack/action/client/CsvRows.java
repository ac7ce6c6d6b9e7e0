package org.telephonystack.action.client;

import java.util.ArrayList;
import java.util.List;

/// Splits CSV into rows and fields. Quoted fields may hold commas, line breaks and doubled quotes; empty lines are skipped.
final class CsvRows {

    /// @param line on which the row begins, from 1
    /// @param closed whether its last quote was closed
    record Row(int line, List<String> fields, boolean closed) {}

    private final String text;
    private final List<Row> rows = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private List<String> fields = new ArrayList<>();
    private boolean quoted;
    private int line = 1;
    private int begin = 1;

    private CsvRows(String text) {
        this.text = text;
    }

    static List<Row> of(String text) {
        return new CsvRows(text).split();
    }

    private List<Row> split() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"' && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (quoted) {
                field.append(c);
            } else {
                plain(c);
            }
            if (c == '\n') {
                line++;
                begin = fields.isEmpty() && field.isEmpty() && !quoted ? line : begin;
            }
        }
        endRow();
        return rows;
    }

    private void plain(char c) {
        switch (c) {
            case ',' -> endField();
            case '\n' -> endRow();
            case '\r' -> {}
            default -> field.append(c);
        }
    }

    private void endField() {
        fields.add(field.toString());
        field.setLength(0);
    }

    private void endRow() {
        endField();
        if (fields.size() > 1 || !fields.getFirst().isBlank()) {
            rows.add(new Row(begin, fields, !quoted));
        }
        fields = new ArrayList<>();
    }
}
