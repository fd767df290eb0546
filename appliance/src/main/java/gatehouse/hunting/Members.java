package gatehouse.hunting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.ExtensionNumbers.Owner;
import gatehouse.numbers.NumberKind;
import gatehouse.store.Store.Tx;
import gatehouse.users.Users;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The members of every group of one kind, in the order they were given. Thread-safe. */
public final class Members {
    private static final int MOST = 1_000; // as many as one box has phones

    private final MemberStore store;
    private final ExtensionNumbers numbers;
    private final Users users;

    /** @param members,groups,column where they are kept: see {@link MemberStore} */
    public Members(String members, String groups, String column, ExtensionNumbers numbers, Users users) {
        this.store = new MemberStore(members, groups, column);
        this.numbers = numbers;
        this.users = users;
    }

    public List<Member> of(Tx tx, String groupId) {
        return store.of(tx, groupId).stream().flatMap(seat -> member(seat).stream()).toList();
    }

    private Optional<Member> member(MemberStore.Seat seat) {
        return users.byId(seat.userId()).flatMap(user -> user.extensionNumber()
                .map(number -> new Member(user.id(), number, user.displayName(), seat.skillLevel())));
    }

    /** One of them, if this user is. */
    public Optional<Member> byUser(Tx tx, String groupId, String userId) {
        return store.of(tx, groupId, userId).flatMap(this::member);
    }

    /** @throws gatehouse.core.ProblemException NOT_FOUND */
    public Member byNumber(Tx tx, String groupId, String number) {
        return users.byNumber(number).flatMap(user -> byUser(tx, groupId, user.id())).orElseThrow(() -> Problem.notFound("member").raise());
    }

    /** The groups a user belongs to, by name. */
    public List<Group> groupsOf(Tx tx, String userId) {
        return store.groupsOf(tx, userId);
    }

    /**
     * Puts {@code items} in the place of those who were there; null for nobody.
     *
     * @return the user ids of who is new
     * @throws gatehouse.core.ProblemException with every item that names nobody, or somebody twice
     */
    public Set<String> replace(Tx tx, String groupId, JsonNode items) {
        var wanted = new ArrayList<String>();
        items.forEach(item -> wanted.add(item.path("extension_number").asText("")));
        var owners = numbers.owners(tx, wanted).stream().filter(owner -> owner.kind() == NumberKind.EXTENSION)
                .collect(Collectors.toMap(Owner::number, Owner::id));
        var problems = new Problems();
        problems.addIf(wanted.size() > MOST, "items", "maxItems", "A group may have " + MOST + " members; these are " + wanted.size() + ".");
        var seats = JsonNodeFactory.instance.arrayNode();
        var seen = new HashSet<String>();
        for (int i = 0; i < wanted.size(); i++) {
            var number = wanted.get(i);
            var field = "items[" + i + "].extension_number";
            problems.addIf(number.isEmpty(), field, "required", field + " is missing; name an extension.");
            problems.addIf(!number.isEmpty() && !owners.containsKey(number), field, "unknown", "There is no extension " + number
                    + "; add its user first.");
            problems.addIf(!number.isEmpty() && !seen.add(number), field, "unique", "The extension " + number + " is there twice; name it once.");
            seats.addObject().put("user", owners.get(number)).put("skill", items.get(i).path("skill_level").asInt(1));
        }
        problems.check();
        var before = store.of(tx, groupId).stream().map(MemberStore.Seat::userId).collect(Collectors.toSet());
        store.replace(tx, groupId, seats);
        return owners.values().stream().filter(id -> !before.contains(id)).collect(Collectors.toSet());
    }

    /** For the audit log: who, with which skill. */
    public static String text(List<Member> members) {
        var array = JsonNodeFactory.instance.arrayNode();
        members.forEach(member -> array.add(member.json().without("display_name")));
        return array.toString();
    }
}
