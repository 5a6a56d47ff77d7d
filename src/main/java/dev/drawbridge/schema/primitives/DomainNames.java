package dev.drawbridge.schema.primitives;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.ICUInputTooLongException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Domain names in ASCII, by UTS #46 with the options of the URL Standard: any ASCII character, no limit on
 * length but one against endless work. The verdicts to agree with are those of Node 20, which departs from UTS #46 in the check of right-to-left
 * labels ({@link BidiRule}), and lets a punycode label stand for mere ASCII.
 */
final class DomainNames {

    /**
     * Punycode takes quadratic time, so there must be an end; no name that can be looked up has more than 253
     * characters.
     */
    private static final int LONGEST_INTERNATIONAL_NAME = 4096;

    private static final String ACE_PREFIX = "xn--";

    private DomainNames() {}

    static @Nullable String toAscii(String domain) {
        if (isAscii(domain)) {
            String lower = domain.toLowerCase(Locale.ROOT);
            if (!lower.contains(ACE_PREFIX)) {
                return lower;
            }
        }
        if (domain.length() > LONGEST_INTERNATIONAL_NAME) {
            return null;
        }
        StringBuilder out = new StringBuilder(domain.length() + 16);
        int start = 0;
        for (int end = 0; end <= domain.length(); end++) {
            boolean last = end == domain.length();
            if (last || isDot(domain.charAt(end))) {
                String label = labelToAscii(domain.substring(start, end));
                if (label == null) {
                    return null;
                }
                out.append(label).append(last ? "" : ".");
                start = end + 1;
            }
        }
        return out.toString();
    }

    private static @Nullable String labelToAscii(String label) {
        if (isAscii(label)) {
            String lower = label.toLowerCase(Locale.ROOT);
            if (!lower.startsWith(ACE_PREFIX) || isAceOfAscii(lower)) {
                return lower;
            }
        }
        return InternationalLabels.toAscii(label);
    }

    private static boolean isAceOfAscii(String label) {
        return label.endsWith("-") && label.length() > ACE_PREFIX.length() + 1;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDot(char c) {
        return c == '.' || c == '\u3002' || c == '\uff0e' || c == '\uff61';
    }

    /** The tables of ICU are loaded when the first such label comes along. */
    private static final class InternationalLabels {
        private static final IDNA UTS46 = IDNA.getUTS46Instance(
                IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_CONTEXTJ);

        private static final Set<IDNA.Error> ALLOWED = EnumSet.of(
                IDNA.Error.EMPTY_LABEL,
                IDNA.Error.LABEL_TOO_LONG,
                IDNA.Error.DOMAIN_NAME_TOO_LONG,
                IDNA.Error.LEADING_HYPHEN,
                IDNA.Error.TRAILING_HYPHEN,
                IDNA.Error.HYPHEN_3_4);

        static @Nullable String toAscii(String label) {
            IDNA.Info info = new IDNA.Info();
            try {
                StringBuilder unicode = UTS46.labelToUnicode(label, new StringBuilder(), info);
                if (!ALLOWED.containsAll(info.getErrors()) || !BidiRule.allows(unicode)) {
                    return null;
                }
                return UTS46.labelToASCII(label, new StringBuilder(), info).toString();
            } catch (ICUInputTooLongException e) {
                return null; // ICU gives up on labels of more than a thousand characters
            }
        }
    }
}
