import { describeInABrowser } from '../support/chromium.ts';
import { ordinaryGrant } from './journeys/ordinary-grant.ts';
import { overTheLimit } from './journeys/over-the-limit.ts';
import { referredGrant } from './journeys/referred-grant.ts';
import { refusalOverturned } from './journeys/refusal-overturned.ts';
import { sameDayEmergency } from './journeys/same-day-emergency.ts';
import { thirdPartyPayee } from './journeys/third-party-payee.ts';
import { variation } from './journeys/variation.ts';
import { Town } from './town.ts';

/** In this order: more is asked for a family that the second one helped. */
const journeys: Readonly<Record<string, (town: () => Town) => void>> = {
  'an ordinary grant': ordinaryGrant,
  'a referred grant': referredGrant,
  'a same-day emergency': sameDayEmergency,
  'a refusal': refusalOverturned,
  'more for a family that was awarded': variation,
  'a grant paid to somebody else': thirdPartyPayee,
  'a grant above every limit': overTheLimit,
};

describeInABrowser('By clicking through', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.opens();
  });
  afterAll(() => town.closes());

  for (const [name, journey] of Object.entries(journeys))
    describe(name, () => {
      journey(() => town);
    });
});
