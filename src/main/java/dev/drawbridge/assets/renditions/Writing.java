package dev.drawbridge.assets.renditions;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes files of pixels, which say nothing about their colours. */
final class Writing {
    private static final float PERCENT = 100f;

    /** Of zlib's levels this is the usual one, 6. */
    private static final float PNG_COMPRESSION = 1 / 3f;

    private static final int COLOURS = 3;

    private Writing() {}

    static byte[] jpeg(Bitmap bitmap, int quality) throws IOException {
        JPEGImageWriteParam param = new JPEGImageWriteParam(null);
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality / PERCENT);
        param.setOptimizeHuffmanTables(true);
        return write(Codec.JPEG.writer(), param, bitmap);
    }

    static byte[] png(Bitmap bitmap) throws IOException {
        ImageWriter writer = Codec.PNG.writer();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(PNG_COMPRESSION);
        return write(writer, param, bitmap);
    }

    private static byte[] write(ImageWriter writer, ImageWriteParam param, Bitmap bitmap) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image(bitmap), null, null), param);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    private static BufferedImage image(Bitmap bitmap) {
        boolean alpha = Bitmap.hasAlpha(bitmap.bands());
        int[] offsets = new int[bitmap.bands()];
        for (int band = 0; band < offsets.length; band++) {
            offsets[band] = band;
        }
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(bitmap.samples(), bitmap.samples().length),
                bitmap.width(),
                bitmap.height(),
                bitmap.width() * bitmap.bands(),
                bitmap.bands(),
                offsets,
                new Point());
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(bitmap.bands() >= COLOURS ? ColorSpace.CS_sRGB : ColorSpace.CS_GRAY),
                alpha,
                false,
                alpha ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, raster, false, null);
    }
}
