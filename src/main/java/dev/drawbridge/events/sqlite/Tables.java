package dev.drawbridge.events.sqlite;

import dev.drawbridge.sqlite.Statements;

/** The tables of {@link EventsFile}, each with what is done with it, on one connection. */
record Tables(LogRows log, StoryRows stories, QueueRows queues, NodeRows nodes) {

    static Tables of(Statements statements) {
        LogRows log = new LogRows(statements);
        return new Tables(log, new StoryRows(statements), new QueueRows(statements, log), new NodeRows(statements));
    }
}
