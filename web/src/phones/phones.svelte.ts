import type { Api } from '../lib/api';
import { newPassword } from '../lib/chance';

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
  vendor: string;
  model: string;
  url: string;
}

interface Profile {
  time_zones: string[];
  codecs: string[];
}

/** 0015651a2b3c → 00:15:65:1A:2B:3C */
export const shownMac = (mac: string) => mac.toUpperCase().match(/../g)?.join(':') ?? mac;

/** Every phone of the house. */
export class Phones {
  items = $state<Phone[]>([]);
  loaded = $state(false);

  constructor(private readonly api: Api) {}

  async load(): Promise<void> {
    this.items = (await this.api.get<{ items: Phone[] }>('/phones')).items;
    this.loaded = true;
  }

  async models(): Promise<PhoneModel[]> {
    return (await this.api.get<{ items: PhoneModel[] }>('/phone_models')).items;
  }

  async of(userId: string): Promise<UserPhone[]> {
    return (await this.api.get<{ items: UserPhone[] }>(`/users/${userId}/phones`)).items;
  }

  /** Gives a phone with the settings that suit most. @returns the address it fetches its settings from */
  async give(userId: string, mac: string, model: PhoneModel, doorCode: string): Promise<string> {
    const profile = await this.api.get<Profile>(`/phone_models/${encodeURIComponent(model.filename)}`);
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const { url } = await this.api.post<{ url: string }>(`/users/${userId}/phones`, {
      mac, filename: model.filename, model: model.model,
      vendor: model.display_name.slice(0, model.display_name.length - model.model.length).trim(),
      password: newPassword(), language: 'ENGLISH', transfer: 'BLIND',
      timezone: profile.time_zones.includes(here) ? here : (profile.time_zones[0] ?? 'UTC'),
      codecs: profile.codecs, interface: 'PRIVATE_IPV4', preferred_transport: 'UDP',
      ...(doorCode ? { door_password1: doorCode } : {}),
    });
    await this.load();
    return url;
  }
}
