package dev.drawbridge.web.admin;

import dev.drawbridge.host.RecordsPage;
import dev.drawbridge.host.RecordsQuery;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomPatch;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Records", description = "Read and write records. Changes are validated, stored, and live to all clients.")
class RecordsController {
    private static final String RECORDS = AdminApi.ROOM + "/records";
    private static final String RECORD = RECORDS + "/{recordId}";

    private final RoomCommands rooms;
    private final Patience patience;
    private final Loans loans;

    RecordsController(RoomCommands rooms, Patience patience, Loans loans) {
        this.rooms = rooms;
        this.patience = patience;
        this.loans = loans;
    }

    @GetMapping(RECORDS)
    @Operation(
            operationId = "listRecords",
            summary = "List records",
            description =
                    "In the order of their ids, page by page. A page of large records may have fewer than `limit` and not"
                            + " be the last. The `ETag` is the room's clock.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.ROOM_NOT_FOUND})
    ResponseEntity<RecordsBody> list(
            @PathVariable String roomId,
            @Parameter(description = "Only those of this type.", example = "shape") @RequestParam
                    Optional<String> typeName,
            @Parameter(
                            description = "The most records on the page.",
                            schema =
                                    @Schema(
                                            types = "integer",
                                            defaultValue = PageLimit.DEFAULT,
                                            minimum = "1",
                                            maximum = "" + PageLimit.MAX))
                    @RequestParam(defaultValue = PageLimit.DEFAULT)
                    int limit,
            @Parameter(description = "`next` of the page before.") @RequestParam Optional<String> cursor)
            throws RoomCommandException {
        RecordsQuery query = new RecordsQuery(typeName, cursor.map(Cursor::read), PageLimit.check(limit));
        RecordsPage page = patience.await(rooms.records(AdminApi.room(roomId), query, loans.ofRequest()));
        return ResponseEntity.ok().eTag(Etag.of(page.documentClock())).body(RecordsBody.of(page));
    }

    @PatchMapping(RECORDS)
    @Operation(
            operationId = "changeRecords",
            summary = "Change many records at once",
            description = "All changes land together, or none. Answered when they are stored.")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.LIMIT_REACHED,
        ProblemType.CLOCK_MISMATCH,
        ProblemType.PAYLOAD_TOO_LARGE,
        ProblemType.INVALID_RECORD
    })
    ResponseEntity<ChangesBody> change(@PathVariable String roomId, @RequestBody ChangeRecords request)
            throws RoomCommandException {
        RoomPatch.Outcome outcome = patience.await(rooms.update(AdminApi.room(roomId), request.patch()));
        return answer(HttpStatus.OK, outcome);
    }

    @GetMapping(RECORD)
    @Operation(
            operationId = "getRecord",
            summary = "Read a record",
            description = "The `ETag` is the clock of the room, as everywhere.")
    @MayFail({ProblemType.ROOM_NOT_FOUND, ProblemType.RECORD_NOT_FOUND})
    ResponseEntity<RecordBody> get(
            @PathVariable String roomId, @Parameter(example = "shape:box") @PathVariable String recordId)
            throws RoomCommandException {
        RoomCommands.Read read = patience.await(rooms.record(AdminApi.room(roomId), recordId, loans.ofRequest()));
        RecordBody record = read.record().map(RecordBody::of).orElseThrow(() -> noSuchRecord(recordId));
        return ResponseEntity.ok().eTag(Etag.of(read.documentClock())).body(record);
    }

    @PutMapping(RECORD)
    @Operation(operationId = "putRecord", summary = "Create or replace a record")
    @ApiResponse(responseCode = "200", description = "The record was replaced, or was like that already.")
    @ApiResponse(responseCode = "201", description = "The record is new.")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.LIMIT_REACHED,
        ProblemType.CLOCK_MISMATCH,
        ProblemType.PAYLOAD_TOO_LARGE,
        ProblemType.INVALID_RECORD
    })
    ResponseEntity<ChangesBody> put(
            @PathVariable String roomId,
            @Parameter(example = "shape:box") @PathVariable String recordId,
            @Parameter(description = Etag.IF_MATCH, schema = @Schema(type = "string", example = "\"7\""))
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @RequestBody JsonObject record)
            throws RoomCommandException {
        if (!recordId.equals(record.string("id"))) {
            throw ProblemException.invalidRequest("id: expected that of the path");
        }
        RoomPatch patch = new RoomPatch(List.of(record), List.of(), Etag.ifMatch(ifMatch));
        RoomPatch.Outcome outcome = patience.await(rooms.update(AdminApi.room(roomId), patch));
        return answer(outcome.created() > 0 ? HttpStatus.CREATED : HttpStatus.OK, outcome);
    }

    @DeleteMapping(RECORD)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteRecord", summary = "Delete a record")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.RECORD_NOT_FOUND,
        ProblemType.CLOCK_MISMATCH
    })
    void delete(
            @PathVariable String roomId,
            @Parameter(example = "shape:box") @PathVariable String recordId,
            @Parameter(description = Etag.IF_MATCH, schema = @Schema(type = "string", example = "\"7\""))
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch)
            throws RoomCommandException {
        RoomPatch patch = new RoomPatch(List.of(), List.of(recordId), Etag.ifMatch(ifMatch));
        if (patience.await(rooms.update(AdminApi.room(roomId), patch)).deleted() == 0) {
            throw noSuchRecord(recordId);
        }
    }

    private static ResponseEntity<ChangesBody> answer(HttpStatus status, RoomPatch.Outcome outcome) {
        return ResponseEntity.status(status)
                .eTag(Etag.of(outcome.documentClock()))
                .body(ChangesBody.of(outcome));
    }

    private static ProblemException noSuchRecord(String recordId) {
        return new ProblemException(ProblemType.RECORD_NOT_FOUND, "There is no record " + Quoted.bare(recordId));
    }
}
