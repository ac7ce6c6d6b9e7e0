package org.telephonystack.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// The hashes were made with another program (`printf %s CA1 | sha256sum`).
class CallTraceTest {

    @ParameterizedTest
    @CsvSource({
        "CA00000000000000000000000000000001, 00000000000000000000000000000001, f1d4275ab1c13055",
        "CAffffffffffffffffffffffffffffffff, ffffffffffffffffffffffffffffffff, 871f804d95662dc1",
    })
    void theTraceIdIsTheCallSidsDigits(String callSid, String traceId, String rootSpanId) {
        assertThat(CallTrace.of(new CallSid(callSid)))
                .isEqualTo(new CallTrace(traceId, rootSpanId));
    }

    @Test
    void digitsInCapitalsAreWrittenSmallAndHashedAsTheyCame() {
        assertThat(CallTrace.of(new CallSid("CAABCDEF0123456789abcdef0123456789")))
                .isEqualTo(new CallTrace("abcdef0123456789abcdef0123456789", "26ee93764d203674"));
    }

    @ParameterizedTest
    @CsvSource({
        "CA00000000000000000000000000000000, 5240eab09cb8f9352c2aec9ddce75864, 5240eab09cb8f935",
        "CA1, 8b6398d087e48123e80ba59f059907cf, 8b6398d087e48123",
        "CA1234567890ABCDE, 523feba8a76143d37db111538c30e412, 523feba8a76143d3",
    })
    void anotherShapeAndAllZeroBecomeTheHash(String callSid, String traceId, String rootSpanId) {
        assertThat(CallTrace.of(new CallSid(callSid)))
                .isEqualTo(new CallTrace(traceId, rootSpanId));
    }

    @Test
    void allOrNoneAreSampledAtTheEnds() {
        assertThat(traces())
                .allMatch(trace -> trace.isSampled(1))
                .noneMatch(trace -> trace.isSampled(0));
    }

    @Test
    void aQuarterIsAQuarter() {
        assertThat(traces().filter(trace -> trace.isSampled(0.25)).count())
                .isBetween(2_300L, 2_700L);
    }

    @Test
    void whatASmallRatioSamplesALargerOneSamplesToo() {
        var ratios = List.of(0.001, 0.01, 0.1, 0.5, 0.9, 0.999);

        assertThat(traces())
                .allSatisfy(trace -> {
                    for (int i = 1; i < ratios.size(); i++) {
                        assertThat(
                                        !trace.isSampled(ratios.get(i - 1))
                                                || trace.isSampled(ratios.get(i)))
                                .isTrue();
                    }
                });
    }

    /// OpenTelemetry for Java compares the magnitude of the low 64 bits with ratio × (2^63 - 1).
    @ParameterizedTest
    @CsvSource({
        "00000000000000003fffffffffffffff, 0.5, true",
        "00000000000000004000000000000001, 0.5, false",
        "0000000000000000c000000000000002, 0.5, true",
        "0000000000000000bfffffffffffffff, 0.5, false",
        "ffffffffffffffff0000000000000001, 0.0001, true",
        "00000000000000007fffffffffffffff, 0.9999, false",
        "0000000000000000ffffffffffffffff, 0.0001, true",
    })
    void theChoiceIsTheOneOfOpenTelemetrysOwnSampler(
            String traceId, double ratio, boolean sampled) {
        assertThat(new CallTrace(traceId, "0000000000000001").isSampled(ratio)).isEqualTo(sampled);
    }

    private static Stream<CallTrace> traces() {
        var random = new Random(20261122);
        return Stream.generate(
                        () -> {
                            byte[] bits = new byte[16];
                            random.nextBytes(bits);
                            return CallTrace.of(new CallSid("CA" + HexFormat.of().formatHex(bits)));
                        })
                .limit(10_000);
    }
}
