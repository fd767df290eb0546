import { Calls } from './calls/calls.svelte';
import { Doors } from './doors/doors.svelte';
import { Api } from './lib/api';
import { LiveFeed, type BoxEvent, type Liveness } from './lib/events';
import { Phones } from './phones/phones.svelte';
import { SignedIn } from './signin/signin.svelte';
import { System } from './system/system.svelte';
import { Users } from './users/users.svelte';

const STATUS_MS = 15_000; // the lamp's own changes are not among the events, nor is what a call was before one listened

/** Everything the page knows, built by hand once, and kept up to date while someone is signed in. */
export class BoxPage {
  readonly api = new Api(sessionStorage);
  readonly signedIn = new SignedIn(this.api);
  readonly users = new Users(this.api);
  readonly phones = new Phones(this.api);
  readonly doors = new Doors(this.api);
  readonly calls = new Calls(this.api, () => this.signedIn.may('company_call_log.call_log_view_only'));
  readonly system = new System(this.api);
  liveness = $state<Liveness>('connecting');
  private feed: LiveFeed | undefined;
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.api.onSignedOut = () => location.reload(); // forgets all that was shown
  }

  start(): void {
    this.feed = new LiveFeed((signal) => this.api.stream('/events', signal), {
      event: (event) => void this.on(event).catch(() => {}),
      refresh: () => this.refresh(),
      liveness: (now) => (this.liveness = now),
    });
    void this.feed.run();
    this.ticking = setInterval(() => void Promise.all([this.system.load(), this.calls.loadLive()]).catch(() => {}), STATUS_MS);
  }

  async signOut(): Promise<void> {
    this.feed?.stop();
    clearInterval(this.ticking);
    await this.api.signOut().catch(() => {});
    location.reload();
  }

  get seesUsers() { return this.signedIn.may('user_management.users'); }
  get seesHouse() { return this.signedIn.may('phone_system.view_only'); }

  private async refresh(): Promise<void> {
    await Promise.all([
      this.seesUsers && this.users.load(), this.seesHouse && this.phones.load(), this.seesHouse && this.doors.load(),
      this.calls.load(), this.system.load(),
    ]);
  }

  private async on(event: BoxEvent): Promise<void> {
    if (this.seesHouse) this.phones.on(event);
    await Promise.all([
      this.seesUsers && this.users.on(event), this.seesHouse && this.doors.on(event), this.calls.on(event),
      event.type !== 'user' && this.system.load(),
    ]);
  }
}
