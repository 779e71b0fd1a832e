import { nextState, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchReferral } from '../intake-problems.ts';
import { type ReferralCommand, type ReferralState, referralStates } from '../referral.states.ts';

/** How a family gave its consent. */
export const consentWays = ['in-person', 'telephone', 'writing'] as const;

/** What a partner says of a family. */
export interface NewReferral {
  readonly leadName: string;
  /** When the person who leads the family was born, where it is known. */
  readonly born: PlainDate | null;
  readonly postcode: string;
  /** Who the children are, in the partner's words. */
  readonly children: string;
  /** How the council reaches the family safely. */
  readonly reach: string;
  readonly need: string;
  /** What is needed, by codes of the catalogue. */
  readonly codes: readonly string[];
  readonly analysis: string;
  readonly consentBy: string;
  readonly consentHow: (typeof consentWays)[number];
  readonly consentOn: PlainDate;
  /** Whether the family agrees that the agency hears how it ends. */
  readonly hearsOutcome: boolean;
}

/** A referral as the database has it. */
export interface ReferralRow extends NewReferral {
  readonly id: string;
  readonly version: number;
  readonly agencyId: string;
  readonly referredBy: string;
  readonly receivedOn: PlainDate;
  readonly state: ReferralState;
  readonly familyId: string | null;
  readonly applicationId: string | null;
  readonly answeredBy: string | null;
  readonly answeredOn: PlainDate | null;
  readonly answer: string | null;
  readonly outcome: 'awarded' | 'declined' | 'withdrawn' | null;
}

const REFERRAL = `id, version, agency_id as "agencyId", referred_by as "referredBy", received_on as "receivedOn", state,
  lead_name as "leadName", born, postcode, children, reach, need, codes, analysis, consent_by as "consentBy",
  consent_how as "consentHow", consent_on as "consentOn", hears_outcome as "hearsOutcome", family_id as "familyId",
  application_id as "applicationId", answered_by as "answeredBy", answered_on as "answeredOn", answer, outcome`;

/** Writes down a referral of somebody's agency. @returns its number */
export async function insertReferral(tx: Transaction, agencyId: string, given: NewReferral): Promise<string> {
  const { leadName, born, postcode, children, reach, need, codes, analysis } = given;
  const { id } = await tx.one<{ id: string }>(
    `insert into grants.referral (authority_id, agency_id, referred_by, received_on, lead_name, born, postcode, children, reach, need,
       codes, analysis, consent_by, consent_how, consent_on, hears_outcome)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning id`,
    [
      ...[tx.actor.authorityId, agencyId, tx.actor.userId, tx.today, leadName, born, postcode, children, reach, need],
      ...[codes, analysis, given.consentBy, given.consentHow, given.consentOn, given.hearsOutcome],
    ],
  );
  return id;
}

/** Reads one referral; a partner finds those of their own agency only. @throws no_such_referral */
export async function readReferral(tx: Transaction, id: string, lock = false): Promise<ReferralRow> {
  const sql = `select ${REFERRAL} from grants.referral where id = $1 ${lock ? 'for update' : ''}`;
  const row = await tx.maybe<ReferralRow>(sql, [id]);
  if (!row) throw noSuchReferral('No referral you may see has that number.');
  return row;
}

/** Lists referrals, the newest first; a partner finds those of their own agency only. @param before the last of the page before */
export function referralsListed(
  tx: Transaction,
  asked: { readonly state?: ReferralState; readonly before?: string; readonly limit: number },
): Promise<ReferralRow[]> {
  return tx.query(
    `select ${REFERRAL} from grants.referral where ($1::text is null or state = $1) and ($2::bigint is null or id < $2)
      order by id desc limit $3`,
    [asked.state ?? null, asked.before ?? null, asked.limit],
  );
}

/** Finds the referral an application began with. */
export function referralOfApplication(tx: Transaction, applicationId: string): Promise<ReferralRow | undefined> {
  return tx.maybe(`select ${REFERRAL} from grants.referral where application_id = $1`, [applicationId]);
}

/** Finds referrals of a family that came after a day, for whoever follows up. */
export async function referralsSince(tx: Transaction, familyId: string, day: PlainDate): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    `select count(*)::int as count from grants.referral where family_id = $1 and received_on > $2`,
    [familyId, day],
  );
  return count;
}

/** Moves a locked referral along one edge of its machine. @throws not_in_that_state */
export async function moveReferral(
  tx: Transaction,
  referral: ReferralRow,
  command: ReferralCommand,
  set: { readonly familyId?: string; readonly applicationId?: string; readonly answer?: string },
): Promise<void> {
  const next = nextState('The referral', referralStates, referral.state, command);
  await tx.query(
    `update grants.referral set state = $2, version = version + 1, family_id = $3, application_id = $4, answer = $5,
            answered_by = $6, answered_on = $7 where id = $1`,
    [
      ...[referral.id, next, set.familyId ?? null, set.applicationId ?? null, set.answer ?? null],
      ...[tx.actor.userId, tx.today],
    ],
  );
}
