package gatehouse.meetings;

import gatehouse.resources.Resource;
import java.util.Optional;

/**
 * A room as whoever holds it needs it: a conference room or a meeting.
 *
 * @param video           with pictures
 * @param chairmanDecides whether all but the chairman are muted on entry (MASTER)
 * @param roomPin         what a guest keys; empty for none
 * @param adminPin        what makes a chairman; empty for none
 * @param layout          how many pictures: the digit of LAYOUTn, 0 for as many as there are people
 */
public record Room(String id, String number, String subject, boolean video, boolean chairmanDecides, int capacity, Optional<String> roomPin,
                   Optional<String> adminPin, boolean recorded, boolean prompts, boolean closesWhenEmpty, boolean locked, boolean muted, int width, int height,
                   int bitrate, int framerate, int layout) {
    static final int USUAL_CAPACITY = 9;

    static Room of(Resource room, Optional<String> roomPin, Optional<String> adminPin) {
        var fields = room.document();
        return new Room(room.id(), room.text("extension_number"), room.text("subject"), room.text("mode").equals("VIDEO"),
                room.text("control").equals("MASTER"), fields.path("capacity").asInt(USUAL_CAPACITY), roomPin, adminPin, fields.path("enable_recording").asBoolean(),
                fields.path("enable_prompt").asBoolean(true), fields.path("close_on_nobody").asBoolean(), fields.path("locked").asBoolean(),
                fields.path("muted").asBoolean(), fields.path("width").asInt(1280), fields.path("height").asInt(720), fields.path("bitrate").asInt(1024),
                fields.path("framerate").asInt(15), Integer.parseInt(fields.path("layout").asText("LAYOUT0").substring("LAYOUT".length())));
    }
}
