import { HomeModule } from './home/home.module.ts';
import { SignInModule } from './sign-in/sign-in.module.ts';

/** Every journey there is, one folder each. */
export const journeys = [HomeModule, SignInModule];
