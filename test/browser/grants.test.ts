import { describeInABrowser } from '../support/chromium.ts';
import { ordinaryGrant } from './journeys/ordinary-grant.ts';
import { overTheLimit } from './journeys/over-the-limit.ts';
import { referredGrant } from './journeys/referred-grant.ts';
import { refusalOverturned } from './journeys/refusal-overturned.ts';
import { sameDayEmergency } from './journeys/same-day-emergency.ts';
import { thirdPartyPayee } from './journeys/third-party-payee.ts';
import { variation } from './journeys/variation.ts';
import { Town } from './town.ts';

describeInABrowser('By clicking through', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.opens();
  });
  afterAll(() => town.closes());

  describe('an ordinary grant', () => ordinaryGrant(() => town));
  describe('a referred grant', () => referredGrant(() => town));
  describe('a same-day emergency', () => sameDayEmergency(() => town));
  describe('a refusal', () => refusalOverturned(() => town));
  describe('more for a family that was awarded', () => variation(() => town, 'N-102'));
  describe('a grant paid to somebody else', () => thirdPartyPayee(() => town));
  describe('a grant above every limit', () => overTheLimit(() => town));
});
