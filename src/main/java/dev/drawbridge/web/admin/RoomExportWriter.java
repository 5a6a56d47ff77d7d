package dev.drawbridge.web.admin;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Writes rooms as files, record by record, straight to the socket. */
final class RoomExportWriter extends AbstractHttpMessageConverter<RoomExport> {

    RoomExportWriter() {
        super(MediaType.parseMediaType(RoomExport.TLDRAW_FILE), MediaType.APPLICATION_JSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return RoomExport.class.isAssignableFrom(type);
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected RoomExport readInternal(Class<? extends RoomExport> type, HttpInputMessage input) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void writeInternal(RoomExport export, HttpOutputMessage output) throws IOException {
        export.format().write(export, output.getBody());
    }
}
