package gatehouse.meetings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.blobs.Files;
import gatehouse.blobs.StoredFile;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Problems;
import gatehouse.hunting.Providers;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.numbers.NumberKind;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of conference rooms and meetings. Thread-safe. */
public final class Meetings {
    static final String ROOMS = "conference_rooms";
    static final String MEETINGS = "meetings";
    static final List<String> PINS = List.of("admin_pin", "room_pin");
    private static final String USED_BY = "conference recording";
    private static final String OBJECT = "CONFERENCE_ROOM";
    private static final int MOST_OF_A_USER = 200;
    private static final int NUMBER_TRIES = 100;
    private static final int RANDOM_DIGITS = 5;

    private final Keeping keeping;
    private final Users users;
    private final Files files;
    private final MeetingEngine engine;
    private final Resources rooms;
    private final Resources meetings;

    public Meetings(Keeping keeping, Users users, Providers providers, Files files, MeetingEngine engine) {
        this.keeping = keeping;
        this.users = users;
        this.files = files;
        this.engine = engine;
        rooms = keeping.of(Kind.of(ROOMS, OBJECT, "conference room", "subject").required("subject", "extension_number").secrets("admin_pin", "room_pin")
                .numbered(NumberKind.CONFERENCE_ROOM).most(1_000).rules(new CompanyRules(users, providers)));
        meetings = keeping.of(Kind.of(MEETINGS, OBJECT, "meeting", "subject").required("subject").secrets("admin_pin", "room_pin")
                .numbered(NumberKind.CONFERENCE_ROOM).most(MOST_OF_A_USER).rules(new PersonalRules(users, providers)));
    }

    /** A room's recordings go with it. */
    private final class CompanyRules extends RoomRules {
        CompanyRules(Users users, Providers providers) {
            super(users, providers);
        }

        @Override
        public void removing(Tx tx, Resource gone) {
            MeetingStore.recordings(tx, gone.id()).forEach(recording -> files.discard(tx, USED_BY, recording.id()));
        }
    }

    /** Who is invited sees a meeting, so invitations are kept where they can be looked up. */
    private static final class PersonalRules extends RoomRules {
        PersonalRules(Users users, Providers providers) {
            super(users, providers);
        }

        @Override
        public void written(Tx tx, Resource now, Optional<Resource> before) {
            var numbers = new HashSet<String>();
            now.document().path("internal_invitees").forEach(number -> numbers.add(number.asText()));
            MeetingStore.invite(tx, now.id(), numbers);
        }
    }

    /** Whether a table of resources holds rooms or meetings. */
    public static boolean isOneOf(String table) {
        return table.equals(ROOMS) || table.equals(MEETINGS);
    }

    public MeetingEngine engine() {
        return engine;
    }

    /** For calls: the room or meeting that has this number. */
    public Optional<Room> byNumber(String number) {
        return keeping.store().read(tx -> keeping.numbers().owner(tx, number).filter(owner -> owner.kind() == NumberKind.CONFERENCE_ROOM)
                .flatMap(owner -> rooms.find(tx, Resources.COMPANY, owner.id()).map(room -> typed(rooms, room))
                        .or(() -> MeetingStore.ownerOf(tx, owner.id()).flatMap(user -> meetings.find(tx, user, owner.id())).map(one -> typed(meetings, one)))));
    }

    private static Room typed(Resources kind, Resource room) {
        return Room.of(room, kind.secret(room, "room_pin"), kind.secret(room, "admin_pin"));
    }

    Resources rooms() {
        return rooms;
    }

    String createRoom(Actor actor, ObjectNode fields) {
        return rooms.create(actor, Resources.COMPANY, checked(fields)).id();
    }

    void updateRoom(Actor actor, String id, ObjectNode changes) {
        rooms.update(actor, Resources.COMPANY, id, checked(changes));
        engine.changed(id);
    }

    /** PINs are looked at before they are sealed. */
    private static ObjectNode checked(ObjectNode fields) {
        var problems = new Problems();
        PINS.forEach(pin -> problems.add(RoomRules.pin(fields, pin)));
        problems.check();
        return RoomRules.inUtc(fields);
    }

    /** With a number that is free: seven, then five random digits. */
    Resource createMeeting(Actor actor, String userId, ObjectNode fields) {
        var checked = checked(fields);
        return meetings.write(tx -> meetings.create(tx, actor, userId, checked.put("extension_number", freeNumber(tx))));
    }

    private String freeNumber(Tx tx) {
        for (int i = 0; i < NUMBER_TRIES; i++) {
            var number = "7" + keeping.ids().digits(RANDOM_DIGITS);
            if (keeping.numbers().owner(tx, number).isEmpty()) {
                return number;
            }
        }
        throw Problem.of(Code.CONFLICT, "No free number was found for the meeting; remove old meetings, then try again.").raise();
    }

    /** The user's own, and those the user is invited to. */
    Page<Resource> visibleTo(User user, Listing listing, ListQuery query) {
        return meetings.pageWhere(listing, query, MeetingStore.VISIBLE, user.id(), user.extensionNumber().orElse(""));
    }

    /** @throws gatehouse.core.ProblemException NOT_FOUND when it is neither the user's nor one the user is invited to */
    Resource visibleTo(String userId, String id) {
        return meetings.read(tx -> {
            var owner = MeetingStore.ownerOf(tx, id).orElse("");
            var number = users.byId(userId).flatMap(User::extensionNumber).orElse("");
            if (!owner.equals(userId) && !MeetingStore.isInvited(tx, id, number)) {
                throw Problem.notFound("meeting").raise();
            }
            return meetings.get(tx, owner, id);
        });
    }

    /** @throws gatehouse.core.ProblemException FORBIDDEN when another's, NOT_FOUND when not even visible */
    Resource ownedBy(String userId, String id) {
        var meeting = visibleTo(userId, id);
        if (!meeting.owner().equals(userId)) {
            throw Problem.of(Code.FORBIDDEN, "This meeting is another's; ask its owner to change it.").raise();
        }
        return meeting;
    }

    void updateMeeting(Actor actor, String userId, String id, ObjectNode changes) {
        meetings.update(actor, ownedBy(userId, id).owner(), id, checked(changes));
        engine.changed(id);
    }

    void deleteMeeting(Actor actor, String userId, String id) {
        meetings.delete(actor, ownedBy(userId, id).owner(), id);
    }

    /** Locks or mutes; kept with the room, so that it holds for who comes later too. */
    void flag(Actor actor, Resource room, String flag, boolean on) {
        (room.owner().equals(Resources.COMPANY) ? rooms : meetings).update(actor, room.owner(), room.id(), Json.object().put(flag, on));
        engine.changed(room.id());
    }

    /** A PIN in clear, for who may see it. */
    public Optional<String> pin(Resource room, String field) {
        return (room.owner().equals(Resources.COMPANY) ? rooms : meetings).secret(room, field);
    }

    /** Keeps what was said in a conference room. @param wav is moved away */
    public RoomRecording keep(String roomId, Instant answeredAt, Instant endedAt, Path wav) {
        return files.keep(wav, "meeting-" + answeredAt.getEpochSecond() + ".wav", (tx, file) -> {
            rooms.get(tx, Resources.COMPANY, roomId);
            var recording = new RoomRecording(keeping.ids().next(), roomId, file.id(), answeredAt, endedAt, false);
            MeetingStore.insert(tx, recording);
            files.use(tx, file.id(), USED_BY, recording.id());
            return recording;
        });
    }

    List<RoomRecording> recordings(String roomId) {
        return rooms.read(tx -> MeetingStore.recordings(tx, rooms.get(tx, Resources.COMPANY, roomId).id()));
    }

    Map<String, StoredFile> filesOf(List<RoomRecording> recordings) {
        return rooms.read(tx -> files.byIds(tx, recordings.stream().map(RoomRecording::fileId).toList()));
    }

    void setRead(String roomId, String id, boolean read) {
        rooms.write(tx -> {
            MeetingStore.setRead(tx, recording(tx, roomId, id).id(), read);
            return null;
        });
    }

    void deleteRecording(Actor actor, String roomId, String id) {
        rooms.write(tx -> {
            var recording = recording(tx, roomId, id);
            MeetingStore.delete(tx, id);
            files.discard(tx, USED_BY, id);
            keeping.audit().record(tx, actor, Action.DELETE, "CALL_RECORDING", recording.answeredAt().toString(), null, null);
            return null;
        });
    }

    private RoomRecording recording(Tx tx, String roomId, String id) {
        rooms.get(tx, Resources.COMPANY, roomId);
        return MeetingStore.recording(tx, roomId, id).orElseThrow(() -> Problem.notFound("recording").raise());
    }
}
