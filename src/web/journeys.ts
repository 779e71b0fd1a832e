import { DecisionsJourney } from './decisions/decisions.module.ts';
import { FamiliesJourney } from './families/families.module.ts';
import { HomeModule } from './home/home.module.ts';
import { SignInModule } from './sign-in/sign-in.module.ts';

/** Every journey there is, one folder each. */
export const journeys = [DecisionsJourney, FamiliesJourney, HomeModule, SignInModule];
