package dev.drawbridge.bench.load;

/** Records as a client of tldraw 5.4 pushes them, as text. */
final class Records {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Records() {}

    /** A rectangle, of which many may lie side by side. */
    static String rectangle(String id, int number) {
        return shape(id, "geo", number % 1_000 * 120, number / 1_000 * 120, index(number), "{\"t\":0}", """
                {"geo":"rectangle","dash":"draw","url":"","w":100,"h":100,"growY":0,"scale":1,"flipX":false,\
                "flipY":false,"labelColor":"black","color":"black","fill":"none","size":"m","font":"draw",\
                "align":"middle","verticalAlign":"middle","richText":{"type":"doc","content":[{"type":"paragraph"}]}}""");
    }

    /** A line drawn by hand. */
    static String line(String id, String path, long time) {
        return shape(id, "draw", 100, 100, "a1", "{\"t\":" + time + "}", """
                {"segments":[{"type":"free","path":"%s"}],"color":"black","fill":"none","dash":"draw","size":"m",\
                "isComplete":false,"isClosed":false,"isPen":false,"scale":1,"scaleX":1,"scaleY":1}""".formatted(path));
    }

    private static String shape(String id, String type, int x, int y, String index, String meta, String props) {
        return "{\"x\":" + x + ",\"y\":" + y + ",\"rotation\":0,\"index\":\"" + index + "\",\"id\":\"" + id
                + "\",\"typeName\":\"shape\",\"type\":\"" + type + "\",\"parentId\":\"page:page\",\"isLocked\":false,"
                + "\"opacity\":1,\"meta\":" + meta + ",\"props\":" + props + "}";
    }

    /** What a client says of itself first. */
    static String presence(String session, long now) {
        return """
                {"lastActivityTimestamp":%d,"followingUserId":null,"color":"#EC5E41","camera":{"x":0,"y":0,"z":1},\
                "cursor":{"x":0,"y":0,"rotation":0,"type":"default"},"screenBounds":{"x":0,"y":0,"w":1280,"h":800},\
                "selectedShapeIds":[],"brush":null,"scribbles":[],"chatMessage":"","meta":{},\
                "id":"instance_presence:%s","currentPageId":"page:page","userId":"user:%s","userName":"User of %s",\
                "typeName":"instance_presence"}""".formatted(Clock.toWire(now), session, session, session);
    }

    /** The operation that puts a record, with its key. */
    static String put(String record) {
        String id = record.substring(record.indexOf("\"id\":\"") + 6);
        return "\"" + id.substring(0, id.indexOf('"')) + "\":[\"put\"," + record + "]";
    }

    /** The fractional index of the n-th shape on a page: a0 to az, b00 to bzz, c000 and so on. */
    static String index(int number) {
        int width = 1;
        long rest = number;
        long ofThatWidth = DIGITS.length();
        while (rest >= ofThatWidth) {
            rest -= ofThatWidth;
            ofThatWidth *= DIGITS.length();
            width++;
        }
        char[] key = new char[width + 1];
        key[0] = (char) ('a' + width - 1);
        for (int i = width; i > 0; i--) {
            key[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(key);
    }
}
