import { codeNow, CreateSetUpCode } from '../../src/identity/index.ts';
import { operatorOf } from '../../src/kernel/index.ts';
import type { TestHouse } from '../support/test-house.ts';
import type { Person } from './person.ts';
import { emailOf, type Staff } from './town.ts';

const PASSWORD = 'paper lantern orchard';

/** Begins at the start page with the code an administrator gave: a password, an authenticator app, and in. */
export async function signsInForTheFirstTime(person: Person, house: TestHouse, as: Staff): Promise<void> {
  const email = emailOf(as, house);
  const setUpCode = await house.app.get(CreateSetUpCode).run(operatorOf(house.council.id), email);
  await person.opens('/');
  await person.isOn('Sign in');
  await person.follows('I have a set-up code');
  await person.picks('Council', 'The council of northshire');
  await person.types({ 'E-mail address': email, 'Set-up code': setUpCode });
  await person.types({ 'New password': PASSWORD, 'The same password again': PASSWORD });
  await person.presses('Continue');
  await person.isOn('Set up your authenticator app');
  const shown = await person.wordsOf('main strong');
  await person.types({ 'The six digits it shows for Mainstay': codeNow(shown.replaceAll(' ', '')) });
  await person.presses('Sign in');
  await person.isOn(as === 'partner' ? 'Referrals of Northtown Advice' : `Good to see you, ${as}`);
}
