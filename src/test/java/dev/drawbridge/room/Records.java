package dev.drawbridge.room;

import static dev.drawbridge.json.JsonText.json;
import static dev.drawbridge.json.JsonText.object;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;

/** Valid records of the default schema, as a tldraw client makes them. Names are what follows the colon in the id. */
public final class Records {
    public static final String DOCUMENT_ID = "document:document";
    public static final String PAGE_ID = "page:page";

    /** A path of two points without pressure: with {@code "dim":2} it has a form that a 5.0 client does not know. */
    public static final String PATH_2D = "AAAAAAAAAAAAPAA8";

    private Records() {}

    public static JsonObject document() {
        return object("{'id':'document:document','typeName':'document','gridSize':10,'name':'','meta':{}}");
    }

    public static JsonObject page() {
        return object("{'id':'page:page','typeName':'page','name':'Page 1','index':'a1','meta':{}}");
    }

    public static JsonObject page(String name) {
        return page().with("id", new JsonString("page:" + name))
                .with("name", new JsonString(name))
                .with("index", new JsonString("a2"));
    }

    public static JsonObject geo(String name) {
        return shape(name, "geo", """
                {'geo':'rectangle','dash':'draw','url':'','w':100,'h':80,'growY':0,'scale':1,'flipX':false,'flipY':false,
                'labelColor':'black','color':'black','fill':'none','size':'m','font':'draw','align':'middle',
                'verticalAlign':'middle','richText':{'type':'doc','content':[{'type':'paragraph'}]}}""");
    }

    public static JsonObject text(String name) {
        return shape(name, "text", """
                {'color':'black','size':'m','font':'draw','textAlign':'start','w':8,'scale':1,'autoSize':true,
                'richText':{'type':'doc','content':[{'type':'paragraph','content':[{'type':'text','text':'hello'}]}]}}""");
    }

    public static JsonObject note(String name) {
        return shape(name, "note", """
                {'color':'yellow','labelColor':'black','size':'m','font':'draw','fontSizeAdjustment':null,'align':'middle',
                'verticalAlign':'middle','growY':0,'url':'','richText':{'type':'doc','content':[{'type':'paragraph'}]},
                'scale':1,'textLastEditedBy':null}""");
    }

    public static JsonObject draw(String name) {
        return shape(name, "draw", """
                {'color':'black','fill':'none','dash':'draw','size':'m','segments':[{'type':'free',
                'path':'AAAAAAAAAAAAAAA/gEIAPgAowEVAxgAuwEmgyQAw'}],'isComplete':true,'isClosed':false,'isPen':false,
                'scale':1,'scaleX':1,'scaleY':1}""");
    }

    /** A freehand line whose one segment has two dimensions; the path need not make sense to be valid. */
    public static JsonObject draw2d(String name, String path) {
        return withProp(draw(name), "segments", "[{'type':'free','dim':2,'path':'" + path + "'}]");
    }

    public static JsonObject arrow(String name) {
        return shape(name, "arrow", """
                {'kind':'arc','labelColor':'black','color':'black','fill':'none','dash':'draw','size':'m',
                'arrowheadStart':'none','arrowheadEnd':'arrow','font':'draw','start':{'x':0,'y':0},'end':{'x':40,'y':20},
                'bend':0,'richText':{'type':'doc','content':[{'type':'paragraph'}]},'labelPosition':0.5,'scale':1,
                'elbowMidPoint':0.5}""");
    }

    public static JsonObject frame(String name) {
        return shape(name, "frame", "{'w':300,'h':200,'name':'Frame','color':'black'}");
    }

    /** Of {@link Schemas#WITH_CARDS}. */
    static JsonObject card(String name) {
        return shape(name, "card", "{'title':'Plan','outline':'none'}");
    }

    public static JsonObject on(String parentId, JsonObject shape) {
        return shape.with("parentId", new JsonString(parentId));
    }

    public static JsonObject binding(String name, String fromId, String toId) {
        return object("""
                {'typeName':'binding','type':'arrow','meta':{},'props':{'terminal':'end',
                'normalizedAnchor':{'x':0.5,'y':0.5},'isExact':false,'isPrecise':false,'snap':'none'}}""")
                .with("id", new JsonString("binding:" + name))
                .with("fromId", new JsonString(fromId))
                .with("toId", new JsonString(toId));
    }

    public static JsonObject imageAsset(String name) {
        return object("""
                {'typeName':'asset','type':'image','meta':{},'props':{'w':10,'h':10,'name':'n.png','isAnimated':false,
                'mimeType':'image/png','src':'https://example.com/n.png','fileSize':123}}""").with("id", new JsonString("asset:" + name));
    }

    public static JsonObject user(String name) {
        return object("{'typeName':'user','color':'#ff0000','imageUrl':'','meta':{}}")
                .with("id", new JsonString("user:" + name))
                .with("name", new JsonString(name));
    }

    /** A presence record as its client pushes it, with an id that the client chose. */
    public static JsonObject presence(String name) {
        return object("""
                {'typeName':'instance_presence','lastActivityTimestamp':1700000000000,'followingUserId':null,
                'cursor':{'x':1,'y':2,'type':'default','rotation':0},'color':'#FF0000','camera':{'x':0,'y':0,'z':1},
                'screenBounds':{'x':0,'y':0,'w':800,'h':600},'selectedShapeIds':[],'currentPageId':'page:page',
                'brush':null,'scribbles':[],'chatMessage':'','meta':{}}""")
                .with("id", new JsonString("instance_presence:chosen-by-" + name))
                .with("userId", new JsonString("user:" + name))
                .with("userName", new JsonString(name));
    }

    /** A record of a type that never leaves a client. */
    public static JsonObject camera() {
        return object("{'id':'camera:page:page','typeName':'camera','x':0,'y':0,'z':1,'meta':{}}");
    }

    public static String idOf(JsonObject record) {
        String id = record.string("id");
        if (id == null) {
            throw new IllegalArgumentException("no id in " + record);
        }
        return id;
    }

    public static JsonObject with(JsonObject record, String key, String value) {
        return record.with(key, json(value));
    }

    public static JsonObject withProp(JsonObject record, String key, String value) {
        return record.with("props", props(record).with(key, json(value)));
    }

    public static JsonObject withoutProp(JsonObject record, String key) {
        return record.with("props", props(record).without(key));
    }

    public static JsonObject withMeta(JsonObject record, String meta) {
        return with(record, "meta", meta);
    }

    private static JsonObject props(JsonObject record) {
        JsonValue props = record.get("props");
        return props instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    private static JsonObject shape(String name, String type, String props) {
        return object("{'x':0,'y':0,'rotation':0,'index':'a1','isLocked':false,'opacity':1,'meta':{},"
                        + "'parentId':'page:page','typeName':'shape'}")
                .with("id", new JsonString("shape:" + name))
                .with("type", new JsonString(type))
                .with("props", json(props));
    }
}
