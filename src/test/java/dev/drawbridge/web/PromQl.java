package dev.drawbridge.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads as much of PromQL as is needed to know which metrics an expression asks for. */
final class PromQl {
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan");
    private static final Set<String> WITH_LABELS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|\\[[^]]*]|\\{[^}]*}|\\$\\w+|[a-zA-Z_:][\\w:]*|[0-9][\\w.]*|\\S");
    private static final Pattern EQUALS = Pattern.compile("(\\w+)\\s*=\\s*\"([^\"]*)\"");

    /** A metric, with the labels that it is asked to have. */
    record Selector(String metric, Map<String, String> labels) {}

    private PromQl() {}

    static List<Selector> selectors(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        List<Selector> selectors = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (!Character.isLetter(token.charAt(0)) && token.charAt(0) != '_') {
                continue;
            }
            String word = token.toLowerCase(Locale.ROOT);
            if (WITH_LABELS.contains(word)) {
                while (i < tokens.size() && next.equals("(") && !tokens.get(i).equals(")")) {
                    i++;
                }
            } else if (!OPERATORS.contains(word) && !next.equals("(") && !isAggregation(tokens, i)) {
                selectors.add(new Selector(token, next.startsWith("{") ? equalities(next) : Map.of()));
            }
        }
        return selectors;
    }

    /** {@code sum by (x) (…)}: what is followed by a grouping is no metric, but in {@code metric and on (x) …} it is one. */
    private static boolean isAggregation(List<String> tokens, int at) {
        return at + 1 < tokens.size() && Set.of("by", "without").contains(tokens.get(at + 1));
    }

    private static Map<String, String> equalities(String braces) {
        Map<String, String> labels = new HashMap<>();
        Matcher matcher = EQUALS.matcher(braces);
        while (matcher.find()) {
            labels.put(matcher.group(1), matcher.group(2));
        }
        return labels;
    }
}
