package dev.drawbridge.cluster.link;

import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.Visitor;
import java.nio.ByteBuffer;

/**
 * Who wants to enter which room, as the node has decided it that has let it in.
 *
 * @param session the number of its session on the link: a pass is for one only
 */
public record Pass(int session, String roomId, Visitor visitor) {

    public byte[] encode() {
        return new FrameWriter(128)
                .number(session)
                .text(roomId)
                .text(visitor.sessionId())
                .flag(visitor.rights().readonly())
                .flag(visitor.rights().objects() == ObjectAccess.WRITE)
                .flag(visitor.userId() != null)
                .text(visitor.userId() == null ? "" : visitor.userId())
                .flag(visitor.userName() != null)
                .text(visitor.userName() == null ? "" : visitor.userName())
                .number(visitor.expiresAt())
                .done();
    }

    public static Pass decode(byte[] bytes) throws MalformedFrameException {
        FrameReader in = new FrameReader(ByteBuffer.wrap(bytes));
        int session = in.count();
        String roomId = in.text();
        String sessionId = in.text();
        Rights rights = new Rights(in.flag(), in.flag() ? ObjectAccess.WRITE : ObjectAccess.READ);
        boolean hasId = in.flag();
        String userId = in.text();
        boolean hasName = in.flag();
        String userName = in.text();
        return new Pass(
                session,
                roomId,
                new Visitor(sessionId, rights, hasId ? userId : null, hasName ? userName : null, in.number()));
    }
}
