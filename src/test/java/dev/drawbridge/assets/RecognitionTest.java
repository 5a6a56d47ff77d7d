package dev.drawbridge.assets;

import static dev.drawbridge.assets.Samples.bytes;
import static dev.drawbridge.assets.Samples.media;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A content is")
class RecognitionTest {
    private static final String SVG = "http://www.w3.org/2000/svg";

    private final Recognition recognition = new Recognition();

    static Stream<Arguments> known() {
        return Stream.of(
                arguments("a PNG", Samples.png(), "image/png"),
                arguments("a large PNG", Samples.png(Recognition.HEAD_BYTES * 2), "image/png"),
                arguments("an animated PNG", Samples.apng(), "image/apng"),
                arguments("a PNG that breaks off", Arrays.copyOf(Samples.apng(), 20), "image/png"),
                arguments("a GIF", Samples.gif(), "image/gif"),
                arguments("a JPEG", Samples.jpeg(), "image/jpeg"),
                arguments("a JPEG of a camera", bytes("\u00ff\u00d8\u00ff\u00e1\0\20Exif\0\0MM"), "image/jpeg"),
                arguments("a JPEG without either", bytes("\u00ff\u00d8\u00ff\u00db\0\103\0"), "image/jpeg"),
                arguments("a WebP", Samples.webp(), "image/webp"),
                arguments("an AVIF", Samples.avif(), "image/avif"),
                arguments("an animated AVIF", media("avis", "avif", "msf1"), "image/avif"),
                arguments("an AVIF by its compatible brands", media("mif1", "avif", "miaf"), "image/avif"),
                arguments("a HEIF", media("mif1", "heic"), "image/heif"),
                arguments("a HEIC of a telephone", media("heic", "mif1"), "image/heic"),
                arguments("an MP4", Samples.mp4(), "video/mp4"),
                arguments("an MP4 of brand mp42", media("mp42", "isom"), "video/mp4"),
                arguments("an MP4 of brand M4V", media("M4V ", "isom"), "video/mp4"),
                arguments("a fragmented MP4", media("iso5", "dash"), "video/mp4"),
                arguments("sound alone", media("M4A ", "isom"), "audio/mp4"),
                arguments("a video of an old telephone", media("3gp5"), "video/3gpp"),
                arguments("a QuickTime", Samples.quicktime(), "video/quicktime"),
                arguments("a QuickTime of old", bytes("\0\0\1\0moov\0\0\0lmvhd"), "video/quicktime"),
                arguments("a WebM", Samples.webm(), "video/webm"),
                arguments("a Matroska", Samples.ebml("matroska"), "video/x-matroska"),
                arguments("what claims to be more than WebM", Samples.ebml("webmore"), "video/x-matroska"),
                arguments("an SVG", Samples.svg(), "image/svg+xml"),
                arguments("an SVG behind white space", bytes("\n\t  <svg xmlns='" + SVG + "'/>"), "image/svg+xml"),
                arguments("an SVG with a prefix", bytes("<s:svg xmlns:s='" + SVG + "'/>"), "image/svg+xml"),
                arguments(
                        "an SVG of a drawing program",
                        bytes(
                                "<?xml version='1.0'?>\n<!-- Generator -->\n<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN'"
                                        + " 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' [ <!ENTITY ns '" + SVG
                                        + "'> ]>\n<svg xmlns='&ns;'><rect/></svg>"),
                        "image/svg+xml"),
                arguments(
                        "an SVG behind a long comment",
                        bytes("<!-- " + "x".repeat(20_000) + " --><svg xmlns='" + SVG + "'/>"),
                        "image/svg+xml"),
                arguments(
                        "an SVG in UTF-16",
                        ("\ufeff<?xml version='1.0' encoding='UTF-16'?><svg xmlns='" + SVG + "'/>")
                                .getBytes(StandardCharsets.UTF_16BE),
                        "image/svg+xml"),
                arguments(
                        "an SVG with a script",
                        bytes("<svg xmlns='" + SVG + "'><script>alert(1)</script></svg>"),
                        "image/svg+xml"),
                arguments(
                        "a large SVG",
                        bytes("<svg xmlns='" + SVG + "'><path d='" + "M0 0".repeat(40_000) + "'/></svg>"),
                        "image/svg+xml"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("known")
    @DisplayName("what it begins as")
    void recognises(String what, byte[] content, String type) {
        byte[] head = Arrays.copyOf(content, Math.min(content.length, Recognition.HEAD_BYTES));
        assertThat(recognition.of(head)).as(what).contains(new MediaType(type));
    }

    static Stream<Arguments> nothingToTake() {
        return Stream.of(
                arguments("nothing", ""),
                arguments("text", "hello"),
                arguments("a script", "alert(1)"),
                arguments("HTML", "<!DOCTYPE html><html><script>alert(1)</script>"),
                arguments("HTML with an SVG in it", "<html><body><svg xmlns='" + SVG + "'/>"),
                arguments("HTML behind an SVG in a comment", "<!-- <svg xmlns='" + SVG + "'> --><html>"),
                arguments("XHTML", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>"),
                arguments("XML", "<?xml version='1.0'?><a/>"),
                arguments("an SVG without its namespace, which no browser shows", "<svg width='1'/>"),
                arguments("an svg of another namespace", "<svg xmlns='urn:other'/>"),
                arguments("a PDF", "%PDF-1.7\n"),
                arguments("a ZIP", "PK\3\4" + "\0".repeat(40)),
                arguments("an executable", "\u007fELF\2\1\1" + "\0".repeat(60)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nothingToTake")
    @DisplayName("no image and no video when it is something else")
    void others(String what, String content) {
        assertThat(recognition.of(bytes(content)).filter(type -> type.name().matches("(image|video)/.*")))
                .as(what)
                .isEmpty();
    }

    static Stream<Arguments> polyglots() {
        return Stream.of(
                arguments("a GIF that is HTML", "GIF89a<html><script>alert(1)</script>"),
                arguments(
                        "a JPEG with HTML in a comment", "\u00ff\u00d8\u00ff\u00fe\0\100<!DOCTYPE HTML><Script src=x>"),
                arguments("a PNG that is a PDF", new String(Samples.png(), StandardCharsets.ISO_8859_1) + "%PDF-1.4"),
                arguments("a WebP with PHP", "RIFF\44\0\0\0WEBPVP8 <?php system($_GET[0]);"),
                arguments("an MP4 with a frame", "\0\0\0\20ftypisom\0\0\0\0<iframe src=x>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("polyglots")
    @DisplayName("nothing at all when it could be taken for two things")
    void polyglots(String what, String content) {
        assertThat(recognition.of(bytes(content))).as(what).isEmpty();
    }

    @Test
    @DisplayName("not expanded: an SVG of a million laughs is nothing")
    void laughs() {
        StringBuilder svg = new StringBuilder("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 30; i++) {
            svg.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
        }
        svg.append("]><svg xmlns='&a29;'/>");
        assertThat(recognition.of(bytes(svg.toString())).filter(MediaType.SVG::equals))
                .isEmpty();
    }

    @Test
    @DisplayName("not fetched: what an SVG refers to is not asked for")
    void entities() {
        String svg = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg xmlns='" + SVG
                + "' id='&a;'/>";
        assertThat(recognition.of(bytes(svg)))
                .isIn(Optional.of(MediaType.SVG), Optional.of(new MediaType("text/plain")));
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "image/png, image/png, false",
        "IMAGE/PNG; charset=x, image/png, false",
        "image/png, image/apng, false",
        "image/apng, image/png, false",
        "image/jpg, image/jpeg, false",
        "video/quicktime, video/mp4, false",
        "video/mp4, video/quicktime, false",
        "application/octet-stream, image/gif, false",
        "'', image/gif, false",
        ", image/gif, false",
        "image/png, image/jpeg, true",
        "text/html, image/gif, true",
        "text/plain, image/svg+xml, true",
        "image/svg+xml, image/png, true",
        "video/mp4, video/webm, true",
        "application/x-www-form-urlencoded, image/png, true",
        "nonsense, image/png, true",
    })
    @DisplayName("contradicted by what it is said to be")
    void declared(String declared, String recognised, boolean contradicts) {
        assertThat(DeclaredType.contradicts(Optional.ofNullable(declared), new MediaType(recognised)))
                .isEqualTo(contradicts);
    }
}
