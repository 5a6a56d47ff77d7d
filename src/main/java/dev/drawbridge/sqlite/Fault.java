package dev.drawbridge.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's errors mean. */
public final class Fault {

    private Fault() {}

    /** The kind of error, without what is said of it in particular. */
    public static SQLiteErrorCode code(SQLException error) {
        return SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff);
    }

    /** An error in an operator's words, as the end of a sentence that names the file. */
    public static String inWords(SQLException error) {
        String reason =
                switch (code(error)) {
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
        return reason + " (" + error.getMessage() + ")";
    }
}
