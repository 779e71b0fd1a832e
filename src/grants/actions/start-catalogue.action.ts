import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { catalogueDefaults } from '../domain/catalogue-defaults.ts';
import { signpostDefaults } from '../domain/signpost-defaults.ts';
import { insertCatalogue } from '../store/catalogue.store.ts';
import { insertSignposts } from '../store/signpost.store.ts';

/** Gives a council its first catalogue and its first signposts, for the operator who sets it up. */
@Injectable()
export class StartCatalogue {
  static readonly allowed: Allowed = { roles: [], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(actor: Actor): Promise<void> {
    mustBeAllowed(actor, StartCatalogue.allowed);
    await this.unitOfWork.run({ name: 'grants.start-catalogue', actor }, async (tx) => {
      await insertCatalogue(tx, catalogueDefaults);
      await insertSignposts(tx, signpostDefaults);
    });
  }
}
