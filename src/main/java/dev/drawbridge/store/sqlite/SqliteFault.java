package dev.drawbridge.store.sqlite;

import dev.drawbridge.sqlite.Fault;
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
                switch (Fault.code(e)) {
                    case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH -> false;
                    default -> true;
                };
            default -> false;
        };
    }

    /** Whether other rooms may well be written all the same: the fault is of the write, or of a part of the file. */
    static boolean isOfOneRoom(SQLException error) {
        return !isOfTheWhole(error) || Fault.code(error) == SQLiteErrorCode.SQLITE_CORRUPT;
    }

    static StoreException explain(Path path, SQLException error) {
        return new StoreException("The room store " + path + " " + Fault.inWords(error), error);
    }
}
