import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/index.ts';
import {
  countMoved,
  type MoveAsked,
  type MoveCounts,
  moveDigest,
  type MovedFamily,
  MovePreviews,
  type TellingCost,
  tellingCost,
  totalCost,
} from '../../subsistence/index.ts';
import { askedOf, type MoveDraft } from './move-draft.ts';
import { sayWho } from './who-moves.ts';

/** Everything a person looks at before they propose a move. */
export interface MoveLook {
  readonly who: string;
  readonly planIds: readonly string[];
  readonly asked: MoveAsked;
  readonly families: readonly MovedFamily[];
  readonly counts: MoveCounts;
  readonly cost: TellingCost;
  readonly costs: string;
  /** Digest of all of it: what is proposed is what was looked at. */
  readonly seen: string;
}

/** Works out for a person what their move would do. */
@Injectable()
export class MoveLooks {
  constructor(private readonly previews: MovePreviews) {}

  async of(tx: Transaction, draft: MoveDraft): Promise<MoveLook> {
    const asked = askedOf(draft);
    const { text, planIds } = await sayWho(tx, draft.who);
    const families = await this.previews.of(tx, planIds, asked);
    const cost = await tellingCost(tx, families);
    return {
      ...{ who: text, planIds, asked, families, counts: countMoved(families), cost },
      ...{ costs: totalCost(cost).toString(), seen: moveDigest(families, asked) },
    };
  }

  /** Works out what the move does to one of its families. */
  async ofFamily(tx: Transaction, draft: MoveDraft, planId: string): Promise<MovedFamily | undefined> {
    const [family] = await this.previews.of(tx, [planId], askedOf(draft));
    return family;
  }
}
