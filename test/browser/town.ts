import type { Browser } from 'playwright-core';
import { SetFundRules } from '../../src/funds/index.ts';
import { operatorOf } from '../../src/kernel/index.ts';
import type { RowOfFamilyFile } from '../support/family-file-writer.ts';
import { startBrowser } from '../support/chromium.ts';
import { grantFund, knownFamily, NO_RULES } from '../support/grants-scene.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import type { StandInNotify } from '../support/stand-in-notify.ts';
import { tellEverybody, withNotify } from '../support/telling.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';
import { Person, type Screen } from './person.ts';
import { signsInForTheFirstTime } from './signing-in.ts';

const DESK: Screen = { width: 1280, scripts: true };
const PHONE: Screen = { width: 390, scripts: true };
const STAFF = ['caseworker', 'manager', 'manager2', 'finance', 'releaser', 'administrator', 'partner'] as const;
/** The people of these journeys. */
export type Staff = (typeof STAFF)[number];

/** A council with a fund for grants, its people signed in at browsers of their own, and families with telephones. */
export class Town {
  readonly #people = new Map<string, Person>();

  private constructor(
    readonly house: TestHouse,
    private readonly notify: StandInNotify,
    private readonly browser: Browser,
  ) {}

  static async opens(): Promise<Town> {
    const house = await testHouse({ web: true });
    const town = new Town(house, await withNotify(house), await startBrowser());
    const fundId = await grantFund(house.app, house.council, '5000.00', 'early-action');
    const rules = { ...NO_RULES, emergencyCap: '200.00' };
    await house.app.get(SetFundRules).run(operatorOf(house.council.id), fundId, rules);
    return town;
  }

  async closes(): Promise<void> {
    await this.browser.close();
    await this.notify.stop();
    await this.house.close();
  }

  /** Gives one of the council's people at their desk; the first time, they come with their set-up code and sign in. */
  async at(as: Staff): Promise<Person> {
    const known = this.#people.get(as);
    if (known) return known;
    const person = await this.#arrives(as, DESK);
    await signsInForTheFirstTime(person, this.house, as);
    this.#people.set(as, person);
    return person;
  }

  /** Gives the same person on their way: on a telephone without scripts, still signed in. */
  async onTheWay(as: Staff): Promise<Person> {
    const key = `${as} on the way`;
    const known = this.#people.get(key);
    if (known) return known;
    const cookies = await (await this.at(as)).cookies;
    const person = await this.#arrives(key, { ...PHONE, scripts: false }, cookies);
    this.#people.set(key, person);
    return person;
  }

  /** Gives a family a telephone. */
  phone(family: string, screen: Partial<Screen> = {}): Promise<Person> {
    return this.#arrives(`family ${family}`, { ...PHONE, ...screen });
  }

  /** Has a family that the council knows and pays. @returns its number */
  family(reference: string, more: RowOfFamilyFile = {}): Promise<string> {
    return knownFamily(this.house, reference, undefined, { contact: 'yes', ...more });
  }

  /** Does what a worker of the machine does meanwhile: prices, posts, sends messages, hears that they arrived. */
  async meanwhile(): Promise<void> {
    await workOff(this.house.app, this.house.council.id);
  }

  /** Lets messages go out, and gives the address in the last one to a telephone. */
  async linkSentTo(mobile: string): Promise<string> {
    await tellEverybody(this.house, this.notify);
    const { accepted } = await this.notify.account();
    const digits = mobile.slice(1);
    const last = accepted.filter(({ type, to }) => type === 'sms' && to.endsWith(digits)).at(-1);
    const link = /https:\/\/pages\.example(\/f\/\w+)/.exec(last?.body ?? '')?.[1];
    if (!link) throw new Error(`no message with a link came to ${mobile}: ${JSON.stringify(accepted)}`);
    return link;
  }

  async letMessagesGo(): Promise<void> {
    await tellEverybody(this.house, this.notify);
  }

  #arrives(name: string, screen: Screen, cookies?: Awaited<Person['cookies']>): Promise<Person> {
    return Person.arrives(this.browser, { name, home: this.house.url, ...screen, cookies });
  }
}

/** Who of the people is which of the test council's. */
export function emailOf(as: Persona, house: TestHouse): string {
  return `${as}@${house.council.slug}.example`;
}
