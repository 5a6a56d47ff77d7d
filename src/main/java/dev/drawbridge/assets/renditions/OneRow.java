package dev.drawbridge.assets.renditions;

import java.awt.Point;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.MultiPixelPackedSampleModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;

/**
 * A raster of any height that keeps one row: all are the same one. A reader that tells of each row that it has put there can
 * read an image into it of which there is never more in memory.
 */
final class OneRow extends WritableRaster {
    private final WritableRaster row;

    private OneRow(SampleModel all, WritableRaster row) {
        super(all, row.getDataBuffer(), new Point());
        this.row = row;
    }

    /** @param model how a pixel looks */
    static OneRow of(SampleModel model, int width, int height) {
        SampleModel rowModel = model instanceof PixelInterleavedSampleModel
                ? inOrder(model.getDataType(), width, model.getNumBands())
                : model.createCompatibleSampleModel(width, 1);
        WritableRaster row = Raster.createWritableRaster(rowModel, buffer(rowModel, width), null);
        return new OneRow(repeated(rowModel, width, height), row);
    }

    /** As files have the samples of a pixel, so that rows can be copied as they are. */
    private static SampleModel inOrder(int dataType, int width, int bands) {
        int[] offsets = new int[bands];
        for (int band = 0; band < bands; band++) {
            offsets[band] = band;
        }
        return new PixelInterleavedSampleModel(dataType, width, 1, bands, width * bands, offsets);
    }

    private static DataBuffer buffer(SampleModel row, int width) {
        int size =
                switch (row) {
                    case ComponentSampleModel pixels -> width * pixels.getPixelStride();
                    case MultiPixelPackedSampleModel packed -> packed.getScanlineStride();
                    default -> throw new IllegalArgumentException("pixels of another kind: " + row);
                };
        return switch (row.getDataType()) {
            case DataBuffer.TYPE_BYTE -> new DataBufferByte(size);
            case DataBuffer.TYPE_USHORT -> new DataBufferUShort(size);
            default -> throw new IllegalArgumentException("samples of type " + row.getDataType());
        };
    }

    /** From one row to the next it is no step. */
    private static SampleModel repeated(SampleModel row, int width, int height) {
        return switch (row) {
            case PixelInterleavedSampleModel pixels ->
                new ComponentSampleModel(
                        pixels.getDataType(), width, height, pixels.getPixelStride(), 0, pixels.getBandOffsets());
            case MultiPixelPackedSampleModel packed ->
                new MultiPixelPackedSampleModel(packed.getDataType(), width, height, packed.getPixelBitStride(), 0, 0);
            default -> throw new IllegalArgumentException("pixels of another kind: " + row);
        };
    }

    /** The row that came last. */
    Raster row() {
        return row;
    }

    /** The same that is inherited, and faster. */
    @Override
    public void setRect(int x, int y, Raster source) {
        if (source.getHeight() == 1 && source.getMinY() == 0) {
            row.setRect(x, 0, source);
        } else {
            super.setRect(x, y, source);
        }
    }
}
