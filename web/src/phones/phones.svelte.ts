import type { Api } from '../lib/api';
import { newPassword } from '../lib/chance';
import type { BoxEvent } from '../lib/events';
import { byNumber } from '../lib/numbers';

export interface Phone {
  extension_number: string | null;
  name: string | null;
  vendor: string;
  model: string;
  fwver: string | null;
  ip: string | null;
  mac: string;
}

export interface PhoneModel {
  filename: string;
  model: string;
  display_name: string;
}

/** One of a user's phones, with the address it fetches its settings from. */
export interface UserPhone {
  id: string;
  mac: string;
  filename: string;
  vendor: string;
  model: string;
  url: string;
  door_password1: string | null;
}

/** What is scanned or tapped to set up a softphone. */
export interface PhoneLink {
  url: string;
  /** Opens the app; null where it has no such link. */
  app_link: string | null;
  /** The address as SVG. */
  qr: string;
}

/** How far a phone came on its way in, and what to do where it stopped. */
export interface Ladder {
  stands: string;
  cure: string | null;
  /** By what it got its files; null while it got none. */
  identity: string | null;
  steps: { at: string; step: string; ip: string; detail: string; times: number }[];
}

/** What a phone gets when it comes next, and what of it is new to it. */
export interface Preview {
  effect: 'NOTHING' | 'STAYS_UP' | 'MAY_RESTART' | 'RESTARTS';
  because: string[];
  problem: string | null;
  files: { name: string; standing: 'NEW' | 'UNCHANGED' | 'CHANGED' | 'GONE'; fetched_at: string | null; text: string | null; diff: string[] }[];
}

/** @property dial what to dial at a phone that waits; null where that is off */
export interface Pin {
  extension_number: string;
  pin: string;
  dial: string | null;
  open_until: string;
}

interface Profile {
  time_zones: string[];
  codecs: string[];
}

/** 0015651a2b3c → 00:15:65:1A:2B:3C */
export const shownMac = (mac: string) => mac.toUpperCase().match(/../g)?.join(':') ?? mac;

const STEPS: Record<string, string> = {
  HEARD: 'Asked its network', ASKED: 'Asked for a file', REFUSED: 'Refused', FETCHED: 'Got a file', LOGGED: 'Sent a log',
  REGISTER_REFUSED: 'Registration refused', REGISTERED: 'Registered', UNREGISTERED: 'No longer registered',
};

export const shownStep = (step: string) => STEPS[step] ?? step;

const IDENTITIES: Record<string, string> = {
  MAC: 'because it named its MAC', PIN: 'because somebody vouched for it', FOLDER: 'because it knew their address', CERTIFICATE: "by its maker's certificate",
};

export const shownIdentity = (identity: string) => IDENTITIES[identity] ?? identity;

const EFFECTS: Record<Preview['effect'], string> = {
  NOTHING: 'Nothing is new for this phone.', STAYS_UP: 'The phone takes this over without a restart.',
  MAY_RESTART: 'The phone may restart when it fetches this.', RESTARTS: 'The phone restarts when it fetches this.',
};

export const shownEffect = (preview: Preview) => preview.problem ?? EFFECTS[preview.effect];

const STANDINGS: Record<string, string> = {
  NEW: 'not fetched yet', UNCHANGED: 'nothing new', CHANGED: 'changed', GONE: 'no longer there',
};

export const shownStanding = (standing: string) => STANDINGS[standing] ?? standing;

/** What stands before the model in its name. */
export const vendorOf = ({ display_name, model }: PhoneModel) => display_name.slice(0, display_name.length - model.length).trim();

/** An app, which can scan; a door phone of the same template hangs on a wall and always has a code. */
export const isSoftphone = ({ filename, door_password1 }: Pick<UserPhone, 'filename' | 'door_password1'>) =>
  filename === 'generic.ph.xml' && !door_password1;

/** A drawing as a picture's address: nothing in it can act on the page. */
export const imageOf = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

const CALM_MS = 1_000;

/** Every phone of the house. */
export class Phones {
  items = $state<Phone[]>([]);
  loaded = $state(false);
  private waiting = false;

  constructor(private readonly api: Api) {}

  async load(): Promise<void> {
    this.items = (await this.api.get<{ items: Phone[] }>('/phones')).items.sort((a, b) => byNumber(a.extension_number, b.extension_number));
    this.loaded = true;
  }

  /** A phone that registers has fetched its settings before; when a houseful boots, once a second is enough. */
  on(event: BoxEvent): void {
    if (event.type !== 'user' && event.type !== 'registration' || this.waiting) return;
    this.waiting = true;
    setTimeout(() => {
      this.waiting = false;
      void this.load().catch(() => {});
    }, CALM_MS);
  }

  /** The models that somebody has; none while that is not known. */
  modelsOf(extensionNumber: string | null): string[] {
    return this.items.filter((phone) => phone.extension_number === extensionNumber).map((phone) => `${phone.vendor} ${phone.model}`);
  }

  async why(mac: string): Promise<Ladder> {
    return this.api.get<Ladder>(`/phones/${mac}/ladder`);
  }

  /** By which somebody at a phone says that it is this user's, once. */
  async pin(userId: string): Promise<Pin> {
    return this.api.post<Pin>(`/users/${userId}/adoption_pin`);
  }

  /** Without secrets. */
  async preview(mac: string): Promise<Preview> {
    return this.api.get<Preview>(`/phones/${mac}/preview`);
  }

  /** With the phone's secret. */
  async link(mac: string): Promise<PhoneLink> {
    return this.api.get<PhoneLink>(`/phones/${mac}/link`);
  }

  async models(): Promise<PhoneModel[]> {
    return (await this.api.get<{ items: PhoneModel[] }>('/phone_models')).items;
  }

  async of(userId: string): Promise<UserPhone[]> {
    return (await this.api.get<{ items: UserPhone[] }>(`/users/${userId}/phones`)).items;
  }

  async takeAway(userId: string, phoneId: string): Promise<void> {
    await this.api.post(`/users/${userId}/phones/${phoneId}/destroy`);
    await this.load();
  }

  /** Gives a phone with the settings that suit most. @returns the address it fetches its settings from */
  async give(userId: string, mac: string, model: PhoneModel, doorCode: string): Promise<string> {
    const profile = await this.api.get<Profile>(`/phone_models/${encodeURIComponent(model.filename)}`);
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const { url } = await this.api.post<{ url: string }>(`/users/${userId}/phones`, {
      mac, filename: model.filename, model: model.model,
      vendor: vendorOf(model),
      password: newPassword(), language: 'ENGLISH', transfer: 'BLIND',
      timezone: profile.time_zones.includes(here) ? here : (profile.time_zones[0] ?? 'UTC'),
      codecs: profile.codecs, interface: 'PRIVATE_IPV4', preferred_transport: 'UDP',
      ...(doorCode ? { door_password1: doorCode } : {}),
    });
    await this.load();
    return url;
  }
}
