package dev.drawbridge.url;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Domain names by UTS #46 with the options of the URL Standard: any ASCII character, any hyphens, no limit on length but
 * one against endless work. The verdicts to agree with are those of Node 20, which departs from UTS #46 in the check of
 * right-to-left labels ({@link BidiRule}), lets a punycode label stand for mere ASCII, and one for a label that looks
 * like punycode itself.
 *
 * <p>Whether a name is valid is asked of every URL that a client sends; its form in ASCII, which takes ten times as
 * long, hardly ever.
 */
final class DomainNames {

    /** No name that can be looked up has more than 253 characters in ASCII, and no fewer than in Unicode. */
    private static final int LONGEST_INTERNATIONAL_NAME = 4096;

    /** Writing punycode takes quadratic time; a label that can be looked up has at most 63 characters. */
    private static final int LONGEST_WRITTEN_LABEL = 256;

    private static final String ACE_PREFIX = "xn--";

    private DomainNames() {}

    /** The name as it is looked up but for labels that are not ASCII, which are in their mapped form; null when invalid. */
    static @Nullable String mapped(String domain) {
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
                String label = mappedLabel(domain.substring(start, end));
                if (label == null) {
                    return null;
                }
                out.append(label).append(last ? "" : ".");
                start = end + 1;
            }
        }
        return out.toString();
    }

    /** A mapped name in ASCII; a label that is too long for anybody to look it up is left as it is. */
    static String toAscii(String mapped) {
        if (isAscii(mapped)) {
            return mapped;
        }
        StringBuilder out = new StringBuilder(mapped.length() + 16);
        int start = 0;
        for (int end = 0; end <= mapped.length(); end++) {
            boolean last = end == mapped.length();
            if (last || mapped.charAt(end) == '.') {
                String label = mapped.substring(start, end);
                boolean written = isAscii(label) || label.length() > LONGEST_WRITTEN_LABEL;
                out.append(written ? label : InternationalLabels.toAscii(label)).append(last ? "" : ".");
                start = end + 1;
            }
        }
        return out.toString();
    }

    private static @Nullable String mappedLabel(String label) {
        return isAscii(label) ? asciiLabel(label.toLowerCase(Locale.ROOT)) : InternationalLabels.mapped(label);
    }

    private static @Nullable String asciiLabel(String label) {
        boolean plain = !label.startsWith(ACE_PREFIX) || isAceOfAscii(label);
        return plain || InternationalLabels.isAce(label) ? label : null;
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

        private static final Normalizer2 MAPPING = Normalizer2.getInstance(null, "uts46", Normalizer2.Mode.COMPOSE);

        /** A label as UTS #46 maps it, or null when it is not valid. */
        static @Nullable String mapped(String label) {
            String unicode = unicode(label);
            if (unicode != null) {
                return unicode;
            }
            String ascii = MAPPING.normalize(label);
            return isAscii(ascii) ? asciiLabel(ascii) : null;
        }

        /** Whether a label in punycode, in lower case, stands for a valid one. */
        static boolean isAce(String label) {
            if (unicode(label) != null) {
                return true;
            }
            // ICU takes no label for valid that looks like punycode once it is decoded.
            String decoded = Punycode.decode(label.substring(ACE_PREFIX.length()));
            if (decoded == null || isAscii(decoded)) {
                return false;
            }
            String other = decoded.startsWith(ACE_PREFIX) ? "xx" + decoded.substring(2) : decoded;
            return other.equals(unicode(other));
        }

        private static @Nullable String unicode(String label) {
            IDNA.Info info = new IDNA.Info();
            StringBuilder unicode = UTS46.labelToUnicode(label, new StringBuilder(), info);
            return ALLOWED.containsAll(info.getErrors()) && BidiRule.allows(unicode) ? unicode.toString() : null;
        }

        static String toAscii(String label) {
            return UTS46.labelToASCII(label, new StringBuilder(), new IDNA.Info())
                    .toString();
        }
    }
}
