package dev.drawbridge.assets.renditions;

import static dev.drawbridge.assets.renditions.Images.BOTTOM_LEFT;
import static dev.drawbridge.assets.renditions.Images.BOTTOM_RIGHT;
import static dev.drawbridge.assets.renditions.Images.TOP_LEFT;
import static dev.drawbridge.assets.renditions.Images.TOP_RIGHT;
import static dev.drawbridge.assets.renditions.Images.bytes;
import static dev.drawbridge.assets.renditions.Images.indexOf;
import static dev.drawbridge.assets.renditions.Images.insert;
import static dev.drawbridge.assets.renditions.Images.join;
import static dev.drawbridge.assets.renditions.Images.quarters;
import static dev.drawbridge.assets.renditions.Images.typeOf;
import static dev.drawbridge.assets.renditions.Images.webp;
import static dev.drawbridge.assets.renditions.Images.withChunk;
import static dev.drawbridge.assets.renditions.Images.withSegment;
import static dev.drawbridge.assets.renditions.Images.write;
import static java.awt.image.BufferedImage.TYPE_3BYTE_BGR;
import static java.awt.image.BufferedImage.TYPE_4BYTE_ABGR;
import static java.awt.image.BufferedImage.TYPE_BYTE_GRAY;
import static java.awt.image.BufferedImage.TYPE_BYTE_INDEXED;
import static java.awt.image.BufferedImage.TYPE_INT_RGB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.renditions.Making.Made;
import dev.drawbridge.assets.renditions.Making.None;
import dev.drawbridge.assets.renditions.RenditionObserver.Outcome;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A rendition")
class ShrinkingTest {
    private static final Rung RUNG = new Rung(100, 80);
    private static final Limits LIMITS = new Limits(50_000_000, 30_000_000, Duration.ofMinutes(1));

    private static Making make(byte[] content, Limits limits) {
        return new Shrinking(limits, System::nanoTime).make(typeOf(content), content, RUNG);
    }

    private static Making make(byte[] content) {
        return make(content, LIMITS);
    }

    /** Whether it is worth it is not the question in most tests: what is added changes nothing in the image. */
    private static byte[] larger(byte[] content) {
        MediaType type = typeOf(content);
        if (type.equals(MediaType.JPEG)) {
            return withSegment(content, 0xfe, new byte[60_000]);
        }
        return type.equals(MediaType.PNG) ? withChunk(content, "noIz", new byte[200_000]) : content;
    }

    private static BufferedImage image(byte[] content, MediaType type) {
        Making making = make(larger(content));
        assertThat(making).isInstanceOfSatisfying(Made.class, made -> {
            assertThat(made.type()).isEqualTo(type);
            assertThat(typeOf(made.content())).isEqualTo(type);
        });
        return Images.read(((Made) making).content());
    }

    private static byte[] file(byte[] content) {
        return ((Made) make(content)).content();
    }

    private static void assertNone(Making making, Outcome why) {
        assertThat(making).isEqualTo(new None(why));
    }

    private static void assertColour(BufferedImage image, double x, double y, Color expected) {
        Color colour = new Color(image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight())), true);
        assertThat(colour.getRed()).isCloseTo(expected.getRed(), within(14));
        assertThat(colour.getGreen()).isCloseTo(expected.getGreen(), within(14));
        assertThat(colour.getBlue()).isCloseTo(expected.getBlue(), within(14));
        assertThat(colour.getAlpha()).isEqualTo(expected.getAlpha());
    }

    private static void assertQuarters(BufferedImage image, Color... colours) {
        assertColour(image, 0.2, 0.2, colours[0]);
        assertColour(image, 0.8, 0.2, colours[1]);
        assertColour(image, 0.2, 0.8, colours[2]);
        assertColour(image, 0.8, 0.8, colours[3]);
    }

    private static void assertQuarters(BufferedImage image) {
        assertQuarters(image, TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT);
    }

    @Nested
    class OfJpeg {

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        @DisplayName("is a JPEG of that width and of the original's shape, whether that came in passes or not")
        void shrinks(boolean progressive) {
            BufferedImage image = image(write("jpeg", quarters(403, 301, TYPE_INT_RGB), progressive), MediaType.JPEG);

            assertThat(image.getWidth()).isEqualTo(100);
            assertThat(image.getHeight()).isEqualTo(75);
            assertQuarters(image);
        }

        @Test
        @DisplayName("stays grey, and as light as it was")
        void grey() {
            BufferedImage original = new BufferedImage(400, 300, TYPE_BYTE_GRAY);
            Arrays.fill(((DataBufferByte) original.getRaster().getDataBuffer()).getData(), (byte) 77);

            BufferedImage image = image(write("jpeg", original, false), MediaType.JPEG);

            assertThat(image.getRaster().getNumBands()).isOne();
            assertThat(image.getRaster().getSample(50, 30, 0)).isEqualTo(77);
        }

        @ParameterizedTest
        @CsvSource({"60", "90"})
        @DisplayName("is finer and larger with a higher quality")
        void quality(int quality) {
            byte[] content = write("jpeg", Images.noise(400, 300), false);
            Shrinking shrinking = new Shrinking(LIMITS, System::nanoTime);

            Made made = (Made) shrinking.make(MediaType.JPEG, content, new Rung(100, quality));
            Made usual = (Made) shrinking.make(MediaType.JPEG, content, new Rung(100, 80));

            assertThat(made.content().length > usual.content().length).isEqualTo(quality > 80);
        }

        @ParameterizedTest
        @CsvSource({
            "1, 0123", "2, 1032", "3, 3210", "4, 2301", "5, 0213", "6, 2031", "7, 3120", "8, 1302", "0, 0123", "9, 0123"
        })
        @DisplayName("is upright, however the camera was held")
        void orientation(int orientation, String corners) {
            Color[] colours = {TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT};
            Color[] expected =
                    corners.chars().mapToObj(each -> colours[each - '0']).toArray(Color[]::new);
            boolean turned = orientation >= 5 && orientation <= 8;
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                byte[] content = Images.oriented(Images.jpeg(400, 300), orientation, order);

                BufferedImage image = image(content, MediaType.JPEG);

                assertThat(image.getWidth()).isEqualTo(100);
                assertThat(image.getHeight()).isEqualTo(turned ? 133 : 75);
                assertQuarters(image, expected);
            }
        }

        @Test
        @DisplayName("is not made when the original, once upright, is not wider")
        void notWiderWhenUpright() {
            byte[] content = larger(Images.jpeg(400, 99));

            assertNone(make(Images.oriented(content, 6, ByteOrder.BIG_ENDIAN)), Outcome.NOT_WIDER);
            assertThat(make(content)).isInstanceOf(Made.class);
        }

        @Test
        @DisplayName("has the profile of the original, byte for byte, and nothing else that was said about it")
        void profile() {
            byte[] icc = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
            byte[] data = join(bytes("ICC_PROFILE\0\1\1"), icc);
            byte[] content = withSegment(larger(Images.jpeg(400, 300)), 0xe2, data);
            content = Images.oriented(content, 3, ByteOrder.BIG_ENDIAN);

            byte[] file = file(content);

            assertThat(indexOf(file, data)).isEqualTo(2 + 18 + 4);
            assertThat(indexOf(file, bytes("Exif"))).isNegative();
            assertThat(Images.read(file).getWidth()).isEqualTo(100);
        }

        @Test
        @DisplayName("has the right colours when only Adobe's segment says that they are red, green and blue")
        void adobeRgb() {
            byte[] raw = Images.rawJpeg(quarters(400, 300, TYPE_3BYTE_BGR));
            byte[] adobe = withSegment(raw, 0xee, bytes("Adobe\0\144\0\0\0\0\0"));

            assertQuarters(image(adobe, MediaType.JPEG));
        }

        @Test
        @DisplayName("has the right colours whatever the numbers of the components")
        void numbers() {
            byte[] content = Images.jpeg(400, 300);
            int frame = indexOf(content, bytes("\u00ff\u00c0\0\21\10"));
            int scan = indexOf(content, bytes("\u00ff\u00da\0\14\3"));
            for (int i = 0; i < 3; i++) {
                content[frame + 10 + 3 * i] = (byte) (34 + i);
                content[scan + 5 + 2 * i] = (byte) (34 + i);
            }

            assertQuarters(image(content, MediaType.JPEG));
        }

        @Test
        @DisplayName("is not made of the colours of a printer, nor of what browsers do not show")
        void others() {
            byte[] content = Images.jpeg(400, 300);
            int frame = indexOf(content, bytes("\u00ff\u00c0\0\21\10"));
            byte[] printer = insert(content, frame + 19, new byte[] {4, 0x11, 0});
            printer[frame + 3] = 20;
            printer[frame + 9] = 4;
            assertNone(make(printer), Outcome.UNSUITABLE);

            byte[] lossless = content.clone();
            lossless[frame + 1] = (byte) 0xc3;
            assertNone(make(lossless), Outcome.UNSUITABLE);

            byte[] deep = content.clone();
            deep[frame + 4] = 12;
            assertNone(make(deep), Outcome.UNSUITABLE);
        }

        @Test
        @DisplayName("is made though another image, or a video, follows: telephones do that")
        void followed() {
            byte[] content = Images.jpeg(400, 300);

            assertQuarters(image(join(content, Images.jpeg(60, 40), new byte[5_000]), MediaType.JPEG));
        }
    }

    @Nested
    class OfPng {

        @ParameterizedTest
        @CsvSource({"1, false", "1, true", "5, false", "5, true", "6, false", "6, true", "13, false", "13, true"})
        @DisplayName("is a PNG of the same colours, whatever those are kept as")
        void shrinks(int imageType, boolean interlaced) {
            BufferedImage image = image(write("png", quarters(403, 301, imageType), interlaced), MediaType.PNG);

            assertThat(image.getWidth()).isEqualTo(100);
            assertThat(image.getHeight()).isEqualTo(75);
            assertQuarters(image);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        @DisplayName("has the colours of a small palette")
        void smallPalette(int bits) {
            byte[] red = {0, (byte) 255};
            byte[] green = {100, 20};
            byte[] blue = {7, 30};
            IndexColorModel palette = new IndexColorModel(bits, 2, red, green, blue);
            BufferedImage original = new BufferedImage(401, 300, BufferedImage.TYPE_BYTE_BINARY, palette);
            for (int y = 0; y < 300; y++) {
                for (int x = 0; x < 200; x++) {
                    original.getRaster().setSample(x, y, 0, 1);
                }
            }

            BufferedImage image = image(write("png", original, false), MediaType.PNG);

            assertColour(image, 0.2, 0.5, new Color(255, 20, 30));
            assertColour(image, 0.8, 0.5, new Color(0, 100, 7));
        }

        @ParameterizedTest
        @CsvSource({"10, 1", "11, 257"})
        @DisplayName("stays grey, and as light as it was")
        void grey(int imageType, int factor) {
            BufferedImage original = new BufferedImage(400, 300, imageType);
            for (int y = 0; y < 300; y++) {
                for (int x = 0; x < 400; x++) {
                    original.getRaster().setSample(x, y, 0, 77 * factor);
                }
            }

            BufferedImage image = image(write("png", original, false), MediaType.PNG);

            assertThat(image.getRaster().getNumBands()).isOne();
            assertThat(image.getRaster().getSample(50, 30, 0)).isEqualTo(77);
        }

        @Test
        @DisplayName("is transparent where the original is, and what is transparent lends no colour to what is not")
        void alpha() {
            BufferedImage original = new BufferedImage(400, 300, TYPE_4BYTE_ABGR);
            for (int y = 0; y < 300; y++) {
                for (int x = 0; x < 400; x++) {
                    original.setRGB(x, y, x < 202 ? 0x0000ff00 : 0xffff0000);
                }
            }

            BufferedImage image = image(write("png", original, false), MediaType.PNG);

            assertThat(image.getRGB(20, 30) >>> 24).isZero();
            assertThat(image.getRGB(80, 30)).isEqualTo(0xffff0000);
            assertThat(image.getRGB(50, 30) >>> 24).isCloseTo(128, within(1));
            assertThat(image.getRGB(50, 30) & 0xffffff).isEqualTo(0xff0000);
        }

        @Test
        @DisplayName("says nothing about opacity where all is opaque")
        void opaque() {
            BufferedImage image = image(write("png", quarters(400, 300, TYPE_4BYTE_ABGR), false), MediaType.PNG);

            assertThat(image.getRaster().getNumBands()).isEqualTo(3);
        }

        @Test
        @DisplayName("is transparent where one colour was said to be")
        void oneColour() {
            byte[] red = {0, (byte) 255, 0, 0, 0, 0};

            BufferedImage image = image(withChunk(Images.png(400, 300), "tRNS", red), MediaType.PNG);

            assertThat(image.getRGB(20, 20) >>> 24).isZero();
            assertColour(image, 0.8, 0.8, BOTTOM_RIGHT);
        }

        @Test
        @DisplayName("has a palette's transparent colours")
        void palette() {
            IndexColorModel palette = new IndexColorModel(
                    8, 2, new byte[] {0, (byte) 255}, new byte[2], new byte[2], new byte[] {(byte) 128, (byte) 255});
            BufferedImage original = new BufferedImage(400, 300, TYPE_BYTE_INDEXED, palette);

            BufferedImage image = image(write("png", original, false), MediaType.PNG);

            assertThat(image.getRGB(20, 20) >>> 24).isEqualTo(128);
        }

        @Test
        @DisplayName("has what the original says of its colours, byte for byte, and nothing else")
        void colours() {
            byte[] profile = Images.chunk("iCCP", bytes("P3\0\0anything"));
            byte[] gamma = Images.chunk("gAMA", new byte[] {0, 0, (byte) 0xb1, (byte) 0x8f});
            byte[] content = insert(larger(Images.png(400, 300)), 33, join(gamma, profile));
            content = withChunk(content, "tEXt", bytes("Comment\0secret"));

            byte[] file = file(content);

            assertThat(indexOf(file, join(gamma, profile))).isEqualTo(33);
            assertThat(indexOf(file, bytes("secret"))).isNegative();
        }

        @Test
        @DisplayName("is not made of what moves, or was turned in a way that not all browsers see")
        void others() {
            assertNone(
                    make(withChunk(Images.png(400, 300), "acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0})),
                    Outcome.UNSUITABLE);
            byte[] turned = Images.exif(6, ByteOrder.BIG_ENDIAN);
            assertNone(make(withChunk(Images.png(400, 300), "eXIf", turned)), Outcome.UNSUITABLE);
            byte[] upright = Images.exif(1, ByteOrder.BIG_ENDIAN);
            assertThat(make(larger(withChunk(Images.png(400, 300), "eXIf", upright))))
                    .isInstanceOf(Made.class);
        }
    }

    @Nested
    class OfWebp {

        @Test
        @DisplayName("is a JPEG when it is opaque")
        void opaque() {
            byte[] content = webp("lossy");
            Made made = (Made) new Shrinking(LIMITS, System::nanoTime).make(MediaType.WEBP, padded(content), RUNG);

            assertThat(made.type()).isEqualTo(MediaType.JPEG);
            BufferedImage image = Images.read(made.content());
            assertThat(image.getWidth()).isEqualTo(100);
            assertThat(image.getHeight()).isEqualTo(75);
            assertQuarters(image);
        }

        @ParameterizedTest
        @ValueSource(strings = {"alpha", "lossless"})
        @DisplayName("is a PNG when something in it is transparent")
        void transparent(String name) {
            Made made = (Made) new Shrinking(LIMITS, System::nanoTime).make(MediaType.WEBP, padded(webp(name)), RUNG);

            assertThat(made.type()).isEqualTo(MediaType.PNG);
            assertQuarters(Images.read(made.content()), TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, new Color(0, 0, 0, 0));
        }

        @Test
        @DisplayName("is not made of what moves")
        void animated() {
            byte[] content = padded(webp("lossy"));
            content[20] |= 2;

            assertNone(make(content), Outcome.UNSUITABLE);
        }

        @Test
        @DisplayName("is not made of an image that is larger inside than it says outside")
        void largerInside() {
            byte[] content = padded(webp("lossy"));
            int frame = indexOf(content, bytes("VP8 ")) + 8;
            content[frame + 6] = (byte) 0xff;
            content[frame + 7] = 0x3f;

            assertNone(make(content), Outcome.UNSUITABLE);
        }

        private static byte[] padded(byte[] webp) {
            byte[] chunk = join(bytes("noIz\0\0\1\0"), new byte[65_536]);
            byte[] padded = join(webp, chunk);
            ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).putInt(4, padded.length - 8);
            return padded;
        }
    }

    @Nested
    class IsNotMade {

        @Test
        @DisplayName("when the original is not wider")
        void notWider() {
            assertNone(make(Images.jpeg(100, 300)), Outcome.NOT_WIDER);
            assertNone(make(Images.png(99, 1)), Outcome.NOT_WIDER);
        }

        @Test
        @DisplayName("when it would have more bytes than the original")
        void noGain() {
            BufferedImage original = new BufferedImage(110, 90, TYPE_BYTE_INDEXED);
            Random random = new Random(1);
            for (int y = 0; y < 90; y++) {
                for (int x = 0; x < 110; x++) {
                    original.getRaster().setSample(x, y, 0, random.nextInt(216));
                }
            }
            assertNone(make(write("png", original, false)), Outcome.NO_GAIN);
        }

        @ParameterizedTest
        @CsvSource({"100000, 100000", "20000, 20000", "50000001, 1", "2147483647, 2147483647"})
        @DisplayName("when the header tells of more pixels than may be, and none of them is read")
        void bombInHeader(int width, int height) {
            assertNone(make(Images.pngHeader(width, height)), Outcome.TOO_LARGE);
        }

        @Test
        @DisplayName("when a small file has 20,000 by 20,000 pixels, and next to nothing is allocated for it")
        void bomb() {
            byte[] bomb = Images.emptyPng(20_000, 20_000);
            assertThat(bomb.length).isLessThan(100_000);

            long before = allocated();
            assertNone(make(bomb), Outcome.TOO_LARGE);
            assertThat(allocated() - before).isLessThan(1_000_000);
        }

        @Test
        @DisplayName(
                "when reading it would take more memory than there is for one: of scans, of pixels that come in passes")
        void memory() {
            Limits little = new Limits(50_000_000, 500_000, Duration.ofMinutes(1));
            BufferedImage original = quarters(400, 300, TYPE_INT_RGB);

            assertThat(make(larger(write("png", original, false)), little)).isInstanceOf(Made.class);
            assertNone(make(larger(write("png", original, true)), little), Outcome.TOO_LARGE);
            assertThat(make(larger(write("jpeg", original, false)), little)).isInstanceOf(Made.class);
            assertNone(make(larger(write("jpeg", original, true)), little), Outcome.TOO_LARGE);
            assertNone(make(webp("lossy"), little), Outcome.TOO_LARGE);
        }

        @Test
        @DisplayName("when the time is over, however few bytes keep the reader busy")
        void time() {
            byte[] progressive = write("jpeg", quarters(400, 300, TYPE_INT_RGB), true);
            int lastScan = new String(progressive, StandardCharsets.ISO_8859_1).lastIndexOf("\u00ff\u00da");
            byte[] scan = Arrays.copyOfRange(progressive, lastScan, progressive.length - 2);
            byte[] manyScans = progressive;
            for (int i = 0; i < 40; i++) {
                manyScans = insert(manyScans, lastScan, scan);
            }
            for (byte[] content : List.of(
                    manyScans,
                    larger(Images.jpeg(400, 300)),
                    larger(Images.png(400, 300)),
                    larger(write("png", quarters(400, 300, TYPE_INT_RGB), true)),
                    webp("lossy"),
                    webp("lossless"))) {
                AtomicLong looks = new AtomicLong();
                Shrinking shrinking =
                        new Shrinking(new Limits(50_000_000, 30_000_000, Duration.ofNanos(2)), looks::incrementAndGet);

                assertNone(shrinking.make(typeOf(content), content, RUNG), Outcome.TOO_SLOW);
                assertThat(looks.get()).isLessThan(400);
            }
        }

        static Stream<Named<byte[]>> all() {
            return Stream.of(
                    Named.of("JPEG", write("jpeg", Images.noise(200, 150), false)),
                    Named.of("progressive JPEG", write("jpeg", Images.noise(200, 150), true)),
                    Named.of("turned JPEG", Images.oriented(Images.jpeg(200, 150), 6, ByteOrder.BIG_ENDIAN)),
                    Named.of("PNG", write("png", Images.noise(200, 150), false)),
                    Named.of("interlaced PNG", write("png", Images.noise(200, 150), true)),
                    Named.of("PNG with a palette", write("png", quarters(200, 150, TYPE_BYTE_INDEXED), false)),
                    Named.of("WebP", webp("lossy")),
                    Named.of("transparent WebP", webp("alpha")),
                    Named.of("lossless WebP", webp("lossless")));
        }

        @ParameterizedTest
        @MethodSource("all")
        @DisplayName("of what is cut off, wherever that is")
        void cutOff(byte[] content) {
            for (int length = 1; length < content.length; length += 1 + content.length / 60) {
                Making making = make(Arrays.copyOf(content, length));
                assertThat(making).isInstanceOf(None.class);
            }
        }

        @ParameterizedTest
        @MethodSource("all")
        @DisplayName("of some damaged images, and is of others, but never does anything worse come of it")
        void damaged(byte[] content) {
            Random random = new Random(42);
            for (int i = 0; i < 60; i++) {
                byte[] damaged = content.clone();
                for (int j = 0; j <= i % 5; j++) {
                    int near = i % 2 == 0 ? 300 : damaged.length;
                    damaged[1 + random.nextInt(Math.min(near, damaged.length) - 1)] = (byte) random.nextInt(256);
                }
                assertThat(new Shrinking(LIMITS, System::nanoTime).make(typeOf(content), damaged, RUNG))
                        .isNotNull();
            }
        }
    }

    @Test
    @DisplayName(
            "is made though a file has very many pieces that nobody needs; not of a profile in more parts than can be counted")
    void pieces() {
        byte[] palette = larger(write("png", quarters(400, 300, TYPE_BYTE_INDEXED), false));
        byte[] piece = Images.chunk("noIz", new byte[0]);
        ByteBuffer pieces = ByteBuffer.allocate(100_000 * piece.length);
        for (int i = 0; i < 100_000; i++) {
            pieces.put(piece).putInt(pieces.position() - 8, i | 0x61000000);
        }
        byte[] png = insert(palette, 33, pieces.array());
        byte[] webp = webp("lossy");
        ByteBuffer chunks = ByteBuffer.allocate(100_000 * 8);
        for (int i = 0; i < 100_000; i++) {
            chunks.putInt(i | 0x61000000).putInt(0);
        }
        byte[] many = join(webp, chunks.array());
        ByteBuffer.wrap(many).order(ByteOrder.LITTLE_ENDIAN).putInt(4, many.length - 8);
        byte[] jpeg = Images.jpeg(400, 300);
        byte[] profile = join(bytes("\u00ff\u00e2\0\16ICC_PROFILE\0"));
        ByteBuffer segments = ByteBuffer.allocate(300 * profile.length);
        for (int i = 0; i < 300; i++) {
            segments.put(profile);
        }

        assertThat(make(png)).isInstanceOf(Made.class);
        assertThat(make(many)).isInstanceOf(Made.class);
        assertNone(make(insert(jpeg, 2, segments.array())), Outcome.UNSUITABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png"})
    @DisplayName("of 12 megapixels takes as little memory as one of few: an image is read row by row")
    void memory(String format) {
        byte[] content = write(format, new BufferedImage(4_000, 3_000, TYPE_3BYTE_BGR), false);
        Limits limits = new Limits(50_000_000, 3_000_000, Duration.ofMinutes(1));
        make(larger(Images.jpeg(400, 300))); // what is loaded once

        long before = allocated();
        Making making = make(content, limits);
        long allocated = allocated() - before;

        assertThat(making).isInstanceOf(Made.class);
        assertThat(allocated).isLessThan(12_000_000);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
