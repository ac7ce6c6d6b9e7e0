package org.telephonystack.stream.prompt;

import org.telephonystack.model.tool.Tools;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallContext.Business;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.ModelBrief;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// Writes the brief of a receptionist. Everything up to `LIVE CONTEXT` is the same for every call of a business, so that the
/// model's provider can cache it; the clock is read for the last part only.
public final class ReceptionistBrief implements ModelBrief.Writer {

    private final InstantSource clock;

    public ReceptionistBrief(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public ModelBrief write(CallStart start, CallContext context) {
        ModelBrief stable = stable(context.business());
        String instructions =
                stable.instructions() + "\n\n" + LiveContext.write(start, context, clock.instant());
        return new ModelBrief(
                instructions, stable.tools(), stable.voice(), stable.language(), context.soFar());
    }

    /// The part that is the same for every call of a business.
    public static ModelBrief stable(Optional<Business> business) {
        return new ModelBrief(
                BusinessPrompt.write(business),
                Tools.ALL,
                business.map(Business::voice).filter(voice -> !voice.isBlank()),
                business.map(Business::language).flatMap(ReceptionistBrief::iso639));
    }

    /// `en` of `en-US`.
    private static Optional<String> iso639(String language) {
        String code = Locale.forLanguageTag(language.replace('_', '-')).getLanguage();
        return code.length() == 2 ? Optional.of(code) : Optional.empty();
    }
}
