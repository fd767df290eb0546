package gatehouse.messaging;

import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Problems;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Page;
import gatehouse.messaging.Gateway.News;
import gatehouse.messaging.Message.Delivery;
import gatehouse.messaging.Message.Direction;
import gatehouse.remote.RemoteApi;
import gatehouse.remote.RemoteFailure;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sends messages, takes those that come, and keeps both. Thread-safe. */
public final class Messages {
    private static final System.Logger LOG = System.getLogger(Messages.class.getName());
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{3,15}");
    private static final int MOST_A_MINUTE = 30; // of one user: each costs money

    private final MessageStore store;
    private final Channels channels;
    private final Users users;
    private final RemoteApi remote;
    private final Clock clock;
    private final Ids ids;

    public Messages(MessageStore store, Channels channels, Users users, RemoteApi remote, Clock clock, Ids ids) {
        this.store = store;
        this.channels = channels;
        this.users = users;
        this.remote = remote;
        this.clock = clock;
        this.ids = ids;
        store.write(tx -> {
            store.failUndecided(tx, "The box stopped while this was sent; whether it arrived is not known.");
            return null;
        });
    }

    Page<Message> page(ListQuery query) {
        return store.page(query);
    }

    Page<Message> pageOf(String userId, ListQuery query) {
        return store.pageOf(userId, query);
    }

    Optional<Message> byId(String id) {
        return store.byId(id);
    }

    /** Sends a message for a user, now: nobody tries again, so that none arrives twice. @return its id, whatever the provider said */
    String send(User user, String channelId, String to, String text) {
        var channel = channels.byId(channelId);
        var problems = new Problems();
        problems.addIf(channel.isEmpty(), "config_id", "unknown", "There is no SMS or WhatsApp channel with the id that config_id names.");
        problems.addIf(!NUMBER.matcher(to).matches(), "receiver", "pattern", "receiver must be a telephone number such as +4930123456.");
        problems.check();
        if (!channel.get().enabled()) {
            throw Problem.conflict("config_id", "The channel " + channel.get().name() + " is switched off.").raise();
        }
        var message = outgoing(user, channel.get(), to, text);
        store.write(tx -> {
            if (store.sentSince(tx, user.id(), clock.instant().minus(Duration.ofMinutes(1))) >= MOST_A_MINUTE) {
                throw Problem.of(Code.TOO_MANY_REQUESTS, "You may send " + MOST_A_MINUTE + " messages a minute.").raise();
            }
            store.insert(tx, message);
            return null;
        });
        handOver(channel.get(), message);
        return message.id();
    }

    private Message outgoing(User user, Channel channel, String to, String text) {
        return new Message(ids.next(), channel.id(), user.id(), channel.shown(), user.displayName(), to, null, channel.name(), channel.shown(),
                channel.brand().isEmpty() ? null : channel.brand(), channel.type(), Direction.OUT, text, null, null, null, clock.instant());
    }

    private void handOver(Channel channel, Message message) {
        try {
            var gateway = Gateway.of(channel, remote).orElseThrow(() -> new RemoteFailure("This box does not know how to send by "
                    + (channel.brand().isEmpty() ? "a provider without a brand" : channel.brand()) + "; it knows Twilio and Telnyx."));
            var providerId = gateway.send(channel, message.receiver(), message.content(), channels.webhook(channel.type(), channel.id()));
            store.write(tx -> {
                store.sent(tx, message.id(), providerId);
                return null;
            });
        } catch (RemoteFailure e) {
            store.write(tx -> {
                store.failed(tx, message.id(), e.getMessage());
                return null;
            });
        }
    }

    /** What a provider tells by a channel's webhook. What makes no sense is left aside: telling it again would not help. */
    void hear(Channel channel, Gateway.Told told) {
        try {
            var news = Gateway.of(channel, remote).isEmpty() ? List.<News>of() : Gateway.of(channel, remote).get().read(channel, told);
            store.write(tx -> {
                news.forEach(one -> take(tx, channel, one));
                return null;
            });
        } catch (Gateway.NotTheirs e) {
            throw Problem.of(Code.FORBIDDEN, e.getMessage()).raise();
        } catch (UncheckedIOException notJson) {
            LOG.log(Level.INFO, "A call of the webhook of " + channel.name() + " is no JSON");
            throw Problem.invalid("", "json", "The body is not valid JSON.").raise();
        }
    }

    private void take(Tx tx, Channel channel, News news) {
        switch (news) {
            case News.Became(var id, var delivery, var reason) -> store.became(tx, channel.id(), id, delivery, reason);
            case News.Came(var id, var sender, var name, var receiver, var content) -> {
                if (id.isEmpty() || !store.known(tx, channel.id(), id)) {
                    store.insert(tx, new Message(ids.next(), channel.id(), reader(tx, channel, sender), sender, name, receiver, null, channel.name(),
                            channel.shown(), channel.brand().isEmpty() ? null : channel.brand(), channel.type(), Direction.IN, content, null, Delivery.RECV,
                            id.isEmpty() ? null : id, clock.instant()));
                }
            }
        }
    }

    /** Who wrote to that number last by the same channel; else who shows the channel's number to those they call. */
    private String reader(Tx tx, Channel channel, String sender) {
        return store.lastWriter(tx, channel.id(), sender).or(() -> users.all().stream().filter(user -> shows(user, channel.shown())).map(User::id).findFirst())
                .orElse(null);
    }

    private static boolean shows(User user, String number) {
        for (var own : user.settings().path("outbound_caller_ids")) {
            if (!number.isEmpty() && own.path("caller_id").asText("").replace("+", "").equals(number.replace("+", ""))) {
                return true;
            }
        }
        return false;
    }
}
