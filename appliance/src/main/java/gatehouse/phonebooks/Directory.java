package gatehouse.phonebooks;

import gatehouse.contacts.Contacts;
import gatehouse.contacts.Listed;
import gatehouse.contacts.Listed.Number;
import gatehouse.contacts.Listed.Place;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one person may look up: colleagues first, then contacts, each by name. Thread-safe. */
final class Directory {
    private final Contacts contacts;
    private final Users users;

    Directory(Contacts contacts, Users users) {
        this.contacts = contacts;
        this.users = users;
    }

    /** @param owner who looks; empty at a desk where nobody is, which sees nobody's own contacts */
    Page page(Optional<User> owner, Look look, int top) {
        return from(owner, look, (look.page() - 1) * top, top);
    }

    /** The same from any entry on, counted from 0. */
    Page from(Optional<User> owner, Look look, int skip, int top) {
        var book = look.book();
        var colleagues = book == Book.ALL || book == Book.COLLEAGUES ? colleagues(owner, look.search()) : List.<Listed>of();
        var entries = new ArrayList<>(colleagues.stream().skip(skip).limit(top).toList());
        var company = book == Book.ALL || book == Book.COMPANY;
        var whose = book == Book.ALL || book == Book.PERSONAL ? owner.map(User::id).orElse("") : "";
        if (book == Book.COLLEAGUES) {
            return new Page(look, skip, colleagues.size(), entries);
        }
        var listed = contacts.listed(company, whose, look.search(), Math.max(0, skip - colleagues.size()), top - entries.size());
        entries.addAll(listed.items());
        return new Page(look, skip, colleagues.size() + listed.total(), entries);
    }

    private List<Listed> colleagues(Optional<User> owner, String search) {
        var wanted = search.toLowerCase(Locale.ROOT);
        return users.all().stream().filter(user -> user.enabled() && user.extensionNumber().isPresent() && owner.filter(user::equals).isEmpty())
                .filter(user -> user.displayName().toLowerCase(Locale.ROOT).contains(wanted) || user.extensionNumber().get().contains(wanted))
                .sorted(Comparator.comparing(User::displayName, String.CASE_INSENSITIVE_ORDER).thenComparing(user -> user.extensionNumber().get()))
                .map(user -> new Listed(user.displayName(), List.of(new Number(Place.WORK, user.extensionNumber().get())))).toList();
    }
}
