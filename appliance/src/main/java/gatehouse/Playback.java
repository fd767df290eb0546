package gatehouse;

import gatehouse.api.Routes;
import gatehouse.blobs.Files;
import gatehouse.company.Company;
import gatehouse.core.Timers;
import gatehouse.music.MusicOnHold;
import gatehouse.music.MusicRoutes;
import gatehouse.music.MusicStore;
import gatehouse.recordings.RecordingRoutes;
import gatehouse.recordings.RecordingStore;
import gatehouse.recordings.Recordings;
import gatehouse.resources.Keeping;
import gatehouse.users.Users;
import gatehouse.voicemail.GreetingRoutes;
import gatehouse.voicemail.GreetingStore;
import gatehouse.voicemail.Greetings;
import gatehouse.voicemail.SharedVoicemailRoutes;
import gatehouse.voicemail.SharedVoicemails;
import gatehouse.voicemail.VoicemailRoutes;
import gatehouse.voicemail.VoicemailServer;
import gatehouse.voicemail.VoicemailServerStore;
import gatehouse.voicemail.VoicemailStore;
import gatehouse.voicemail.Voicemails;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What is recorded and heard again, wired by hand like {@link Gatehouse}, whose part it is. The engine writes and plays what it keeps. */
final class Playback {
    private final Voicemails voicemails;
    private final SharedVoicemails sharedVoicemails;
    private final Recordings recordings;
    private final List<Routes> routes;

    Playback(Keeping keeping, Users users, Company company, Files files, Timers timers, RandomGenerator random) {
        var store = keeping.store();
        var voicemailStore = new VoicemailStore(store);
        var greetingStore = new GreetingStore(store);
        var voicemailServer = new VoicemailServer(new VoicemailServerStore(store), keeping.numbers(), keeping.audit());
        sharedVoicemails = new SharedVoicemails(keeping, voicemailStore, greetingStore, files);
        voicemails = new Voicemails(voicemailStore, files, users, sharedVoicemails, voicemailServer, keeping.audit(), keeping.events(), keeping.clock(),
                timers, keeping.ids());
        var greetings = new Greetings(greetingStore, files, users, sharedVoicemails, keeping.audit(), keeping.clock(), keeping.ids());
        recordings = new Recordings(new RecordingStore(store), keeping, files, users,
                () -> Duration.ofDays(company.settings().retention().recordings()), timers);
        var music = new MusicOnHold(new MusicStore(store), files, keeping, random);

        routes = List.of(new VoicemailRoutes(voicemails, voicemailServer), new GreetingRoutes(greetings, users, sharedVoicemails),
                new SharedVoicemailRoutes(sharedVoicemails, voicemails), new RecordingRoutes(recordings), new MusicRoutes(music));
    }

    List<Routes> routes() {
        return routes;
    }

    Voicemails voicemails() {
        return voicemails;
    }

    SharedVoicemails sharedVoicemails() {
        return sharedVoicemails;
    }

    Recordings recordings() {
        return recordings;
    }
}
