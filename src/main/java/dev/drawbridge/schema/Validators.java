package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.primitives.IndexKeys;
import dev.drawbridge.schema.primitives.UrlRules;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The validators that record types are made of, under the names that the reference gives them. */
public final class Validators {
    private static final Validator STRING = Validator.of("a string", JsonString.class::isInstance);
    private static final Validator BOOLEAN = Validator.of("true or false", JsonBoolean.class::isInstance);
    private static final Validator NUMBER = finite("a finite number", number -> true);
    private static final Validator POSITIVE_NUMBER = finite("a number >= 0", number -> number >= 0);
    private static final Validator NON_ZERO_NUMBER = finite("a number > 0", number -> number > 0);
    private static final Validator NON_ZERO_FINITE_NUMBER = finite("a number other than 0", number -> number != 0);
    private static final Validator UNIT_INTERVAL = finite("a number from 0 to 1", number -> number >= 0 && number <= 1);
    private static final Validator INTEGER = integer("a whole number", number -> true);
    private static final Validator POSITIVE_INTEGER = integer("a whole number >= 0", number -> number >= 0);
    private static final Validator NON_ZERO_INTEGER = integer("a whole number > 0", number -> number > 0);
    private static final Validator INDEX_KEY = text("an index key", IndexKeys::isValid);
    private static final Validator LINK_URL = text("an http, https or mailto URL", UrlRules::isLinkUrl);
    private static final Validator SRC_URL = text("an http, https, data or asset URL", UrlRules::isSrcUrl);
    private static final Validator HTTP_URL = text("an http or https URL", UrlRules::isHttpUrl);
    private static final Validator JSON_VALUE = Validator.of("a JSON value", value -> true);
    private static final Validator ANYTHING = (previous, value) -> null;
    private static final Validator ARRAY = Validator.of("an array", JsonArray.class::isInstance);
    private static final Validator ANY_OBJECT = Validator.of("an object", Js::isObject);

    private Validators() {}

    public static Validator string() {
        return STRING;
    }

    public static Validator bool() {
        return BOOLEAN;
    }

    /** A finite number of any sign. */
    public static Validator number() {
        return NUMBER;
    }

    /** A finite number that is not negative: the reference's "positive" includes zero. */
    public static Validator positiveNumber() {
        return POSITIVE_NUMBER;
    }

    /** A finite number above zero: the reference's "non zero" excludes negative ones too. */
    public static Validator nonZeroNumber() {
        return NON_ZERO_NUMBER;
    }

    /** A finite number of any sign, but not zero. */
    public static Validator nonZeroFiniteNumber() {
        return NON_ZERO_FINITE_NUMBER;
    }

    public static Validator unitInterval() {
        return UNIT_INTERVAL;
    }

    /** A finite number without a fraction. */
    public static Validator integer() {
        return INTEGER;
    }

    /** A finite number without a fraction that is not negative: "positive" includes zero here too. */
    public static Validator positiveInteger() {
        return POSITIVE_INTEGER;
    }

    /** A finite number without a fraction above zero. */
    public static Validator nonZeroInteger() {
        return NON_ZERO_INTEGER;
    }

    /** A fractional index, which orders siblings. */
    public static Validator indexKey() {
        return INDEX_KEY;
    }

    public static Validator linkUrl() {
        return LINK_URL;
    }

    public static Validator srcUrl() {
        return SRC_URL;
    }

    public static Validator httpUrl() {
        return HTTP_URL;
    }

    /** Anything but a missing value. */
    public static Validator jsonValue() {
        return JSON_VALUE;
    }

    /** Anything, or nothing. */
    public static Validator anything() {
        return ANYTHING;
    }

    /** An array of anything. */
    public static Validator array() {
        return ARRAY;
    }

    /** An object with anything in it; an array is one. */
    public static Validator anyObject() {
        return ANY_OBJECT;
    }

    /** An object whose values are JSON; which all are that could have come here. */
    public static Validator jsonDict() {
        return ANY_OBJECT;
    }

    public static Validator literal(String value) {
        return oneOf(value);
    }

    /** Exactly this text, number, boolean or {@code null}. */
    public static Validator literal(JsonValue value) {
        return oneOf(List.of(value));
    }

    public static Validator oneOf(String... values) {
        return new ChoiceValidator(Arrays.stream(values).map(JsonString::of).toList());
    }

    public static Validator oneOf(double... values) {
        return new ChoiceValidator(
                Arrays.stream(values).mapToObj(JsonNumber::of).toList());
    }

    /** One of these texts, numbers, booleans and {@code null}. */
    public static Validator oneOf(Collection<? extends JsonValue> values) {
        return new ChoiceValidator(List.copyOf(values));
    }

    /** The id of a record of one of these types. Only the prefix counts: what follows the colon may even be empty. */
    public static Validator id(String... typeNames) {
        List<String> prefixes =
                Arrays.stream(typeNames).map(typeName -> typeName + ':').toList();
        String expected = prefixes.stream().map(prefix -> '"' + prefix + "…\"").collect(Collectors.joining(" or "));
        return text("an id " + expected, value -> prefixes.stream().anyMatch(value::startsWith));
    }

    public static ObjectValidator object(Field... fields) {
        return new ObjectValidator(List.of(fields));
    }

    public static ObjectValidator object(List<Field> fields) {
        return new ObjectValidator(fields);
    }

    public static Validator arrayOf(Validator item) {
        return new ArrayValidator(item, 0);
    }

    /** An array of so many items or more. */
    public static Validator arrayOf(Validator item, int atLeast) {
        return new ArrayValidator(item, atLeast);
    }

    public static Validator dict(Validator values) {
        return new DictValidator(null, values);
    }

    /** An object whose keys are accepted too, each as a text. */
    public static Validator dict(Validator keys, Validator values) {
        return new DictValidator(keys, values);
    }

    public static UnionValidator union(String discriminator, Map<String, ? extends Validator> variants) {
        return UnionValidator.byText(discriminator, variants);
    }

    /** Objects told apart by a number; a text in its place has to be written as JavaScript writes that number. */
    public static UnionValidator numberUnion(String discriminator, Map<String, ? extends Validator> variants) {
        return UnionValidator.byNumber(discriminator, variants);
    }

    /** What at least one of two accepts. Which of them had accepted the value before is not known: all of it is read. */
    public static Validator or(Validator one, Validator other) {
        return (previous, value) -> (value != null && value == previous) || one.check(null, value) == null
                ? null
                : other.check(null, value);
    }

    private static Validator finite(String expected, DoublePredicate condition) {
        return Validator.of(
                expected,
                value -> value instanceof JsonNumber(double number)
                        && Double.isFinite(number)
                        && condition.test(number));
    }

    private static Validator integer(String expected, DoublePredicate condition) {
        return finite(expected, number -> number == Math.rint(number) && condition.test(number));
    }

    /** A text that equals the accepted one before it is not judged again: reading a URL costs something. */
    private static Validator text(String expected, Predicate<String> condition) {
        return (previous, value) ->
                value instanceof JsonString(String text) && (value.equals(previous) || condition.test(text))
                        ? null
                        : Violation.expected(expected, value);
    }
}
