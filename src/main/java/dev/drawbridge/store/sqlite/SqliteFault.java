package dev.drawbridge.store.sqlite;

import dev.drawbridge.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says in an operator's words what SQLite's errors mean. */
final class SqliteFault {

    private SqliteFault() {}

    /** Whether it is the disk or the file that does not do its work, and not this one write that cannot be done. */
    static boolean isOfTheWhole(Throwable error) {
        return switch (error) {
            case StoreException ignored -> true;
            case SQLException e ->
                switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff)) {
                    case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH -> false;
                    default -> true;
                };
            default -> false;
        };
    }

    /** Whether other rooms may well be written all the same: the fault is of the write, or of a part of the file. */
    static boolean isOfOneRoom(SQLException error) {
        return !isOfTheWhole(error)
                || SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT;
    }

    static StoreException explain(Path path, SQLException error) {
        String reason =
                switch (SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff)) {
                    case SQLITE_BUSY, SQLITE_LOCKED ->
                        "is locked by another process. Close the program that has the file open.";
                    case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                        "cannot be written. Check the permissions of the file and its folder, and how the disk is mounted.";
                    case SQLITE_FULL ->
                        "is full, or its disk is: nothing more can be stored until there is room again.";
                    case SQLITE_CORRUPT, SQLITE_NOTADB ->
                        "is damaged. It is left as it is; restore a backup, or rescue what can be read with"
                                + " the .recover command of sqlite3.";
                    case SQLITE_IOERR -> "cannot be read or written: its disk reports errors.";
                    default -> "does not work.";
                };
        return new StoreException("The room store " + path + " " + reason + " (" + error.getMessage() + ")", error);
    }
}
