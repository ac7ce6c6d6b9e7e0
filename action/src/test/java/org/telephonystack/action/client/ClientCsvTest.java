package org.telephonystack.action.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.PhoneNumber;

import java.util.Optional;

class ClientCsvTest {

    @Test
    void columnsComeInAnyOrderAndOthersAreIgnored() {
        var reading =
                ClientCsv.read(
                        "last_name,note,PHONE,first_name\r\nLopez,vip,+14155550199,Maria\r\n");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.clients()).containsExactly(client("+14155550199", "Maria", "Lopez"));
    }

    @Test
    void quotedFieldsMayHoldCommasQuotesAndLineBreaks() {
        var reading =
                ClientCsv.read(
                        """
                        phone,first_name,last_name
                        "+1 (415) 555-0188","Pat ""the Hat\"\"\","O'Brien,
                        Jr."
                        """);

        assertThat(reading.clients())
                .containsExactly(client("+14155550188", "Pat \"the Hat\"", "O'Brien,\nJr."));
    }

    @Test
    void aByteOrderMarkAndNamesInAnyAlphabetAreFine() {
        var reading = ClientCsv.read("\uFEFFphone,first_name,last_name\n+14155550199,Zoë,Łukasz\n");

        assertThat(reading.clients()).containsExactly(client("+14155550199", "Zoë", "Łukasz"));
    }

    @Test
    void badRowsAreReportedWithTheirLineAndGoodOnesCount() {
        var reading =
                ClientCsv.read(
                        """
                        phone,first_name
                        "+14155550199","Maria
                        Magdalena"
                        555-1234,John

                        +14155550142
                        +14155550177,Aisha
                        +14155550178,"Open
                        """);

        assertThat(reading.clients())
                .extracting(client -> client.phone().e164())
                .containsExactly("+14155550199", "+14155550177");
        assertThat(reading.problems())
                .containsExactly(
                        "line 4: phone is no E.164 number, e.g. +14155550199",
                        "line 6: 1 fields, the header has 2",
                        "line 8: a quote is not closed");
    }

    @Test
    void aFileWithoutAHeaderIsRefused() {
        assertThat(ClientCsv.read("").problems()).containsExactly("the file is empty");
        assertThat(ClientCsv.read("+14155550199,Maria,Lopez\n").problems())
                .containsExactly("line 1: no column phone; the first line names the columns");
    }

    @Test
    void aMissingNameIsNoName() {
        assertThat(ClientCsv.read("phone,first_name\n+14155550199,\n").clients())
                .containsExactly(
                        new Client(
                                new PhoneNumber("+14155550199"),
                                Optional.empty(),
                                Optional.empty()));
    }

    private static Client client(String phone, String first, String last) {
        return new Client(new PhoneNumber(phone), Optional.of(first), Optional.of(last));
    }
}
